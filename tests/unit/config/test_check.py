import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stuifmail.config.check import find_problems
from stuifmail.errors import NewsroomNotFound
from tests.builders import make_newsroom

SMTP = ("delivery:\n", "delivery:\n  transport: smtp\n")
S3 = ("contacts:\n", "archive: {storage: s3, bucket: newsletters}\ncontacts:\n")


def problems_of(folder: Path, **environment: str) -> list[str]:
    name = f"{folder / 'sources.yaml'}:"
    return [str(problem).removeprefix(name) for problem in find_problems(folder, environment)]


def test_a_valid_newsroom_has_no_problems(tmp_path: Path) -> None:
    assert problems_of(make_newsroom(tmp_path)) == []


def test_a_missing_source_file_is_left_to_the_harvest(tmp_path: Path) -> None:
    make_newsroom(tmp_path)
    assert not (tmp_path / "samples" / "berm.xml").exists()
    assert problems_of(tmp_path) == []


def test_a_folder_without_sources_yaml_is_an_error_and_no_problem(tmp_path: Path) -> None:
    with pytest.raises(NewsroomNotFound):
        find_problems(tmp_path, {})


def test_what_is_no_yaml_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("a: 'b\n")
    (problem,) = problems_of(tmp_path)
    assert problem.startswith("1:4: a quotation mark is opened and never closed: close it")


def test_missing_contacts_and_pictures_are_reported(tmp_path: Path) -> None:
    logo = "country: NL\n  logo: {file: logo.png, alt: {nl: Bij, en: Bee}}"
    make_newsroom(tmp_path, ("country: NL", logo))
    (tmp_path / "contacts.csv").unlink()
    problems = problems_of(tmp_path)
    assert problems[0].startswith("10:16: organisation.logo.file: there is no file logo.png")
    assert problems[1].startswith("27:9: contacts.file: there is no file contacts.csv")
    assert len(problems) == 2


@pytest.mark.parametrize("ending", [".mjml", ".txt"])
def test_a_template_needs_both_its_files(tmp_path: Path, ending: str) -> None:
    make_newsroom(tmp_path)
    (tmp_path / "templates" / "newsletters" / f"newsletter{ending}").unlink()
    (problem,) = problems_of(tmp_path)
    assert f"there is no template templates/newsletters/newsletter{ending}" in problem
    assert problem.startswith("32:5: newsletters[0].template")


def test_a_missing_folder_of_templates_is_one_problem(tmp_path: Path) -> None:
    make_newsroom(tmp_path, ("contacts:\n", "templates: sjablonen\ncontacts:\n"))
    (problem,) = problems_of(tmp_path)
    assert problem.startswith("25:1: templates: there is no folder sjablonen")


def test_an_audience_that_nothing_is_sent_to_is_reported(tmp_path: Path) -> None:
    extra = "audiences:\n  - {id: press, name: {nl: Pers, en: Press}, why: {nl: a, en: b}}\n"
    make_newsroom(tmp_path, ("audiences:\n", extra))
    (problem,) = problems_of(tmp_path)
    assert problem.startswith('28:10: audiences[0].id: nothing is sent to the audience "press"')


def test_missing_secrets_of_the_relay_are_reported_by_name(tmp_path: Path) -> None:
    make_newsroom(tmp_path, SMTP)
    assert len(problems_of(tmp_path)) == 2
    (problem,) = problems_of(tmp_path, STUIFMAIL_SMTP_USER="someone")
    assert "STUIFMAIL_SMTP_PASSWORD is not set" in problem
    assert problems_of(tmp_path, STUIFMAIL_SMTP_USER="someone", STUIFMAIL_SMTP_PASSWORD="x") == []


def test_a_relay_without_encryption_needs_no_secrets(tmp_path: Path) -> None:
    make_newsroom(tmp_path, SMTP, ("  list_id", "  smtp: {security: none}\n  list_id"))
    assert problems_of(tmp_path) == []


def test_missing_keys_for_s3_are_reported_unless_aws_has_its_own(tmp_path: Path) -> None:
    make_newsroom(tmp_path, S3)
    (problem,) = problems_of(tmp_path)
    assert "archive.storage: no keys for S3" in problem
    assert problems_of(tmp_path, AWS_PROFILE="newsroom") == []
    assert problems_of(tmp_path, STUIFMAIL_S3_ACCESS_KEY_ID="a", STUIFMAIL_S3_SECRET_ACCESS_KEY="b") == []
    assert len(problems_of(tmp_path, STUIFMAIL_S3_ACCESS_KEY_ID="a", AWS_PROFILE="newsroom")) == 1


