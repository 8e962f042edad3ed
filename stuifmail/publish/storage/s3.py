"""The archive in a bucket, of Amazon or of a server that speaks the same language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
)
from botocore.exceptions import (
    ConnectionError as UnreachableError,
)

from stuifmail.errors import StorageError
from stuifmail.publish.storage.keys import check_key, no_content, other_content

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_KEY_ID, _SECRET = "STUIFMAIL_S3_ACCESS_KEY_ID", "STUIFMAIL_S3_SECRET_ACCESS_KEY"

_NO_KEYS = ("there are no credentials", f"set {_KEY_ID} and {_SECRET}")
_WRONG_KEYS = ("the credentials are not accepted", f"check {_KEY_ID} and {_SECRET}")
_UNREACHABLE = ("the server does not answer", "check archive.endpoint and archive.region, or try again later")

#: What the server's error codes mean: what is wrong, and what to do.
_MEANINGS: Mapping[str, tuple[str, str]] = {
    "NoSuchBucket": ("there is no such bucket", "make it, or correct archive.bucket"),
    "AccessDenied": ("access is denied", "let these credentials read, write and list this bucket"),
    "403": ("access is denied", "let these credentials read, write and list this bucket"),
    "InvalidAccessKeyId": _WRONG_KEYS,
    "SignatureDoesNotMatch": _WRONG_KEYS,
    "ExpiredToken": _WRONG_KEYS,
    "PermanentRedirect": ("the bucket is in another region", "correct archive.region"),
    "AuthorizationHeaderMalformed": ("the bucket is in another region", "correct archive.region"),
}
_ABSENT = ("404", "NoSuchKey", "NotFound")


class S3Storage:
    """Keeps each key as an object.

    Writers hold the dispatch lock, so that nobody else writes the same key: conditional
    writes are not to be trusted on every server.

    Args:
        bucket: an existing bucket.
        prefix: put before each key, "" for none.
        region: the bucket's region.
        endpoint: address of a compatible server, None for Amazon.
        key_id: access key, None to let boto3 find credentials (an instance's role).
        secret: its secret.
    """

    def __init__(
        self,
        *,
        bucket: str,
        prefix: str = "",
        region: str | None = None,
        endpoint: str | None = None,
        key_id: str | None = None,
        secret: str | None = None,
    ) -> None:
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        with self._explained():
            self._client: S3Client = boto3.session.Session().client(
                "s3",
                region_name=region or ("us-east-1" if endpoint else None),
                endpoint_url=endpoint,
                aws_access_key_id=key_id,
                aws_secret_access_key=secret,
                config=_settings(own_server=endpoint is not None),
            )

    @property
    def place(self) -> str:
        """The bucket and prefix."""
        return f"s3://{self._bucket}/{self._prefix}".rstrip("/")

    def put(self, key: str, content: bytes, content_type: str, *, replace: bool = False) -> bool:
        """Keep the content as an object.

        Raises:
            StorageError: other content is there, or the server refuses.
        """
        if self.exists(key):
            if self.get(key) == content:
                return False
            if not replace:
                raise other_content(self.place, key)
        with self._explained(key):
            self._client.put_object(
                Bucket=self._bucket, Key=self._full(key), Body=content, ContentType=content_type
            )
        return True

    def get(self, key: str) -> bytes:
        """Answer the object's content.

        Raises:
            StorageError: there is no such object, or the server refuses.
        """
        with self._explained(key):
            return self._client.get_object(Bucket=self._bucket, Key=self._full(key))["Body"].read()

    def exists(self, key: str) -> bool:
        """Answer whether the object is there.

        Raises:
            StorageError: the server refuses or does not answer.
        """
        with self._explained(key):
            try:
                self._client.head_object(Bucket=self._bucket, Key=self._full(key))
            except ClientError as error:
                if _code_of(error) in _ABSENT:
                    # HEAD says the same of a missing bucket; writing tells them apart.
                    return False
                raise
        return True

    def list(self, prefix: str = "") -> list[str]:
        """Answer the keys that begin with `prefix`, sorted.

        Raises:
            StorageError: the server refuses or does not answer.
        """
        with self._explained(prefix):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._prefix + prefix
            )
            keys = [entry["Key"] for page in pages for entry in page.get("Contents", ())]
        return sorted(key.removeprefix(self._prefix) for key in keys)

    def _full(self, key: str) -> str:
        return self._prefix + check_key(key)

    @contextmanager
    def _explained(self, key: str = "") -> Iterator[None]:
        """Turn the library's errors into ours."""
        try:
            yield
        except (NoCredentialsError, PartialCredentialsError) as error:
            raise self._trouble(key, *_NO_KEYS) from error
        except (UnreachableError, HTTPClientError) as error:
            raise self._trouble(key, *_UNREACHABLE) from error
        except ClientError as error:
            code = _code_of(error)
            if code in _ABSENT:
                raise no_content(self.place, key) from error
            unknown = (f"the server refuses ({error.response.get('Error', {}).get('Message') or code})", "")
            raise self._trouble(key, *_MEANINGS.get(code, unknown)) from error
        except (BotoCoreError, ValueError) as error:
            raise self._trouble(key, f"the bucket cannot be used ({error})", "check archive") from error

    def _trouble(self, key: str, message: str, remedy: str) -> StorageError:
        return StorageError(message, place=f"{self.place}/{key}".rstrip("/"), remedy=remedy)


def open_s3(
    *, bucket: str, prefix: str, region: str | None, endpoint: str | None, environment: Mapping[str, str]
) -> S3Storage:
    """Open a bucket with the credentials of the environment, else those boto3 finds.

    Args:
        bucket: its name.
        prefix: put before each key.
        region: the bucket's region.
        endpoint: address of a compatible server.
        environment: where STUIFMAIL_S3_ACCESS_KEY_ID and its secret are looked up.

    Raises:
        StorageError: one of the two is missing, or the settings are none.
    """
    key_id, secret = environment.get(_KEY_ID) or None, environment.get(_SECRET) or None
    if (key_id is None) != (secret is None):
        missing = _SECRET if key_id else _KEY_ID
        raise StorageError(f"{missing} is missing", place=f"s3://{bucket}", remedy="set both, or neither")
    return S3Storage(
        bucket=bucket, prefix=prefix, region=region, endpoint=endpoint, key_id=key_id, secret=secret
    )


def _settings(*, own_server: bool) -> Config:
    return Config(
        connect_timeout=5,
        read_timeout=60,
        retries={"mode": "standard", "total_max_attempts": 3},
        # Compatible servers rarely have a domain name for each bucket, nor Amazon's checksums.
        s3={"addressing_style": "path" if own_server else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


def _code_of(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
