"""In what language an item is, and who says so."""

from typing import Any

import pytest

from stuifmail.harvest.cleaning.languages import (
    ItemLanguage,
    detect_language,
    explain_contradictions,
    pick_language,
)
from stuifmail.harvest.identity.normalise import make_items
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.items import Entry, Provenance
from tests.builders_harvest import NOW, make_config

DUTCH = (
    "De gemeente heeft vorig jaar op elf plaatsen bloemen gezaaid. Wij hebben geteld wat er van is"
    " gekomen, en dat is meer dan wij hadden gedacht: op de dijk vlogen weer hommels."
)
ENGLISH = (
    "Last year the council sowed flowers in eleven places. We have counted what has come of it, and"
    " that is more than we had expected: there were bumblebees on the dyke again."
)
OTHERS = {
    "de": "Die Gemeinde hat im letzten Jahr an elf Orten Blumen gesät. Wir haben gezählt, was daraus"
    " geworden ist, und das ist mehr, als wir gedacht hatten: auf dem Deich flogen wieder Hummeln.",
    "fr": "La commune a semé des fleurs dans onze endroits l'année dernière. Nous avons compté ce qui est"
    " sorti, et c'est plus que nous ne pensions : il y avait des bourdons sur la digue.",
    "pl": "Gmina w zeszłym roku zasiała kwiaty w jedenastu miejscach. Policzyliśmy, co z tego wyrosło, i jest"
    " tego więcej, niż się spodziewaliśmy: na grobli znowu latały trzmiele.",
    "hu": "Az önkormányzat tavaly tizenegy helyen vetett virágot. Megszámoltuk, mi lett belőle, és több lett,"
    " mint gondoltuk: a gáton újra repkedtek a poszméhek.",
    "af": "Die munisipaliteit het verlede jaar op elf plekke blomme gesaai. Ons het getel wat daarvan gekom"
    " het, en dit is meer as wat ons gedink het: daar was weer hommels op die dyk.",
}


def pick(entry: Entry, tag: str | None = None, kind: str = "feed", **source: Any) -> ItemLanguage:
    config = make_config([{"id": "a", "file": "a.xml", **source}])
    document = ParsedDocument(kind=kind, language=tag, entries=(entry,))  # type: ignore[arg-type]
    return pick_language(entry, document, config.sources[0], config)


@pytest.mark.parametrize(("code", "text"), [("nl", DUTCH), ("en", ENGLISH), *OTHERS.items()])
def test_a_few_sentences_are_enough_to_recognise_a_language(code: str, text: str) -> None:
    found = detect_language(text)
    assert found is not None
    assert found[0] == code
    assert 0.8 <= found[1] <= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nieuwsbrief mei",
        "Wat kost een akkerrand? Veertien telers leggen hun boekhouding open",
        "한국어로 쓴 글입니다. " * 20,
        "Новости нашей коалиции о цветах и пчёлах. " * 10,
        "https://example.org/het/en/de/van " * 20,
        "1.200 2.400 3.600 " * 50,
    ],
)
def test_short_texts_other_scripts_and_bare_addresses_are_not_judged(text: str) -> None:
    assert detect_language(text) is None


@pytest.mark.parametrize(
    ("entry", "tag", "source", "wanted"),
    [
        (Entry(language="en-gb"), "nl", {}, ("en", "entry")),
        (Entry(), "nl-nl", {}, ("nl", "feed")),
        (Entry(language="nl"), "nl-nl", {}, ("nl", "feed")),
        (Entry(title="Kort"), None, {"language": "fr"}, ("fr", "source")),
        (Entry(text=DUTCH), None, {"language": "fr"}, ("nl", "detected")),
        (Entry(text=ENGLISH), None, {}, ("en", "detected")),
        (Entry(title="Kort"), None, {}, ("nl", "default")),
        (Entry(language="nds"), None, {}, ("nl", "default")),
        (Entry(text=ENGLISH), "de", {"language": "nl", "trust_language": False}, ("nl", "source")),
        (Entry(text=ENGLISH), "de", {"trust_language": False}, ("en", "detected")),
    ],
)
def test_entry_and_feed_come_before_detection_and_that_before_source_and_newsroom(
    entry: Entry, tag: str | None, source: dict[str, Any], wanted: tuple[str, str]
) -> None:
    found = pick(entry, tag, **source)
    assert (found.code, found.origin) == wanted
    assert found.contradicts == ""


@pytest.mark.parametrize("tag", ["en-gb", "de", "fr"])
def test_plain_dutch_in_a_feed_that_says_otherwise_is_dutch(tag: str) -> None:
    found = pick(Entry(title="Elf plekken vol bloemen", text=DUTCH), tag)
    assert found == ItemLanguage(code="nl", origin="detected", contradicts=tag)


def test_what_an_entry_itself_says_is_overruled_likewise() -> None:
    assert pick(Entry(text=DUTCH, language="en"), "nl-nl").contradicts == "en"


@pytest.mark.parametrize(
    ("entry", "tag"),
    [
        (Entry(title="Elf plekken vol bloemen"), "en-gb"),  # too short to be sure
        (Entry(text=OTHERS["af"]), "nl"),  # relatives
        (Entry(text=DUTCH), "ja"),  # a language that we could not recognise
        (Entry(text="Bombus terrestris, Apis mellifera, Osmia bicornis, Andrena flavipes. " * 5), "en"),
    ],
)
def test_where_there_is_doubt_the_feed_is_believed(entry: Entry, tag: str) -> None:
    assert pick(entry, tag) == ItemLanguage(code=tag[:2], origin="feed")


def test_the_language_that_a_person_put_in_a_sheet_is_believed() -> None:
    assert pick(Entry(text=DUTCH, language="en"), kind="sheet") == ItemLanguage(code="en", origin="entry")


def test_the_secretariat_is_told_once_per_feed_that_its_language_is_wrong() -> None:
    config = make_config([{"id": "a", "file": "a.xml"}])
    entries = (Entry(guid="1", text=DUTCH), Entry(guid="2", text=DUTCH), Entry(guid="3", title="Kort"))
    document = ParsedDocument(kind="feed", language="en-gb", entries=entries)
    provenance = Provenance(source_id="a", url="a.xml", fetched_at=NOW, sha256="0" * 64)
    items, problems = make_items(document, config.sources[0], config, provenance)
    assert [(item.language, item.language_origin) for item in items] == [
        ("nl", "detected"),
        ("nl", "detected"),
        ("en", "feed"),
    ]
    (told,) = problems
    assert told.startswith('the feed says "en-gb", but 2 of its 3 texts are Dutch: ask the member to set the')
    assert told.endswith(" or set language: and trust_language: false")


def test_a_feed_that_is_wrong_throughout_is_told_so() -> None:
    (told,) = explain_contradictions([ItemLanguage(code="hu", origin="detected", contradicts="de")] * 2)
    assert told.startswith('the feed says "de", but its texts are in hu: ')
