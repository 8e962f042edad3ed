"""Unpacking an answer as it comes in, never further than a limit."""

import zlib

from stuifmail.errors import FetchFailed
from stuifmail.harvest.fetching.troubles import too_large


class Body:
    """Takes the pieces of one answer and keeps them, unpacked.

    Args:
        encoding: Content-Encoding of the answer.
        address: what was asked for, for errors.
        max_bytes: most that it may hold, as sent and as unpacked.

    Raises:
        FetchFailed: it is packed in a way that nobody asked for.
    """

    def __init__(self, encoding: str, address: str, max_bytes: int) -> None:
        self._address, self._max_bytes = address, max_bytes
        self._unpack = _unpacker(encoding.strip().lower(), address)
        self._pieces: list[bytes] = []
        self._packed_bytes = self._unpacked_bytes = 0

    def take(self, chunk: bytes) -> None:
        """Keep one piece.

        Raises:
            FetchFailed: the document is too large.
            zlib.error: the packed answer is damaged.
        """
        self._packed_bytes += len(chunk)
        most = self._max_bytes + 1 - self._unpacked_bytes
        piece = self._unpack.take(chunk, most) if self._unpack else chunk
        self._unpacked_bytes += len(piece)
        if max(self._packed_bytes, self._unpacked_bytes) > self._max_bytes:
            raise too_large(self._address, self._max_bytes)
        self._pieces.append(piece)

    def join(self) -> bytes:
        """Answer the whole.

        Raises:
            FetchFailed: the packed answer stops before its end.
        """
        if self._unpack and self._packed_bytes and not self._unpack.complete:
            raise FetchFailed(
                "the packed answer stops in the middle",
                place=self._address,
                remedy="it will be tried again at the next run",
            )
        return b"".join(self._pieces)


def _unpacker(encoding: str, address: str) -> "_Unpacker | None":
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _Unpacker()
    raise FetchFailed(
        f"the server packs its answer as {encoding[:40]!r}, which nobody asked for",
        place=address,
        remedy="ask the member to send it plain or as gzip",
    )


class _Unpacker:
    """Unpacks gzip and both kinds of deflate, never more than asked for."""

    def __init__(self) -> None:
        self._inflate: zlib._Decompress | None = None

    @property
    def complete(self) -> bool:
        """True when the packed stream came to its end."""
        return self._inflate is not None and self._inflate.eof

    def take(self, chunk: bytes, most: int) -> bytes:
        """Answer at most `most` bytes of what this chunk holds."""
        if self._inflate is None:
            is_wrapped = chunk[:1] in (b"\x1f", b"\x78")  # gzip, zlib; else bare deflate, as some servers do
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32 if is_wrapped else -zlib.MAX_WBITS)
        return self._inflate.decompress(chunk, max(most, 1))
