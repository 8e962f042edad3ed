import re
from pathlib import Path

import pytest

from stuifmail.config.check import find_problems
from stuifmail.config.load import load_config
from stuifmail.config.starter import find_templates, make_newsroom
from stuifmail.errors import NewsroomNotFound, StoreUnwritable


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "original"
    (folder / "newsletters").mkdir(parents=True)
    (folder / "newsletters" / "newsletter.mjml").write_text("<mjml></mjml>")
    (folder / "newsletters" / "newsletter.txt").write_text("text")
    (folder / ".hidden").write_text("")
    return folder


def test_a_fresh_newsroom_has_no_problems(tmp_path: Path, templates: Path) -> None:
    made = make_newsroom(tmp_path / "new" / "room", templates)
    assert [path.relative_to(tmp_path / "new" / "room").as_posix() for path in made] == [
        "contacts.csv",
        "press.csv",
        "sources.yaml",
        "templates/newsletters/newsletter.mjml",
        "templates/newsletters/newsletter.txt",
    ]
    assert find_problems(tmp_path / "new" / "room", {}) == []
    assert load_config(tmp_path / "new" / "room").organisation.languages == ("nl", "en")


def test_a_fresh_newsroom_explains_itself_in_its_own_words(tmp_path: Path, templates: Path) -> None:
    make_newsroom(tmp_path / "room", templates)
    text = (tmp_path / "room" / "sources.yaml").read_text(encoding="utf-8")
    assert sum("#" in line for line in text.splitlines()) > 20


def test_its_examples_of_events_and_press_are_in_order_once_they_are_uncommented(
    tmp_path: Path, root: Path
) -> None:
    room = tmp_path / "room"
    make_newsroom(room, root / "templates")
    text = (room / "sources.yaml").read_text(encoding="utf-8")
    for start in ("  # - id: workshop-2026", "  # - id: pers", "# events:", "# press:"):
        before, found, after = text.partition(f"\n{start}")
        example, blank, rest = (found + after).partition("\n\n")
        text = before + re.sub("^( *)# ", r"\1", example, flags=re.MULTILINE) + blank + rest
    (room / "sources.yaml").write_text(text, encoding="utf-8")
    (room / "workshop-2026.csv").write_text("email,organisation,status\n", encoding="utf-8")
    assert find_problems(room, {}) == []
    config = load_config(room)
    assert [event.id for event in config.events] == ["workshop-2026"]
    assert config.press is not None


@pytest.mark.parametrize("taken", ["sources.yaml", "contacts.csv", "templates/newsletters/newsletter.txt"])
def test_nothing_is_overwritten_and_nothing_is_left_behind(
    tmp_path: Path, templates: Path, taken: str
) -> None:
    (tmp_path / "room" / taken).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "room" / taken).write_text("mine")
    with pytest.raises(StoreUnwritable, match="is there already"):
        make_newsroom(tmp_path / "room", templates)
    assert [path for path in (tmp_path / "room").rglob("*") if path.is_file()] == [tmp_path / "room" / taken]
    assert (tmp_path / "room" / taken).read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_an_error_with_a_remedy(tmp_path: Path, templates: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnwritable, match="choose a folder"):
        make_newsroom(tmp_path / "file" / "room", templates)


def test_stuifmails_own_templates_are_the_sample_newsrooms(root: Path) -> None:
    assert find_templates().samefile(root / "templates")


def test_a_folder_without_templates_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NewsroomNotFound, match="--templates"):
        find_templates(tmp_path)
