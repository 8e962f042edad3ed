"""Writes the proof page: everything an editor looks at before saying yes.

One folder: the page itself, copies of each edition's letter, and the pictures. It opens from
disk, needs no network, and works without scripts.
"""

import errno
import json
import os
import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

from stuifmail.errors import StoreUnwritable
from stuifmail.render.proof_copies import make_copy
from stuifmail.render.proof_values import Origin, Proof, Sister, Step
from stuifmail.render.proof_view import view_proof
from stuifmail.render.templates import TemplateFolder

__all__ = ["Origin", "Proof", "Sister", "Step", "read_page_labels", "write_proof"]

#: The proof page's own templates and words; they belong to the library, not to the editors.
PAGES = Path(__file__).parent / "pages"


def write_proof(folder: Path, proof: Proof) -> Path:
    """Write the proof page and answer its address on disk (`folder`/index.html).

    The folder appears, or is replaced, as a whole: an interruption leaves the former proof.

    Args:
        folder: where the proof goes (outputs/proofs/ISSUE).
        proof: what it shows.

    Raises:
        StoreUnwritable: the folder is read-only or the disk is full; the former proof is still there.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        _fill(building, proof)
        building.chmod(0o755)
        _swap(building, folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return folder / "index.html"


def read_page_labels(language: str) -> dict[str, Any]:
    """Answer the words of the proof page in a language, English when there is no catalogue."""
    file = PAGES / f"labels.{language}.json"
    if not file.is_file():
        file = PAGES / "labels.en.json"
    labels: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return labels


def _fill(folder: Path, proof: Proof) -> None:
    pictures = _copy_pictures(folder, proof)
    for rendering in proof.renderings:
        name = rendering.language
        _write(folder / f"{name}.html", make_copy(rendering.html, pictures))
        _write(folder / f"{name}.dark.html", make_copy(rendering.html, pictures, dark=True))
        _write(folder / f"{name}.bare.html", make_copy(rendering.html, pictures, bare=True))
        _write(folder / f"{name}.txt", rendering.text)
    view = view_proof(proof, read_page_labels(proof.language))
    page = TemplateFolder(PAGES, "stuifmail/render/pages").render("proof.html", view)
    _write(folder / "index.html", page)


def _copy_pictures(folder: Path, proof: Proof) -> dict[str, str]:
    """Copy the pictures of all editions; answer the address of each in the proof."""
    copied: dict[str, str] = {}
    for address, file in sorted({pair for r in proof.renderings for pair in r.pictures.items()}):
        source = proof.root / file
        if not source.is_file():  # the letter then shows the picture's description
            continue
        target = PurePosixPath("pictures", f"{len(copied) + 1:02}-{source.name}")
        (folder / "pictures").mkdir(exist_ok=True)
        shutil.copyfile(source, folder / target)
        copied[address] = str(target)
    return copied


def _write(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())


def _swap(building: Path, folder: Path) -> None:
    """Put the new folder where the former one is; a failure puts the former one back."""
    if not folder.exists():
        building.rename(folder)
        return
    former = building.with_name(f"{building.name}.former")
    folder.rename(former)
    try:
        building.rename(folder)
    except OSError:
        former.rename(folder)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _unwritable(folder: Path, error: OSError) -> StoreUnwritable:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return StoreUnwritable(
        f"the proof cannot be written ({error.strerror or error})",
        place=str(folder),
        remedy="free some disk space and make the proof again"
        if full
        else "make the folder writable, or name another one under `outputs` in sources.yaml",
    )
