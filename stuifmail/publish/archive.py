"""The archive: each sent publication whole, with the proof of who approved what.

Beside the letter lie the approval, the report of the checks, where each block came from, its
history, and how many copies went where (never to whom). A manifest with the hash of every
file is written last: without one an archive is unfinished and simply written again.

What was sent never changes. If copies are settled or sent again afterwards, or a correction
goes out, then history, counts and the list of corrections grow: the archive gets a second
manifest beside the first, and new files for what grew.
"""

import hashlib
import json
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from stuifmail.config.codec import from_data, to_data
from stuifmail.errors import StorageError
from stuifmail.model.publications import Rendering
from stuifmail.model.reviews import Act, Dossier
from stuifmail.publish.pictures import read_pictures
from stuifmail.publish.storage import Storage

FORMAT = "stuifmail-archive/1"

#: The files that may grow after sending.
_GROWING = ("deliveries.json", "history.json", "corrections.json")
#: What tells one letter from another. The rest stays as it was when the letter was sent.
_LETTER = re.compile(r"publication\.json|approval\.json|[a-z]+\.(html|txt|ics)")
_MANIFEST = re.compile(r"manifest(?:-(\d+))?\.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRecord:
    """Everything about one sent publication.

    Args:
        dossier: its revision, check report and approval.
        renderings: the editions as they were sent, by language.
        deliveries: number of copies by state.
        history: who did what, oldest first.
        provenance: by block id, what it was made from.
        corrections: what was sent afterwards to put it right or take it back, oldest first.
        sent_at: aware.
        stuifmail_version: of the program that sent it.
        root: the newsroom's folder, where the pictures lie.
        published: the site's folder of pictures, for those that changed since sending began.
    """

    dossier: Dossier
    renderings: Mapping[str, Rendering]
    deliveries: Mapping[str, int]
    history: tuple[Act, ...] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict)
    corrections: tuple[Mapping[str, Any], ...] = ()
    sent_at: datetime
    stuifmail_version: str
    root: Path
    published: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveEntry:
    """One publication of the archive.

    Args:
        finished: False when its manifest is missing: it is to be archived again.
        sent_at: ISO 8601, "" when unfinished.
        files_count: what its manifest lists, pictures included.
    """

    publication_id: str
    finished: bool
    sent_at: str = ""
    files_count: int = 0


def archive_publication(storage: Storage, record: ArchiveRecord) -> str:
    """Keep a sent publication whole; archiving the same again writes nothing.

    The caller holds the lock "dispatch": one writer at a time.

    Args:
        storage: where.
        record: what.

    Returns:
        Where it lies, for people.

    Raises:
        StorageError: it cannot be written, or another letter is archived under this id.
    """
    publication_id = record.dossier.id
    files = _render_files(record)
    number, kept = _newest_manifest(storage, publication_id)
    changed = [name for name, content in files.items() if kept.get(name, {}).get("sha256") != _hash(content)]
    if number:
        gone = [name for name in kept if name not in files]
        differing = [name for name in changed if not _says_the_same(storage, record, name, kept)]
        _refuse_other_letter(f"{storage.place}/{publication_id}", differing + gone)
        changed = [name for name in changed if name in _GROWING]
    if changed:
        _write(storage, record, number + 1, files, kept, changed)
    return f"{storage.place}/{publication_id}"


def list_archive(storage: Storage) -> tuple[ArchiveEntry, ...]:
    """Answer the archived publications by id; empty for an empty archive.

    Raises:
        StorageError: the storage does not answer.
    """
    names: dict[str, list[str]] = {}
    for key in storage.list():
        publication_id, slash, name = key.partition("/")
        if slash:
            names.setdefault(publication_id, []).append(name)
    return tuple(_entry(storage, publication_id, names[publication_id]) for publication_id in sorted(names))


def read_provenance(storage: Storage, publication_id: str) -> dict[str, Any] | None:
    """Answer what each block was made from, as it was archived; None when nothing is archived yet.

    Raises:
        StorageError: the storage does not answer, or the file is not what was archived.
    """
    number, files = _newest_manifest(storage, publication_id)
    if not number:
        return None
    kept = files["provenance.json"]
    key = f"{publication_id}/{kept['stored_as']}"
    content = storage.get(key)
    if _hash(content) != kept["sha256"]:
        raise StorageError(
            "this file is not what was archived",
            place=f"{storage.place}/{key}",
            remedy="restore it from a backup",
        )
    found: dict[str, Any] = json.loads(content)
    return found


def verify_archive(storage: Storage, publication_id: str) -> list[str]:
    """Answer what is wrong with an archived publication, one sentence each; empty when whole.

    Args:
        storage: where it lies.
        publication_id: which one.

    Raises:
        StorageError: the storage does not answer.
    """
    keys = set(_list_names(storage, publication_id))
    numbers = _manifest_numbers(keys)
    if not numbers:
        return [f"{publication_id}: there is no manifest, so the archive is unfinished: archive it again"]
    problems, known = [], {_manifest_name(number) for number in numbers}
    for number in numbers:
        try:
            files = _read_manifest(storage, publication_id, number)["files"]
        except StorageError as error:
            problems.append(str(error))
            continue
        known |= {entry["stored_as"] for entry in files.values()}
        problems += _compare(storage, publication_id, files, keys)
    problems += [f"{publication_id}/{name}: no manifest lists this file" for name in sorted(keys - known)]
    return list(dict.fromkeys(problems))


