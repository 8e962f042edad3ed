"""Templates and catalogues are looked over before anything is rendered."""

import shutil
from pathlib import Path

import pytest

from stuifmail.render.inspection import find_template_problems
from tests.builders_publication import project_root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(project_root() / "templates", tmp_path / "templates"))


def told(folder: Path) -> list[str]:
    return [
        str(one) for one in find_template_problems(folder, "templates", ["nl"], ["newsletters/newsletter"])
    ]


def test_the_house_s_templates_are_in_order(folder):
    assert told(folder) == []


@pytest.mark.parametrize(
    ("file", "text", "start"),
    [
        (
            "newsletters/newsletter.mjml",
            "\n{% if x %}",
            "templates/newsletters/newsletter.mjml:2:1: syntax error",
        ),
        (
            "newsletters/newsletter.txt",
            "{{ x | linse }}",
            "templates/newsletters/newsletter.txt:1:1: there is no f",
        ),
        ("partials/agenda.mjml", "\n\n{{ x", "templates/partials/agenda.mjml:3:1: syntax error"),
        (
            "partials/asks.mjml",
            "\n{% include 'partials/gone.mjml' %}",
            "templates/partials/asks.mjml:2:1: there is no template partials/gone.mjml: make the file",
        ),
        ("labels/nl.yaml", "direction: [", "templates/labels/nl.yaml:1:"),
    ],
)
def test_each_fault_is_told_with_file_and_line(folder, file, text, start):
    (folder / file).write_text(text)
    found = told(folder)
    assert found
    assert all(line.startswith(start.rsplit(":", 1)[0].split(":")[0]) for line in found)
    assert found[0].startswith(start)


def test_bytes_that_are_no_utf_8_are_told_in_templates_and_catalogues(folder):
    for file in ("partials/words.mjml", "labels/nl.yaml"):
        (folder / file).write_bytes(b"\nb\xe9")
    assert [line.split(": ")[:2] for line in told(folder)] == [
        ["templates/partials/words.mjml:2:1", "byte 0xe9 is not UTF-8"],
        ["templates/labels/nl.yaml:2:1", "byte 0xe9 is not UTF-8"],
    ]


def test_a_missing_catalogue_is_told_and_a_missing_folder_left_to_the_check_of_sources(folder):
    (folder / "labels" / "nl.yaml").unlink()
    (problem,) = told(folder)
    assert "there are no labels for language 'nl'" in problem
    shutil.rmtree(folder)
    assert told(folder) == []
