"""News that stood in an issue is not brought again because another member posts it a month later."""

import json

import pytest

from tests.integration.chain.test_drafting import Office, at

TEXT = (
    "Voor het eerst in zeventien jaar is de heivlinder gezien op het Kraaienzand. Vrijwilligers vonden drie "
    "rupsen op buntgras, aan de rand van het stuifzand dat in 2021 is opengemaakt. De werkgroep telt."
)
SECOND_MEMBER = (
    (
        "joined: 2020-01-01}\n",
        "joined: 2020-01-01}\n  - {id: heg, name: De Heg, kind: ngo, tier: partner, joined: 2020-01-01}\n",
    ),
    ("sources:\n", "sources:\n  - {id: heg-news, member: heg, kind: feed, file: samples/heg.json}\n"),
)


def write_feed(folder, file, *entries):
    items = [
        {
            "id": title,
            "title": title,
            "date_published": f"{at(day):%Y-%m-%dT%H:%M:%SZ}",
            "content_text": text,
            "url": f"https://{file}.example.org/{title.replace(' ', '-')}",
        }
        for day, title, text in entries
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": file, "items": items}
    (folder / "samples").mkdir(exist_ok=True)
    (folder / f"samples/{file}.json").write_text(json.dumps(feed))


@pytest.fixture
def letter(tmp_path, root):
    return Office(tmp_path / "office", root, ("first_issue: 2026-05", "first_issue: 2026-03"), *SECOND_MEMBER)


def test_a_repost_of_what_was_sent_is_left_out_with_the_member_who_had_it(letter):
    write_feed(letter.folder, "berm", ("2026-04-20", "Heivlinder terug op het zand", TEXT))
    write_feed(letter.folder, "heg")
    letter.draft("2026-04-29")
    letter.send("nieuwsbrief-2026-05", "2026-04-30")
    other = (
        "2026-05-21",
        "Nieuwe zitbank geplaatst",
        "Bij de poel staat sinds vandaag een bank van eikenhout.",
    )
    write_feed(letter.folder, "heg", ("2026-05-20", "Bijzondere vlinder gezien", TEXT), other)
    report = letter.draft("2026-05-27")
    assert letter.titles("nieuwsbrief-2026-06") == ["Nieuwe zitbank geplaatst"]
    assert (
        "Bijzondere vlinder gezien",
        "stond al in een eerdere uitgave bij De Bonte Berm",
    ) in report.left_out