def _says_the_same(storage: Storage, record: ArchiveRecord, name: str, kept: Mapping[str, Any]) -> bool:
    """Answer whether an archived file means what we have, though an earlier version of us wrote it.

    A later version knows more fields: what was archived without them has their defaults.
    """
    ours: object = {
        "publication.json": record.dossier.revision,
        "approval.json": record.dossier.approval,
    }.get(name)
    if ours is None or name not in kept:
        return False
    try:
        archived = json.loads(storage.get(f"{record.dossier.id}/{kept[name]['stored_as']}"))
        return bool(to_data(from_data(type(ours), archived)) == to_data(ours))
    except ValueError:  # it is damaged, or means something else
        return False


def _refuse_other_letter(place: str, names: list[str]) -> None:
    if foreign := [name for name in names if _LETTER.fullmatch(name)]:
        raise StorageError(
            f"another letter is archived under this id; it differs in {', '.join(foreign)}",
            place=place,
            remedy="the archive never changes: find out which of the two was sent",
        )


def _compare(storage: Storage, publication_id: str, files: Mapping[str, Any], keys: set[str]) -> list[str]:
    problems = []
    for entry in files.values():
        key = f"{publication_id}/{entry['stored_as']}"
        if entry["stored_as"] not in keys:
            problems.append(f"{key}: this file is gone")
        elif _hash(storage.get(key)) != entry["sha256"]:
            problems.append(f"{key}: this file is not what was archived")
    return problems


def _render_files(record: ArchiveRecord) -> dict[str, bytes]:
    dossier = record.dossier
    files = {
        "publication.json": _json(to_data(dossier.revision)),
        "approval.json": _json(to_data(dossier.approval)),
        "report.json": _json(to_data(dossier.report)),
        "provenance.json": _json(record.provenance),
        "history.json": _json([to_data(act) for act in record.history]),
        "deliveries.json": _json(record.deliveries),
    }
    if record.corrections:
        files["corrections.json"] = _json([dict(correction) for correction in record.corrections])
    for language, rendering in record.renderings.items():
        files[f"{language}.html"] = rendering.html.encode()
        files[f"{language}.txt"] = rendering.text.encode()
        if rendering.calendar:
            files[f"{language}.ics"] = rendering.calendar.encode()
    pictures = read_pictures(record.renderings.values(), record.root, record.published)
    return files | {f"pictures/{name}": content for name, content in pictures.items()}


def _write(
    storage: Storage,
    record: ArchiveRecord,
    number: int,
    files: Mapping[str, bytes],
    kept: Mapping[str, Any],
    changed: list[str],
) -> None:
    """Write what changed, then the manifest that makes it count."""
    entries = dict(kept)
    for name in changed:
        content, stored_as = files[name], _numbered(name, number)
        # Without its manifest a file is what a broken-off run left behind.
        storage.put(f"{record.dossier.id}/{stored_as}", content, _type_of(name), replace=True)
        entries[name] = {"sha256": _hash(content), "bytes": len(content), "stored_as": stored_as}
    manifest = {
        "format": FORMAT,
        "publication_id": record.dossier.id,
        "number": number,
        "sent_at": record.sent_at.isoformat(),
        "stuifmail_version": record.stuifmail_version,
        "files": entries,
    }
    storage.put(f"{record.dossier.id}/{_manifest_name(number)}", _json(manifest), "application/json")


def _newest_manifest(storage: Storage, publication_id: str) -> tuple[int, dict[str, Any]]:
    """Answer the newest manifest's number and files; 0 and nothing for a new or unfinished archive."""
    numbers = _manifest_numbers(_list_names(storage, publication_id))
    if not numbers:
        return 0, {}
    return numbers[-1], _read_manifest(storage, publication_id, numbers[-1])["files"]


def _read_manifest(storage: Storage, publication_id: str, number: int) -> dict[str, Any]:
    key = f"{publication_id}/{_manifest_name(number)}"
    try:
        return _check_manifest(json.loads(storage.get(key)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StorageError(
            "this manifest cannot be read", place=f"{storage.place}/{key}", remedy="restore it from a backup"
        ) from error


def _check_manifest(manifest: dict[str, Any]) -> dict[str, Any]:
    """Answer the manifest if it has all that is read of it later; any error says that it has not."""
    if manifest["format"] != FORMAT:
        raise ValueError(manifest["format"])
    wanted = {"sha256", "bytes", "stored_as"}
    if "sent_at" not in manifest or not all(wanted <= entry.keys() for entry in manifest["files"].values()):
        raise ValueError("incomplete")
    return manifest


def _entry(storage: Storage, publication_id: str, names: list[str]) -> ArchiveEntry:
    numbers = _manifest_numbers(names)
    if not numbers:
        return ArchiveEntry(publication_id=publication_id, finished=False)
    manifest = _read_manifest(storage, publication_id, numbers[-1])
    return ArchiveEntry(
        publication_id=publication_id,
        finished=True,
        sent_at=manifest["sent_at"],
        files_count=len(manifest["files"]),
    )


def _list_names(storage: Storage, publication_id: str) -> list[str]:
    prefix = f"{publication_id}/"
    return [key.removeprefix(prefix) for key in storage.list(prefix)]


def _manifest_numbers(names: list[str] | set[str]) -> list[int]:
    return sorted(int(found[1] or 1) for name in names if (found := _MANIFEST.fullmatch(name)))


def _manifest_name(number: int) -> str:
    return _numbered("manifest.json", number)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else name.replace(".", f"-{number}.", 1)


def _type_of(name: str) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
