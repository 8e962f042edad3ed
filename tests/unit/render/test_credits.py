"""Whose news it is, in words."""

import pytest

from stuifmail.render.credits import build_credit, count_words, short_name
from stuifmail.render.labels import read_labels
from tests.builders_publication import build_config, project_root

CONFIG = build_config()
LABELS = {code: read_labels(project_root() / "templates", code) for code in ("nl", "en")}
ALL = ("heerenwoude", "wilgenrade", "bonte-berm", "zoem", "gele-koolzaad", "weide-water", "van-der-bij")

FIVE = "’s-Heerenwoude, Wilgenrade aan de Vliet, De Bonte Berm, Kennisinstituut “Zoem”, Het Gele Koolzaad"


def credit(members, original="nl", language="nl"):
    return build_credit(CONFIG, members, original, language, LABELS[language])


@pytest.mark.parametrize(
    ("members", "language", "kind", "name", "others"),
    [
        (("zoem",), "nl", "Kennisinstelling", "Kennisinstituut “Zoem”", ""),
        (("heerenwoude",), "nl", "Gemeente", "’s-Heerenwoude", ""),
        (("heerenwoude",), "en", "Municipality", "’s-Heerenwoude", ""),
        (("gele-koolzaad",), "nl", "Coöperatie", "Het Gele Koolzaad", ""),
        (("bonte-berm", "zoem"), "nl", "", "De Bonte Berm en Kennisinstituut “Zoem”", ""),
        (ALL[:3], "nl", "", "’s-Heerenwoude, Wilgenrade aan de Vliet en De Bonte Berm", ""),
        (ALL[:6], "nl", "", FIVE, "en één ander lid"),
        (ALL, "en", "", FIVE, "and two other members"),
        (("nobody", "zoem"), "en", "Knowledge institute", "Kennisinstituut “Zoem”", ""),
        ((), "nl", "", "", ""),
    ],
)
def test_the_origin_is_named_first_and_of_many_the_last_are_counted(members, language, kind, name, others):
    line = credit(members, language, language)
    assert (line.kind, line.name, line.others) == (kind, name, others)


def test_of_several_members_the_line_says_whom_the_news_is_from_and_not_what_all_are():
    assert (credit(ALL[:2]).kind, credit(ALL[:2]).brought) == ("", "Nieuws van")
    assert (credit(ALL[:2], "en", "en").brought, credit(ALL[:1]).brought) == ("News from", "")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ('kennisinstelling "Zoem"', "Zoem"),
        ("Berm & Brug B.V.", "Berm & Brug"),
        ("De B.V.-vlinder", "De B.V.-vlinder"),
        ('"Zoem" en "Gons"', "“Zoem” en “Gons”"),
    ],
)
def test_a_name_is_said_without_its_kind_its_legal_form_and_quotation_marks(name, said):
    member = CONFIG.member("zoem").model_copy(update={"name": name})
    assert short_name(CONFIG, member) == said


def test_a_link_to_another_language_is_marked_and_explained():
    assert (credit(("zoem",), "en").tag, credit(("zoem",), "en").tag_title) == ("EN", "in het Engels")
    assert credit(("zoem",), "nl", "en").tag_title == "in Dutch"
    assert credit(("zoem",), "nl").tag == ""
    assert credit(("zoem",), "").tag == ""


def test_counts_are_words_up_to_twenty_and_digits_beyond():
    assert [count_words(n, LABELS["nl"]) for n in (2, 20, 21)] == ["twee", "twintig", "21"]
    assert [count_words(n, LABELS["en"]) for n in (6, 20, 100)] == ["six", "twenty", "100"]
