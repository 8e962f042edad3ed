"""Header lines of a message: what may not enter them, how they are encoded and folded.

Written here and not by `email.message`: that takes milliseconds a message, refolds long
addresses of links into encoded words, and lets through values that it should refuse.

Source: RFC 5322 (lines, phrases), RFC 2047 (encoded words), RFC 5890 (domains).
"""

import re
from collections.abc import Iterable
from email.header import Header

from stuifmail.errors import InvalidMessage

#: Controls, line and paragraph separators, and halves of surrogate pairs.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_FORBIDDEN_IN_BODY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(
    r"(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}|localhost"
)
#: Letters that the two versions of IDNA turn into different domains.
_DEVIATIONS = re.compile("[ß\u1e9eς\u200c\u200d]")

#: Longest encoded word: with the longest name of such a header it stays within 76.
_WORD = 60
_LINE = 78


def check_value(field: str, value: str) -> str:
    """Answer the value with its white space collapsed, or refuse it.

    Args:
        field: what it is, for the error ("name").
        value: from a sheet, a form or the configuration.

    Raises:
        InvalidMessage: it holds a line break or another control character.
    """
    _refuse(_FORBIDDEN, field, value)
    return " ".join(value.split())


def check_body(field: str, value: str) -> str:
    r"""Answer the text with line ends as `\n`, or refuse it for a control character.

    Raises:
        InvalidMessage: it holds a control character other than tab and line ends.
    """
    _refuse(_FORBIDDEN_IN_BODY, field, value)
    return value.replace("\r\n", "\n").replace("\r", "\n")


def check_address(field: str, value: str) -> str:
    """Answer the address as ASCII, its domain in punycode, or refuse it.

    Args:
        field: what it is, for the error ("address").
        value: one address, nothing around it.

    Raises:
        InvalidMessage: no address, or one that needs SMTPUTF8, which many servers lack.
    """
    _refuse(_FORBIDDEN, field, value)
    local, _, domain = value.strip().rpartition("@")
    if not local.isascii():
        raise InvalidMessage(
            f"{value!r} has letters outside ASCII before the @, which most mail servers refuse",
            place=field,
            remedy="ask for another address",
        )
    ascii_domain = _encode_domain(field, domain)
    if not _LOCAL_PART.fullmatch(local) or len(local) > 64 or not _DOMAIN.fullmatch(ascii_domain):
        raise InvalidMessage(f"{value!r} is no e-mail address", place=field, remedy="correct it: name@domain")
    return f"{local}@{ascii_domain}"


def check_link(field: str, value: str) -> str:
    """Answer the address of a link, or refuse what cannot stand between angle brackets.

    Raises:
        InvalidMessage: not ASCII, or with spaces, quotes or brackets in it.
    """
    _refuse(_FORBIDDEN, field, value)
    if not re.fullmatch(r"(https?://|mailto:)[!#-;=?-Z\[\]_a-z~]+", value):
        raise InvalidMessage(f"{value!r} is no address of a link", place=field, remedy="percent-encode it")
    return value


def encode_words(value: str) -> list[str]:
    """Answer running text as header words: itself when plain, encoded words otherwise."""
    words = value.split(" ")
    if value.isascii() and "=?" not in value and all(len(word) <= _WORD for word in words):
        return words
    return Header(value, "utf-8", maxlinelen=_WORD).encode(linesep="\n").split("\n ")


def encode_mailbox(name: str, address: str) -> list[str]:
    """Answer a checked name and address as header words."""
    if not name:
        return [address]
    words = encode_words(name)
    if words == name.split(" ") and not _ATOMS.fullmatch(name):
        words = ('"' + re.sub(r'(["\\])', r"\\\1", name) + '"').split(" ")
    return [*words, f"<{address}>"]


def write_header(name: str, words: Iterable[str]) -> bytes:
    """Answer the header folded at its spaces, with its line end.

    Args:
        name: the field's name.
        words: ASCII, without spaces.
    """
    lines, line = [], f"{name}:"
    for word in words:
        if len(line) + 1 + len(word) > _LINE and not line.endswith(":"):
            lines.append(line)
            line = ""
        line += f" {word}"
    return "\r\n".join([*lines, line, ""]).encode("ascii")


def _refuse(forbidden: re.Pattern[str], field: str, value: str) -> None:
    if found := forbidden.search(value):
        raise InvalidMessage(
            f"holds the control character U+{ord(found[0]):04X}",
            place=field,
            remedy="remove line breaks and invisible characters",
        )


def _encode_domain(field: str, domain: str) -> str:
    if domain.isascii():
        return domain.lower()
    if _DEVIATIONS.search(domain):
        raise InvalidMessage(
            f"{domain!r} can mean two different domains", place=field, remedy="write it in its xn-- form"
        )
    try:
        return domain.encode("idna").decode()
    except UnicodeError as error:
        raise InvalidMessage(f"{domain!r} is no domain", place=field, remedy="correct it") from error
