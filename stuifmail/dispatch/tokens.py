"""The reader's own part of an unsubscribe address: opaque, and not to be forged.

The token holds the address, so that it works as long as the secret lives, whatever became
of the outbox; and it hides it, because addresses in links end up in the logs of web servers.
It is deterministic: every issue gives a reader the same link.

Source: the synthetic-IV construction of RFC 5297, with HMAC-SHA-256 as its function.
"""

import base64
import binascii
import hashlib
import hmac

_SEAL_BYTES = 16

#: No address makes a longer token.
_LONGEST = 600


def make_token(secret: bytes, *, address: str, list_id: str) -> str:
    """Answer the token with which this address leaves this list.

    Args:
        secret: the newsroom's key, at least 16 bytes.
        address: the reader's address.
        list_id: the List-Id of what the reader leaves.

    Returns:
        Letters, digits, "-" and "_".

    Raises:
        ValueError: the secret is too short to protect anything.
    """
    if len(secret) < _SEAL_BYTES:
        raise ValueError(f"the secret has {len(secret)} bytes; it needs at least {_SEAL_BYTES}")
    plain = address.encode()
    seal = _seal(secret, plain, list_id)
    return base64.urlsafe_b64encode(seal + _mask(secret, seal, plain)).rstrip(b"=").decode()


def read_token(secret: bytes, token: str, *, list_id: str) -> str | None:
    """Answer the address for which this token was made.

    Args:
        secret: the key it was made with.
        token: as it came in; anybody may have typed it.
        list_id: the list to leave.

    Returns:
        The address, or None for a token that is forged, altered, or of another list.
    """
    if len(token) > _LONGEST:
        return None
    try:
        raw = base64.b64decode(
            token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True
        )
        address = _mask(secret, raw[:_SEAL_BYTES], raw[_SEAL_BYTES:]).decode()
    except (UnicodeError, binascii.Error):
        return None
    # Made anew instead of comparing seals: base64 has several spellings of the same bytes.
    genuine = make_token(secret, address=address, list_id=list_id)
    return address if hmac.compare_digest(token, genuine) else None


def _seal(secret: bytes, plain: bytes, list_id: str) -> bytes:
    subject = b"unsubscribe\0" + list_id.encode() + b"\0" + plain
    return hmac.digest(secret, subject, hashlib.sha256)[:_SEAL_BYTES]


def _mask(secret: bytes, seal: bytes, data: bytes) -> bytes:
    """Exclusive-or with a key stream that the seal determines: hides and reveals alike."""
    blocks = range(-(-len(data) // hashlib.sha256().digest_size))
    stream = b"".join(
        hmac.digest(secret, b"mask\0" + seal + bytes([block]), hashlib.sha256) for block in blocks
    )
    return bytes(one ^ other for one, other in zip(data, stream, strict=False))
