"""sources.yaml from a newsroom's folder."""

from pathlib import Path

from stuifmail.config.models import NewsroomConfig
from stuifmail.config.references import find_contradictions
from stuifmail.config.validation import check_against
from stuifmail.config.yaml_document import YamlDocument, read_yaml_file, sum_up
from stuifmail.errors import InvalidConfig, NewsroomNotFound

CONFIG_NAME = "sources.yaml"


def load_config(root: Path) -> NewsroomConfig:
    """Answer the newsroom that the folder's sources.yaml describes.

    Args:
        root: the newsroom's folder.

    Raises:
        NewsroomNotFound: the folder has no sources.yaml that can be opened.
        InvalidConfig: with every problem of the file, those across its parts too.
    """
    document = read_config(root)
    config, problems = check_against(NewsroomConfig, document)
    problems += find_contradictions(document)
    if config is None or problems:
        raise sum_up(document.file, problems, InvalidConfig)
    return config


def read_config(root: Path) -> YamlDocument:
    """Answer sources.yaml as a document, not yet checked.

    Raises:
        NewsroomNotFound: the folder has no sources.yaml that can be opened.
    """
    path = root / CONFIG_NAME
    try:
        return read_yaml_file(path)
    except FileNotFoundError as error:
        raise NewsroomNotFound(
            f"there is no {CONFIG_NAME} here",
            place=str(root),
            remedy="name the newsroom's folder with --newsroom, or make one with stuifmail init FOLDER",
        ) from error
    except OSError as error:
        raise NewsroomNotFound(
            f"{CONFIG_NAME} cannot be opened ({error.strerror})",
            place=str(path),
            remedy="it must be a file that you may read",
        ) from error
