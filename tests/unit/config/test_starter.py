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
