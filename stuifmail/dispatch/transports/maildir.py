"""A local mailbox that any mail program can open: one file per copy.

A copy's file name follows from its delivery id, so writing it again finds it there already.

Source: the Maildir convention (cr.yp.to/proto/maildir.html): written in tmp/, then linked
into new/; mail programs move it to cur/ and put flags behind a colon.
"""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from stuifmail.errors import TransportFailed
from stuifmail.model.deliveries import Delivery, DeliveryState, Receipt

_FOLDERS = ("tmp", "new", "cur")


class MaildirTransport:
    """Writes copies into a Maildir folder, each exactly once.

    Args:
        folder: the Maildir; made where it does not exist.
        place: the folder as a person knows it, for messages.
    """

    exact = True

    def __init__(self, folder: Path, place: str = "") -> None:
        self._folder = folder
        self._seen: dict[str, Path] = {}
        self._place = f"maildir:{place or folder}"

    @property
    def place(self) -> str:
        """The folder."""
        return self._place

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is open between two copies."""

    def send(self, delivery: Delivery, envelope_from: str, message: bytes) -> Receipt:
        """Write the message to new/, or find that it is there.

        Raises:
            TransportFailed: the folder is read-only, full, or no folder; nothing was written.
        """
        if found := self.find(delivery):
            return found
        try:
            self._write(_file_name(delivery), b"Return-Path: <%b>\r\n" % envelope_from.encode() + message)
        except OSError as error:
            raise self._explain(error) from error
        return self._accepted(self._folder / "new" / _file_name(delivery))

    def find(self, delivery: Delivery) -> Receipt | None:
        """Answer accepted when the copy's file is in new/ or cur/.

        Raises:
            TransportFailed: the folder cannot be read.
        """
        name = _file_name(delivery)
        new = self._folder / "new" / name
        try:
            path = new if new.exists() else self._find_read(name)
        except OSError as error:
            raise self._explain(error) from error
        return self._accepted(path) if path else None

    def _accepted(self, path: Path) -> Receipt:
        return Receipt(state=DeliveryState.ACCEPTED, detail=str(path.relative_to(self._folder)))

    def _find_read(self, name: str) -> Path | None:
        """Look in cur/, where the reader's mail program adds flags to the name."""
        if not self._seen and (self._folder / "cur").is_dir():
            self._seen = {path.name.partition(":")[0]: path for path in (self._folder / "cur").iterdir()}
        return self._seen.get(name)

    def _write(self, name: str, message: bytes) -> None:
        for folder in _FOLDERS:
            (self._folder / folder).mkdir(parents=True, exist_ok=True)
        temporary, final = self._folder / "tmp" / name, self._folder / "new" / name
        try:
            with temporary.open("wb") as file:
                # A mailbox on disk has the line ends of its machine.
                file.write(message.replace(b"\r\n", b"\n"))
                file.flush()
                os.fsync(file.fileno())
            _put_in_place(temporary, final)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(final.parent)

    def _explain(self, error: OSError) -> TransportFailed:
        return TransportFailed(
            f"the mailbox cannot be written ({error.strerror or error})",
            place=self._place,
            remedy="make room, or make the folder writable; what was not written stays planned",
        )


def _file_name(delivery: Delivery) -> str:
    return f"{delivery.id}.stuifmail"


def _put_in_place(temporary: Path, final: Path) -> None:
    """Link, which never replaces a file; rename on file systems without links."""
    try:
        os.link(temporary, final)
    except FileExistsError:
        return
    except (PermissionError, NotImplementedError):
        temporary.replace(final)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
