from datetime import UTC, datetime

import pytest

from stuifmail.model.health import Trouble
from stuifmail.render.notes import render_note
from stuifmail.render.templates import TemplateFolder

SINCE = datetime(2026, 5, 6, 7, tzinfo=UTC)
FEED = "https://www.lid.example.org/feed"
KINDS = (
    "failing",
    "retired",
    "moved",
    "empty",
    "one_guid",
    "future",
    "undated",
    "quiet",
    "silent",
    "no_source",
)


def write(root, *troubles, language="nl"):
    context = {
        "member": "De Heg",
        "troubles": troubles,
        "organisation": {
            "name": "Coalitie",
            "short_name": "CPP",
            "email": "secretariaat@coalition.example.org",
        },
        "user_agent": "stuifmail (+https://www.coalition.example.org)",
        "submit_url": "https://www.coalition.example.org/kopij",
    }
    return render_note(TemplateFolder(root / "templates", "templates"), "source", language, context)


def trouble(kind, place=FEED):
    return Trouble(kind=kind, place=place, since=SINCE, words="w", remedy="r", moved_to=f"{FEED}/new")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_trouble_has_its_own_words_within_the_width_of_a_mail(root, kind, language):
    subject, text = write(root, trouble(kind), language=language)
    assert "CPP" in subject
    assert text not in {write(root, trouble(other), language=language)[1] for other in KINDS if other != kind}
    assert max(map(len, text.splitlines())) <= 72
    assert "\n\n\n" not in text
    assert "None" not in text


@pytest.mark.parametrize("kind", ["silent", "no_source"])
def test_who_has_no_source_or_news_is_not_told_that_its_news_is_collected(root, kind):
    assert "halen wij automatisch op" not in write(root, trouble(kind))[1]
    assert "automatically" not in write(root, trouble(kind), language="en")[1]


def test_the_address_stands_before_what_is_said_of_it_and_the_new_one_after(root):
    lines = write(root, trouble("moved"))[1].splitlines()
    place = lines.index(f"- {FEED}")
    assert lines[place + 1] == "  Uw server verwijst ons sinds 6 mei 2026 door naar een ander adres:"
    assert lines[place + 2] == f"  {FEED}/new"


def test_two_troubles_are_two_points_and_one_without_a_place_is_a_point_as_well(root):
    text = write(root, trouble("one_guid"), trouble("future", place=""))[1]
    assert text.count("\n- ") == 2
    assert "\n- Hier staat sinds 6 mei 2026 nieuws met een datum in de toekomst." in text
