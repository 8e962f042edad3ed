"""The language model in little memory: cut down while it is read, its largest part left on disk.

Read in one go it takes a hundred megabytes for a moment and sixty for good, in each worker.
"""

import lzma
import os
import shutil
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelParts:
    """What a LanguageIdentifier is made of, in the order of its arguments."""

    weights: "np.ndarray[Any, Any]"
    priors: "np.ndarray[Any, Any]"
    classes: list[str]
    moves: Sequence[int]
    outputs: list[int]
    rows: list[int]


def read_model(path: Path, languages: Collection[str]) -> ModelParts:
    """Answer the model's parts for these languages only.

    Args:
        path: the model as py3langid ships it: an .npz file, packed with xz.
        languages: two-letter codes; those that the model does not know are left out.
    """
    with TemporaryFile() as file:
        with lzma.open(path) as packed:
            shutil.copyfileobj(packed, file, _CHUNK_BYTES)
        with zipfile.ZipFile(file) as archive:
            classes = _read(archive, "classes").tolist()
            columns = [number for number, code in enumerate(classes) if code in languages]
            return ModelParts(
                weights=_read_columns(archive, "ptc", columns),
                priors=_read(archive, "pc")[columns],
                classes=[classes[number] for number in columns],
                moves=_leave_on_disk(archive, "nextmove"),
                outputs=_read(archive, "out_feat").tolist(),
                rows=_read(archive, "nextmove_row").tolist(),
            )


def _read(archive: zipfile.ZipFile, name: str) -> "np.ndarray[Any, Any]":
    with archive.open(f"{name}.npy") as member:
        return npy.read_array(member, allow_pickle=False)


def _read_columns(archive: zipfile.ZipFile, name: str, columns: Sequence[int]) -> "np.ndarray[Any, Any]":
    """Answer some columns of a table, a few rows of it in memory at a time."""
    with archive.open(f"{name}.npy") as member:
        (rows, width), _, kind = _read_head(member)
        found = np.empty((rows, len(columns)), dtype=kind)
        step = max(1, _CHUNK_BYTES // (width * kind.itemsize))
        for start in range(0, rows, step):
            count = min(step, rows - start)
            chunk = np.frombuffer(member.read(count * width * kind.itemsize), dtype=kind)
            found[start : start + count] = chunk.reshape(count, width)[:, columns]
    return found


def _leave_on_disk(archive: zipfile.ZipFile, name: str) -> "_Numbers":
    """Answer a long list of numbers that stays in a file."""
    file = TemporaryFile()  # noqa: SIM115  it is read from as long as the process lives
    with archive.open(f"{name}.npy") as member:
        (count,), _, kind = _read_head(member)
        shutil.copyfileobj(member, file, _CHUNK_BYTES)
    file.flush()
    return _Numbers(file, count, kind.itemsize)


class _Numbers(Sequence[int]):
    """Numbers in a file, read one by one: a text needs some hundreds of ten million."""

    def __init__(self, file: IO[bytes], count: int, size: int) -> None:
        self._file, self._count, self._size = file, count, size
        self._descriptor = file.fileno()

    def __del__(self) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: Any) -> Any:
        content = os.pread(self._descriptor, self._size, index * self._size)
        return int.from_bytes(content, "little")


def _read_head(member: IO[bytes]) -> tuple[Any, bool, Any]:
    """Answer shape, whether columns come first, and kind of a table."""
    if npy.read_magic(member) == (1, 0):
        return npy.read_array_header_1_0(member)
    return npy.read_array_header_2_0(member)
