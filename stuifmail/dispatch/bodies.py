"""Text as quoted-printable, encoded once per edition, with slots for each reader's own link.

Encoding 60 KB for every reader would cost more than sending it. Quoted-printable has no
state across a soft line break, so pieces that end in one can be joined in any number.

Source: RFC 2045, 6.7.
"""

#: One physical line, the room for "=" at its end left out.
_WIDTH = 75
_PLAIN = frozenset(range(33, 127)) - {ord("=")} | {32, 9}
#: Not at the start of a line: a full stop ends a message in SMTP, "From " starts one in mbox.
_RISKY_STARTS = {".": "=2E", "F": "=46"}

_SOFT_BREAK = b"=\r\n"


def encode_slotted(text: str, mark: str) -> tuple[bytes, ...]:
    r"""Answer the pieces of a text between its marks, ready for `fill_slots`.

    Args:
        text: with `\n` line ends.
        mark: what stands where the slots are.

    Returns:
        One piece more than there are marks.
    """
    text = text if text.endswith("\n") else text + "\n"
    return tuple(encode_quoted(piece) for piece in text.split(mark))


def fill_slots(pieces: tuple[bytes, ...], value: str) -> bytes:
    """Answer the encoded text with the value, itself not yet encoded, in each slot."""
    return (_SOFT_BREAK + encode_quoted(value) + _SOFT_BREAK).join(pieces)


def encode_quoted(text: str) -> bytes:
    """Answer the text as quoted-printable; lines of at most 75 characters, CRLF between them."""
    return "\r\n".join(_encode_line(line) for line in text.split("\n")).encode("ascii")


def _encode_line(line: str) -> str:
    tokens = [chr(byte) if byte in _PLAIN else f"={byte:02X}" for byte in line.encode()]
    if tokens and tokens[-1] in " \t":
        tokens[-1] = f"={ord(tokens[-1]):02X}"
    lines, current = [], ""
    for token in tokens:
        if len(current) + len(token) > _WIDTH:
            lines.append(current)
            current = ""
        current += token if current else _RISKY_STARTS.get(token, token)
    return "=\r\n".join([*lines, current])
