"""Everything that is wrong with a newsroom's set-up: in sources.yaml and around it."""

import os
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

from stuifmail.config.event_references import find_event_doubts
from stuifmail.config.load import read_config
from stuifmail.config.models import NewsroomConfig, Picture
from stuifmail.config.places import find, find_texts, text_at
from stuifmail.config.references import find_contradictions
from stuifmail.config.shapes import Spot, bare, walk
from stuifmail.config.validation import check_against
from stuifmail.config.yaml_document import YamlDocument, sum_up
from stuifmail.config.yaml_reading import Path as KeyPath
from stuifmail.model.problems import Problem

Problems: TypeAlias = Iterator[Problem]

#: Lists of what is sent to an audience.
_AUDIENCE_USERS = ("newsletters", "events", "groups", "moments")
#: Each HTML template has its text twin.
_TEMPLATE_ENDINGS = (".mjml", ".txt")
_SMTP_SECRETS = ("STUIFMAIL_SMTP_USER", "STUIFMAIL_SMTP_PASSWORD")
_S3_SECRETS = ("STUIFMAIL_S3_ACCESS_KEY_ID", "STUIFMAIL_S3_SECRET_ACCESS_KEY")
#: One of these tells boto3 where to find keys by itself.
_S3_OTHERS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_PROFILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)


def find_problems(root: Path, environment: Mapping[str, str]) -> list[Problem]:
    """Answer every problem of the newsroom, in the order of sources.yaml; none when all is well.

    A source's own file or address is not looked at: a source that fails is the harvest's to
    report, and stops nothing else.

    Args:
        root: the newsroom's folder.
        environment: environment variables, for the secrets.

    Raises:
        NewsroomNotFound: the folder has no sources.yaml that can be opened.
    """
    document = read_config(root)
    _, problems = check_against(NewsroomConfig, document)
    problems += find_contradictions(document)
    if document.is_readable:
        problems += chain(
            _find_missing_files(document, root),
            _find_missing_templates(document, root),
            _find_unused_audiences(document),
            find_event_doubts(document),
            _find_missing_secrets(document, environment),
            _find_unwritable_folders(document, root),
        )
    return [problem for problem in sum_up(document.file, problems).problems if isinstance(problem, Problem)]


def _find_missing_files(document: YamlDocument, root: Path) -> Problems:
    places = [
        *find_texts(document.data, "contacts", "file"),
        *find_texts(document.data, "curation", "survey", "file"),
        *find_texts(document.data, "press", "list", "file"),
        *find_texts(document.data, "events", "*", "programme", "file"),
    ]
    for spot in walk(Spot(path=(), annotation=NewsroomConfig, value=document.data)):
        if bare(spot.annotation) is Picture:
            places += [((*spot.path, *path), value) for path, value in find_texts(spot.value, "file")]
    for path, value in places:
        if value and not (root / value).is_file():
            remedy = "put it there, or correct the path, which counts from the newsroom's folder"
            yield document.problem(path, f"there is no file {value}", remedy, of_value=True)


def _find_missing_templates(document: YamlDocument, root: Path) -> Problems:
    folder = text_at(document.data, "templates", default=_default("templates"))
    if not (root / folder).is_dir():
        remedy = "make a newsroom with stuifmail init and copy its templates, or correct templates:"
        yield document.problem(("templates",), f"there is no folder {folder}", remedy)
        return
    for path, _ in find(document.data, ("newsletters", "*")):
        name = text_at(document.data, *path, "template", default="newsletters/newsletter")
        for ending in _TEMPLATE_ENDINGS:
            if not (root / folder / f"{name}{ending}").is_file():
                message = f"there is no template {folder}/{name}{ending}"
                remedy = "add it; each template has an .mjml and a .txt"
                yield document.problem((*path, "template"), message, remedy)


def _find_unused_audiences(document: YamlDocument) -> Problems:
    used = {
        value for each in _AUDIENCE_USERS for _, value in find_texts(document.data, each, "*", "audience")
    }
    for _, chosen in find(document.data, ("press", "audiences")):
        used.update(chosen.values() if isinstance(chosen, dict) else ())
    for path, value in find_texts(document.data, "audiences", "*", "id"):
        if value not in used:
            remedy = "remove it, or name it as the audience of a newsletter, an event or press releases"
            yield document.problem(path, f'nothing is sent to the audience "{value}"', remedy, of_value=True)


def _find_missing_secrets(document: YamlDocument, environment: Mapping[str, str]) -> Problems:
    data = document.data
    security = text_at(data, "delivery", "smtp", "security", default="starttls")
    delivery = data.get("delivery") if isinstance(data, dict) else None
    smtp = delivery.get("smtp") if isinstance(delivery, dict) else None
    wants_login = not (isinstance(smtp, dict) and smtp.get("login") is False) and security != "none"
    if text_at(data, "delivery", "transport") == "smtp" and wants_login:
        for name in _SMTP_SECRETS:
            if not environment.get(name):
                message = f"the environment variable {name} is not set"
                remedy = "set it where stuifmail runs; for a relay without log-in say login: false"
                yield document.problem(("delivery", "smtp"), message, remedy)
    if text_at(data, "archive", "storage") == "s3" and not _has_s3_keys(environment):
        message = f"no keys for S3: {' and '.join(_S3_SECRETS)} are not both set"
        remedy = "set both where stuifmail runs, or AWS_PROFILE for keys that AWS's own tools keep"
        yield document.problem(("archive", "storage"), message, remedy)


def _has_s3_keys(environment: Mapping[str, str]) -> bool:
    """Answer whether both keys are there, or neither and AWS's own tools have them."""
    given = [bool(environment.get(name)) for name in _S3_SECRETS]
    return all(given) or (not any(given) and any(environment.get(name) for name in _S3_OTHERS))


def _find_unwritable_folders(document: YamlDocument, root: Path) -> Problems:
    data = document.data
    folders: list[tuple[KeyPath, str]] = [
        (("outputs",), text_at(data, "outputs", default=_default("outputs")))
    ]
    if text_at(data, "delivery", "transport", default="maildir") == "maildir":
        folders += find_texts(data, "delivery", "maildir")
    if text_at(data, "archive", "storage", default="local") == "local":
        folders += find_texts(data, "archive", "folder")
    for path, value in folders:
        if trouble := _explain_folder(root / value):
            yield document.problem(path, f"{value} {trouble}", "make it a folder that stuifmail may write in")


def _explain_folder(folder: Path) -> str:
    """Answer why nothing can be written in the folder, "" when it can be, or can be made."""
    for place in (folder, *folder.parents):
        if place.is_dir():
            return "" if os.access(place, os.W_OK | os.X_OK) else "cannot be written"
        if place.exists():
            return "is a file, no folder" if place == folder else f"lies below {place.name}, which is a file"
    return "cannot be made"


def _default(key: str) -> Any:
    return NewsroomConfig.model_fields[key].default
