from pathlib import Path

import pytest

from stuifmail.config.models import NewsroomConfig
from stuifmail.config.reference import main, write_reference
from stuifmail.config.shapes import bare, is_structured, list_member, members_of
from stuifmail.config.sheet_columns import CONTACTS, PARTICIPANTS, Column
from stuifmail.figures import participants
from stuifmail.people import contacts


def test_the_reference_is_what_the_models_say(root: Path) -> None:
    written = (root / "docs" / "sources.md").read_text(encoding="utf-8")
    assert written == write_reference(), "run python -m stuifmail.config.reference"


def test_the_reference_can_be_written_to_a_file(tmp_path: Path) -> None:
    main([str(tmp_path / "sources.md")])
    assert (tmp_path / "sources.md").read_text(encoding="utf-8") == write_reference()


def test_every_key_is_described() -> None:
    undescribed = []

    def look(model: object, path: str) -> None:
        for member in members_of(model).values():
            inner = list_member(member.annotation)
            below = bare(inner if inner is not None else member.annotation)
            if not member.description:
                undescribed.append(f"{path}{member.name}")
            if is_structured(below):
                look(below, f"{path}{member.name}.")

    look(NewsroomConfig, "")
    assert undescribed == []


@pytest.mark.parametrize(
    ("described", "required", "optional"),
    [
        (CONTACTS, contacts.REQUIRED, contacts.OPTIONAL),
        (PARTICIPANTS, participants.REQUIRED, (*participants.OPTIONAL, "mode")),
    ],
)
def test_the_columns_described_are_the_columns_read(
    described: tuple[Column, ...], required: tuple[str, ...], optional: tuple[str, ...]
) -> None:
    assert {column.name for column in described if column.is_required} == set(required)
    assert {column.name for column in described if not column.is_required} == set(optional)
