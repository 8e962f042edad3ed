"""Members are told by name and website, and ids are made that are free."""

import pytest

from stuifmail.config.models import NewsroomConfig
from stuifmail.newsroom.harvests.sources import guess_member, make_id
from tests.builders_harvest import make_config

ROLE = {"kind": "ngo", "tier": "partner", "joined": "2020-01-01"}
MEMBERS = (
    {**ROLE, "id": "berm", "name": "De Bonte Berm", "aliases": ["Bonte Berm, Stg. De"]},
    {**ROLE, "id": "zoem", "name": 'Kennisinstituut "Zoem"', "website": "https://www.zoem.example.org/en/"},
    {**ROLE, "id": "zon", "name": "Zon", "website": "https://samen.example.org"},
    {**ROLE, "id": "maan", "name": "Maan", "website": "https://samen.example.org"},
)


@pytest.fixture(scope="module")
def config() -> NewsroomConfig:
    return make_config(members=list(MEMBERS))


@pytest.mark.parametrize(
    ("title", "address", "member"),
    [
        ("de bonte  berm", "https://x.example.org", "berm"),
        ("Bonte Berm, Stg. De", "https://x.example.org", "berm"),
        ("Nieuws", "https://zoem.example.org/feed", "zoem"),
        ('Kennisinstituut "Zoem": research notes', "https://x.example.org", "zoem"),
        ("Nieuws van De Bonte Berm en Maan", "https://x.example.org", None),
        ("De zon schijnt", "https://x.example.org", None),
        ("Nieuws", "https://samen.example.org/feed", None),
        ("Bermbeheer", "not an address [", None),
        ("", "", None),
    ],
)
def test_a_member_is_told_by_name_alias_or_website_and_never_by_chance(
    config: NewsroomConfig, title: str, address: str, member: str | None
) -> None:
    assert guess_member(config, (title,), address) == member


@pytest.mark.parametrize(
    ("wish", "taken", "made"),
    [
        ("Société des Abeilles", (), "societe-des-abeilles"),
        ("Berm & Brug B.V.", (), "berm-brug-b-v"),
        ("zoem", ("zoem",), "zoem-2"),
        ("zoem", ("zoem", "zoem-2", "zoem-4"), "zoem-3"),
        ("!!!", (), "bron"),
        ("x" * 200, (), "x" * 50),
        ("蜂", ("bron",), "bron-2"),
    ],
)
def test_an_id_is_made_of_any_name_and_is_free(wish: str, taken: tuple[str, ...], made: str) -> None:
    assert make_id(wish, taken) == made