def test_outputs_that_is_a_file_is_reported(tmp_path: Path) -> None:
    make_newsroom(tmp_path)
    (tmp_path / "outputs").write_text("")
    (problem,) = problems_of(tmp_path)
    assert problem.startswith("1:1: outputs: outputs is a file, no folder")


def test_outputs_that_cannot_be_written_is_reported() -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to other users
        folder = make_newsroom(Path(name))
        folder.chmod(0o755)
        (folder / "outputs").mkdir(mode=0o555)
        problems_of(folder)  # loads what is loaded late, while it may still be read
        with ordinary_user():
            (problem,) = problems_of(folder)
    assert "outputs cannot be written" in problem


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Act without root's rights, for whom nothing is read-only; no change for anybody else."""
    real = os.getresuid()
    if real[1] == 0:
        os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(*real)


def test_problems_in_the_file_and_around_it_come_together_in_the_order_of_the_file(tmp_path: Path) -> None:
    make_newsroom(tmp_path, SMTP, ("country: NL", "country: nl"), ("member: berm", "member: brem"))
    (tmp_path / "contacts.csv").unlink()
    assert [problem.split(": ")[1] for problem in problems_of(tmp_path, STUIFMAIL_SMTP_USER="someone")] == [
        "organisation.country",
        "sources[0].member",
        "contacts.file",
        "delivery.smtp",
    ]


def test_a_relay_without_log_in_needs_no_secrets(tmp_path: Path) -> None:
    make_newsroom(tmp_path, ("delivery:\n", "delivery:\n  transport: smtp\n  smtp: {login: false}\n"))
    assert problems_of(tmp_path) == []


def test_a_senders_name_of_two_lines_is_reported_where_it_stands(tmp_path: Path) -> None:
    make_newsroom(
        tmp_path, ("delivery:\n", 'delivery:\n  from_name: {nl: "Coa\\nBcc: x@example.org", en: Coa}\n')
    )
    (problem,) = problems_of(tmp_path)
    assert "delivery.from_name.nl: it has a line break" in problem


NEWS = "kind: feed, file: samples/berm.xml}"


@pytest.mark.parametrize(
    "selector", ['"article["', '"h2::text"', "..", '"a:is("', '"' + ":not(" * 5000 + '"', "12px"]
)
def test_what_is_no_css_selector_is_reported_with_its_line(tmp_path: Path, selector: str) -> None:
    page = f"kind: page, url: https://berm.example.org/, page: {{entry: article, title: {selector}}}}}"
    make_newsroom(tmp_path, (NEWS, page))
    (problem,) = problems_of(tmp_path)
    assert problem.startswith("24:109: sources[0].page.title: ")
    assert "is no CSS selector" in problem


def test_selectors_may_be_empty_but_that_of_the_pieces(tmp_path: Path) -> None:
    page = 'kind: page, url: https://berm.example.org/, page: {entry: "ul > li.news", date: ""}}'
    make_newsroom(tmp_path, (NEWS, page))
    assert problems_of(tmp_path) == []
    room = Path(tmp_path / "sources.yaml")
    room.write_text(room.read_text(encoding="utf-8").replace('"ul > li.news"', '""'), encoding="utf-8")
    assert "sources[0].page.entry" in problems_of(tmp_path)[0]


def test_what_curation_names_must_be_there(tmp_path: Path) -> None:
    curation = """\
curation:
  survey: {file: enquete.csv, taken: 2025-12-02, columns: {eerste: Thema}}
  theme_weights: {bermen: 2}
contacts:
"""
    make_newsroom(tmp_path, ("contacts:\n", curation))
    file, column, theme = sorted(problems_of(tmp_path), key=lambda problem: problem.split(": ", 1)[1])[:3]
    assert file.split(": ", 1)[1].startswith("curation.survey.columns.eerste: we have no such column")
    assert column.split(": ", 1)[1].startswith("curation.survey.file: there is no file enquete.csv")
    assert theme.split(": ", 1)[1].startswith('curation.theme_weights.bermen: there is no theme "bermen"')


def test_weights_below_zero_are_refused(tmp_path: Path) -> None:
    make_newsroom(tmp_path, ("contacts:\n", "curation: {weights: {focus: -1}}\ncontacts:\n"))
    (problem,) = problems_of(tmp_path)
    assert "curation.weights.focus" in problem
