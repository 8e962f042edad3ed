"""Where the archive lies: a folder or a bucket, behind one small interface."""

from collections.abc import Mapping
from pathlib import Path

from stuifmail.config import models as config
from stuifmail.publish.storage.base import Storage
from stuifmail.publish.storage.local import LocalStorage

__all__ = ["Storage", "open_storage"]


def open_storage(archive: config.Archive, root: Path, environment: Mapping[str, str]) -> Storage:
    """Answer the configured storage.

    Args:
        archive: the `archive` part of sources.yaml.
        root: the newsroom's folder.
        environment: where credentials are looked up.

    Raises:
        StorageError: credentials are half there, or the settings are none.
    """
    if archive.storage == "local":
        return LocalStorage(root / archive.folder, archive.folder)
    # boto3 takes a quarter of a second to import; a folder needs none of it.
    from stuifmail.publish.storage.s3 import open_s3  # noqa: PLC0415

    return open_s3(
        bucket=archive.bucket or "",
        prefix=archive.prefix,
        region=archive.region,
        endpoint=archive.endpoint,
        environment=environment,
    )
