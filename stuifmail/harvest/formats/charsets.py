"""In which charset a feed is, whatever it says."""

import codecs
import re

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]+)["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_UTF8 = ("", "utf-8", "utf8", "us-ascii", "ascii")
#: One byte is one character in these; they are transcoded without doubt.
_SINGLE = re.compile(r"iso-8859-(?:1|2|7|9|15)|windows-125[0-4]")


def choose_charset(content: bytes, content_type: str) -> str:
    """Answer the charset to force upon the parser, "" to let the document speak.

    Servers and XML declarations often name the charset of long ago; bytes above 127 that
    are valid UTF-8 are UTF-8, whatever anybody says.
    """
    declared = declared_charset(content)
    if content.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)) or b"\0" in content[:4]:
        return ""
    if declared not in _UTF8[:3] and not content.isascii() and is_utf8(content):
        return "utf-8"
    told = _CHARSET.search(content_type)
    if declared or not told or is_utf8(content):
        return ""
    return told[1]


def declared_charset(content: bytes) -> str:
    """Answer the charset that the XML declaration names, in lower case; "" without one."""
    found = _DECLARED.match(content[:400].removeprefix(codecs.BOM_UTF8))
    return found[1].decode("ascii", "replace").lower() if found else ""


def drop_declaration(content: bytes) -> bytes:
    """Answer the document without the XML declaration that it begins with."""
    start = content.removeprefix(codecs.BOM_UTF8)
    return start.partition(b">")[2] if start.startswith(b"<?") else start


def is_utf8(content: bytes) -> bool:
    """Answer whether the bytes are valid UTF-8."""
    if content.isascii():
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def to_utf8(content: bytes) -> bytes | None:
    """Answer the document in UTF-8; None when its charset is open to doubt.

    The XML declaration stays as it is, so the parser must be told not to believe it.
    """
    declared = declared_charset(content)
    if declared in _UTF8:
        return content if is_utf8(content) else None
    if not _SINGLE.fullmatch(declared) or b"\0" in content[:4]:
        return None
    if content.isascii():
        return content
    try:
        return content.decode(declared).encode("utf-8")
    except UnicodeDecodeError:
        return None
