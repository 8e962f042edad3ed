"""YAML documents: read them, say where things stand, and make checked values of them."""

from typing import TypeVar

from stuifmail.config.validation import check_against
from stuifmail.config.yaml_reading import YamlDocument, key_of, read_yaml, read_yaml_file, sum_up
from stuifmail.errors import InvalidDocument

__all__ = ["YamlDocument", "key_of", "read_yaml", "read_yaml_file", "sum_up", "validate"]

T = TypeVar("T")


def validate(kind: type[T], document: YamlDocument, *, error: type[InvalidDocument] = InvalidDocument) -> T:
    """Answer the document as a value of this type.

    Args:
        kind: a pydantic model or a dataclass.
        document: as `read_yaml` answered it; problems of the YAML itself are raised here too.
        error: what to raise.

    Raises:
        InvalidDocument: `error`, with every problem in the order of the document.
    """
    value, problems = check_against(kind, document)
    if value is None or problems:
        raise sum_up(document.file, problems, error)
    return value
