"""Templates are rendered from data only, and every fault is named by file and line."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from stuifmail.errors import InvalidTemplate
from stuifmail.render.templates import TemplateFolder, annotate

CONTEXT = {"items": [{"title": "Bloei"}], "language": "nl", "day": date(2026, 5, 5), "count": 1234}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "templates" / "partials").mkdir(parents=True)
    return tmp_path / "templates"


def render(folder: Path, source: str, name: str = "letter.mjml", **context: object) -> str:
    (folder / name).write_text(source, encoding="utf-8")
    return TemplateFolder(folder).render(name, CONTEXT | context)


@pytest.mark.parametrize(
    ("source", "place", "message", "remedy"),
    [
        ("\n\n{% for x in items %}", "letter.mjml:3", "syntax error", "braces"),
        ("\n{{ items[0].title", "letter.mjml:2", "syntax error", "braces"),
        ("\n{{ itmes }}", "letter.mjml:2", "no variable 'itmes'", "did you mean 'items'"),
        ("\n\n{{ items[0].titel }}", "letter.mjml:3", "no 'titel'", "did you mean 'title'"),
        ("\n{{ day | long_dat }}", "letter.mjml:2", "no filter 'long_dat'", "did you mean 'long_date'"),
        ("\n{{ day | long_date }}", "letter.mjml:2", "language", "that line"),
        (
            "\n{% include 'partials/foot.mjml' %}",
            "letter.mjml:2",
            "no template partials/foot.mjml",
            "make the",
        ),
        ("\n\n{% include 'letter.mjml' %}", "letter.mjml:3", "includes itself", "take the include away"),
        ("\n{{ ''.__class__ }}", "letter.mjml:2", "not allowed", "only show"),
        ("\n{{ items.append(1) }}", "letter.mjml:2", "not allowed", "only show"),
        ("\n{{ 1 / 0 }}", "letter.mjml:2", "division by zero", "that line"),
        ("\n{% include 'twin.txt' %}", "letter.mjml:2", "may not stand in HTML", ""),
    ],
)
def test_every_fault_of_a_template_is_named_by_file_and_line(folder, source, place, message, remedy):
    with pytest.raises(InvalidTemplate) as caught:
        render(folder, source)
    assert caught.value.place.endswith(f"templates/{place}")
    assert message in caught.value.message
    assert remedy in caught.value.remedy


def test_a_fault_in_an_included_file_is_placed_in_that_file(folder):
    (folder / "partials" / "foot.mjml").write_text("\n\n\n{{ nobody }}")
    with pytest.raises(InvalidTemplate) as caught:
        render(folder, "{% include 'partials/foot.mjml' %}")
    assert caught.value.place == "templates/partials/foot.mjml:4"


def test_a_template_that_is_changed_between_two_letters_counts_at_once(folder):
    assert render(folder, "een {{ count }}") == "een 1234"
    assert render(folder, "twee {{ count }}") == "twee 1234"
    assert render(folder, "een {{ count }}") == "een 1234"


def test_the_same_template_in_two_folders_is_named_by_its_own_folder_when_it_is_wrong(folder, tmp_path):
    other = tmp_path / "elders"
    other.mkdir()
    for each, shown_as in ((folder, "templates"), (other, "elders"), (folder, "templates")):
        (each / "letter.mjml").write_text("<p>\n{{ itmes }}</p>", encoding="utf-8")
        with pytest.raises(InvalidTemplate) as caught:
            TemplateFolder(each, shown_as).render("letter.mjml", CONTEXT)
        assert caught.value.place == f"{shown_as}/letter.mjml:2"


def test_a_misspelt_template_name_gets_a_suggestion(folder):
    render(folder, "fine", "newsletter.mjml")
    with pytest.raises(InvalidTemplate, match=r"did you mean 'newsletter.mjml'"):
        TemplateFolder(folder).render("newsleter.mjml", {})


def test_a_template_cannot_be_taken_from_outside_the_folder(folder):
    (folder.parent / "secret.txt").write_text("secret")
    with pytest.raises(InvalidTemplate, match=r"no template \.\./secret.txt"):
        TemplateFolder(folder).render("../secret.txt", {})


def test_bytes_that_are_not_utf_8_are_placed_on_their_line(folder):
    (folder / "letter.mjml").write_bytes(b"een\ntwee\nb\xe9\n")
    with pytest.raises(InvalidTemplate, match=r"templates/letter.mjml:3: byte 0xe9 is not UTF-8"):
        TemplateFolder(folder).render("letter.mjml", {})


def test_text_from_outside_is_never_template_source(folder):
    foreign = "{{ 7 * 7 }}{% include 'x' %}<mj-raw>"
    shown = render(folder, "{{ title }}", title=foreign)
    assert shown == "{{ 7 * 7 }}{% include &#39;x&#39; %}&lt;mj-raw&gt;"


def test_text_templates_are_not_escaped(folder):
    assert render(folder, "{{ title }}", "letter.txt", title="Weide & Water") == "Weide & Water"


def test_tags_get_their_place_without_moving_a_line(folder):
    source = (
        '<mjml>\n  {# <no> #}{{ "<no>" }}<!-- <no> -->\n  <mj-text color="#112233">a < b</mj-text>\n</mjml>'
    )
    marked = annotate(source, "templates/letter.mjml")
    assert marked.count("\n") == source.count("\n")
    assert marked.count("data-template-place") == 2
    assert '<mj-text data-template-place="templates/letter.mjml:3:3" color' in marked


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ day | long_date('nl') }}", "dinsdag 5 mei 2026"),
        ("{{ day | long_date('en') }}", "Tuesday 5 May 2026"),
        ("{{ day | medium_date('nl') }}", "5 mei 2026"),
        ("{{ day | short_date('en') }}", "5 May"),
        ("{{ day | format_day('EEE d MMM', 'nl') }}", "di 5 mei"),
        ("{{ day | month_year('nl') }}", "mei 2026"),
        ("{{ moment | in_zone('Europe/Amsterdam') | clock('nl') }}", "9.05"),
        ("{{ moment | in_zone('Europe/Amsterdam') | clock('en') }}", "09:05"),
        ("{{ count | number('nl') }}", "1.234"),
        ("{{ count | number('en') }}", "1,234"),
        ("{{ 'Agenda' | underline }}", "Agenda\n------"),
        ("{{ 'een twee drie vier' | lines(10, '  ', '- ') }}", "- een twee\n  drie\n  vier"),
    ],
)
def test_dates_numbers_and_lines_read_as_people_write_them(folder, source, shown):
    moment = datetime(2026, 5, 5, 7, 5, tzinfo=UTC)
    assert render(folder, source, "letter.txt", moment=moment) == shown


def test_a_language_without_dates_is_named(folder):
    with pytest.raises(InvalidTemplate, match="language 'xx'"):
        render(folder, "{{ day | long_date('xx') }}")
