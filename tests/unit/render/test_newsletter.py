"""One edition of the May issue, as HTML and as text."""

import dataclasses
import hashlib
import itertools
import re
import shutil

import lxml.html
import pytest

from stuifmail.errors import InvalidTemplate
from stuifmail.model.publications import UNSUBSCRIBE_MARK, FiguresBlock, Picture
from stuifmail.render.checks import check_rendering
from stuifmail.render.newsletter import NewsletterRenderer, issue_month
from tests.builders_publication import (
    AGENDA,
    ASKS,
    LEAD,
    RESULTS,
    STORIES,
    WELCOME,
    build_config,
    build_publication,
    project_root,
)

ROOT = project_root()
RENDERER = NewsletterRenderer(build_config(), ROOT)


@pytest.fixture(scope="module", params=["nl", "en"])
def edition(request):
    return RENDERER.render(build_publication(), request.param)


def html_of(publication, language="nl"):
    return lxml.html.fromstring(RENDERER.render(publication, language).html)


def words_of(tree):
    return " ".join(tree.text_content().split())


def with_blocks(section, *blocks):
    return build_publication(sections=(dataclasses.replace(section, blocks=blocks),))


def test_the_same_content_renders_to_the_same_hash_and_other_content_to_another(edition):
    again = RENDERER.render(build_publication(), edition.language)
    changed = RENDERER.render(build_publication(number=48), edition.language)
    assert again.sha256 == edition.sha256 != changed.sha256
    assert re.fullmatch("[0-9a-f]{64}", edition.sha256)


def test_the_letter_says_its_language_title_and_colour_schemes(edition):
    tree = lxml.html.fromstring(edition.html)
    assert tree.get("lang") == edition.language
    assert tree.get("dir") == "ltr"
    assert tree.findtext(".//title") == edition.subject
    schemes = {meta.get("name"): meta.get("content") for meta in tree.iter("meta")}
    assert schemes["color-scheme"] == schemes["supported-color-schemes"] == "light dark"


def test_the_house_s_own_checks_find_nothing_to_say(edition):
    hosts = {"coalitie.example.org", "nieuws.coalitie.example.org"}
    assert [str(finding) for finding in check_rendering(edition, hosts=hosts)] == []


def test_every_block_can_be_found_in_the_letter(edition):
    tree = lxml.html.fromstring(edition.html)
    marked = set(
        re.findall(r"\bblock-([\w-]+)", " ".join(node.get("class", "") for node in tree.iter("td", "div")))
    )
    assert {block.id for block in build_publication().blocks()} <= marked


def test_headings_step_down_one_at_a_time_from_a_single_first(edition):
    tree = lxml.html.fromstring(edition.html)
    levels = [int(node.tag[1]) for node in tree.iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_picture_has_an_alt_and_every_layout_table_says_so(edition):
    tree = lxml.html.fromstring(edition.html)
    assert all("alt" in image.attrib for image in tree.iter("img"))
    assert all(table.get("role") == "presentation" for table in tree.iter("table"))


def test_nothing_is_loaded_but_the_newsroom_s_own_pictures(edition):
    assert set(re.findall(r'src="([^"]*)"', edition.html)) == set(edition.pictures)
    assert not re.search(r"@import|url\(|<script|<link|fonts\.google", edition.html)


def test_a_picture_s_address_holds_the_hash_of_its_bytes(edition):
    for address, file in edition.pictures.items():
        sha256 = hashlib.sha256((ROOT / file).read_bytes()).hexdigest()
        assert address == f"https://nieuws.coalitie.example.org/images/{sha256[:12]}-{file.split('/')[-1]}"


def test_a_full_letter_stays_below_what_mail_programs_cut_off(edition):
    assert 20_000 < len(edition.html.encode()) < 85_000


def test_both_parts_hold_the_unsubscribe_mark_once(edition):
    assert edition.html.count(UNSUBSCRIBE_MARK) == edition.text.count(UNSUBSCRIBE_MARK) == 1


def test_no_attribute_holds_what_a_programmer_would_write(edition):
    attributes = re.findall(r'[\w-]+="([^"]*)"', edition.html)
    assert [value for value in attributes if "\\" in value] == []
    assert [value for value in re.findall(r' title="([^"]*)"', edition.html) if "\u00a0" in value] == []


def test_an_empty_template_is_named(tmp_path):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "templates" / "newsletters" / "newsletter.mjml").write_text("")
    with pytest.raises(InvalidTemplate, match=r"^templates/newsletters/newsletter\.mjml:1: a letter is one"):
        NewsletterRenderer(build_config(), tmp_path).render(build_publication(), "nl")


def test_the_text_twin_holds_every_link_of_the_letter(edition):
    links = set(re.findall(r'<a[^>]* href="([^"]*)"', edition.html))
    assert len(links) > 12
    assert [link for link in links if link not in edition.text] == []


def test_the_text_twin_is_written_for_reading(edition):
    lines = edition.text.splitlines()
    assert all(len(line) <= 72 for line in lines if "://" not in line)
    assert all(line.strip().startswith("http") for line in lines if "://" in line)
    assert "<" not in edition.text
    assert "\u00a0" not in edition.text
    assert "\n\n\n\n" not in edition.text


def test_in_the_text_twin_each_section_stands_apart():
    text = RENDERER.render(build_publication(), "nl").text
    headings = re.findall(r"(\n*)\n([^\n]+)\n=+\n", text)
    assert [heading for _, heading in headings][:2] == ["Van de leden", "Agenda"]
    assert {len(space) for space, _ in headings} == {2}
    assert "\nvrijdag 29 mei (datum onder voorbehoud)\n  Symposium" in text


def test_the_dutch_letter_speaks_dutch_and_the_english_english():
    dutch, english = (words_of(html_of(build_publication(), code)) for code in ("nl", "en"))
    for text in (
        "Nieuwsbrief nr. 47",
        "mei 2026",
        "14.00–17.00 uur",
        "datum onder voorbehoud",
        "71 in 2025",
    ):
        assert text in dutch
    for text in (
        "Newsletter no. 47",
        "May 2026",
        "14:00–17:00",
        "date to be confirmed",
        " and De Bonte Berm",
    ):
        assert text in english
    assert "Afmelden" not in english
    assert "Unsubscribe" not in dutch


def test_figures_stand_where_their_marks_were_and_unknown_marks_stay_for_the_checks():
    publication = build_publication(
        preheader={"nl": "[[congres-2026.participants]] en [[congres-2026.onbekend]]"}
    )
    assert RENDERER.render(publication, "nl").preheader == "84 en [[congres-2026.onbekend]]"


def test_thousands_are_written_as_the_language_does():
    big = dataclasses.replace(build_publication().figures[0], value=12500, previous=1000)
    block = FiguresBlock(id="b", title={"nl": "Bereik", "en": "Reach"}, figures=(big.id,))
    publication = dataclasses.replace(with_blocks(RESULTS, block), figures=(big,))
    assert "12.500" in words_of(html_of(publication, "nl"))
    assert "1,000 in 2025" in words_of(html_of(publication, "en"))


@pytest.mark.parametrize(("language", "said"), [("nl", "eerste editie"), ("en", "first edition")])
def test_a_first_edition_is_called_one_where_growth_would_stand_and_only_once(language, said):
    figures = tuple(
        dataclasses.replace(each, previous=None, previous_label="", earlier=(), first_edition=True)
        for each in build_publication().figures
    )
    block = FiguresBlock(
        id="b", title={"nl": "Bereik", "en": "Reach"}, figures=tuple(each.id for each in figures)
    )
    publication = dataclasses.replace(with_blocks(RESULTS, block), figures=figures)
    assert len(figures) > 1
    assert words_of(html_of(publication, language)).count(said) == 1
    assert RENDERER.render(publication, language).text.count(said) == 1


def test_an_untranslated_story_is_marked_with_its_language():
    tree = html_of(build_publication())
    (title,) = [node for node in tree.iter("h3") if "hoverfly" in node.text_content()]
    assert title.get("lang") == "en"
    assert "[EN]" in words_of(tree)
    translated = [node for node in html_of(build_publication(), "en").iter("h3") if node.get("lang")]
    assert translated == []


def test_a_story_without_a_link_has_no_language_mark_and_no_link():
    story = dataclasses.replace(STORIES.blocks[1], link=None)
    tree = html_of(with_blocks(STORIES, story))
    assert "[EN]" not in words_of(tree)
    assert "Lees verder" not in words_of(tree)


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_any_number_of_stories_fits_the_columns(count):
    blocks = [dataclasses.replace(STORIES.blocks[0], id=f"s{n}") for n in range(count)]
    assert len(list(html_of(with_blocks(STORIES, *blocks)).iter("h3"))) == count


def test_a_section_without_blocks_leaves_no_heading_behind():
    assert "Van de leden" not in words_of(html_of(with_blocks(STORIES)))


@pytest.mark.parametrize("home", [STORIES, AGENDA, RESULTS, ASKS, WELCOME])
def test_a_block_that_an_editor_moved_to_another_section_is_still_in_the_letter(home):
    blocks = [section.blocks[0] for section in (STORIES, AGENDA, RESULTS, ASKS)]
    rendering = RENDERER.render(with_blocks(home, *blocks), "nl")
    words = words_of(lxml.html.fromstring(rendering.html)).replace("\u00a0", " ")
    text = " ".join(rendering.text.split())
    for block in blocks:
        assert words.count(block.title["nl"]) == text.count(block.title["nl"]) == 1


def test_markup_in_members_news_is_shown_and_not_obeyed():
    story = dataclasses.replace(
        STORIES.blocks[0],
        title={"nl": "Bijen <b>& {{ 7*7 }}</b>"},
        text={"nl": "<script>alert(1)</script> [[x]] </mj-text>"},
    )
    rendering = RENDERER.render(with_blocks(STORIES, story), "nl")
    tree = lxml.html.fromstring(rendering.html)
    assert "Bijen <b>& {{ 7*7 }}</b>" in words_of(tree)
    assert "<script" not in rendering.html


@pytest.mark.parametrize("file", ["samples/none.png", "../outside.png"])
def test_a_picture_that_is_not_there_is_named_with_its_block(file):
    story = dataclasses.replace(LEAD.blocks[0], picture=Picture(file=file, alt={"nl": "x"}))
    with pytest.raises(InvalidTemplate, match=rf"lint: picture {re.escape(file)} .*: "):
        RENDERER.render(with_blocks(LEAD, story), "nl")


def test_an_issue_of_a_newsletter_that_is_gone_says_which():
    with pytest.raises(
        InvalidTemplate, match=r"nieuwsbrief-2026-05: newsletter 'oud' is not in sources\.yaml"
    ):
        RENDERER.render(build_publication(series_id="oud"), "nl")


def test_an_issue_keeps_the_month_of_its_id_when_a_holiday_moves_it():
    moved = build_publication(send_at=build_publication().send_at.replace(month=6, day=1))
    assert issue_month(moved).month == 5
    assert issue_month(dataclasses.replace(moved, id="los")).month == 6


def test_a_letter_for_one_language_offers_no_other():
    rendering = RENDERER.render(build_publication(languages=("nl",)), "nl")
    assert "Read in English" not in rendering.html
