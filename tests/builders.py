"""Small newsrooms for tests: valid as they stand, changed by replacing one text by another."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

DATA = Path(__file__).parent / "data"

MINIMAL = """\
organisation:
  id: coalition
  name: {nl: Coalitie, en: Coalition}
  short_name: CPP
  email: nieuws@coalition.example.org
  website: https://coalition.example.org
  postal_address: [Voorbeeldlaan 18b, 3500 AA Utrecht]
  languages: [nl, en]
  country: NL
review:
  roles:
    - id: eindredactie
      name: {nl: Eindredactie, en: Editor}
      email: eindredactie@coalition.example.org
      may: [edit, approve, send]
vocabularies:
  member_kinds:
    - {id: ngo, name: {nl: Organisatie, en: NGO}}
  tiers:
    - {id: partner, name: {nl: Partner, en: Partner}}
members:
  - {id: berm, name: De Bonte Berm, kind: ngo, tier: partner, joined: 2020-01-01}
sources:
  - {id: berm-news, member: berm, kind: feed, file: samples/berm.xml}
contacts:
  file: contacts.csv
audiences:
  - id: partners
    name: {nl: Partners, en: Partners}
    why: {nl: U bent partner., en: You are a partner.}
newsletters:
  - id: nieuwsbrief
    name: {nl: Nieuwsbrief, en: Newsletter}
    audience: partners
    schedule: {rrule: FREQ=MONTHLY;BYDAY=1TU}
    first_issue: 2026-05
    sections:
      - {id: members, kind: stories, heading: {nl: Leden, en: Members}}
delivery:
  list_id: nieuwsbrief.coalition.example.org
  public_url: https://news.coalition.example.org
  unsubscribe_url: https://news.coalition.example.org/unsubscribe
"""


def minimal_sources_yaml(*changes: tuple[str, str]) -> str:
    """Answer a valid sources.yaml, with texts replaced.

    Args:
        changes: pairs of what stands in `MINIMAL` and what stands there instead.

    Raises:
        ValueError: a text to replace is not there, so that the test would test nothing.
    """
    text = MINIMAL
    for old, new in changes:
        if old not in text:
            raise ValueError(f"not in the minimal newsroom: {old!r}")
        text = text.replace(old, new, 1)
    return text


def make_newsroom(folder: Path, *changes: tuple[str, str]) -> Path:
    """Make the minimal newsroom in a folder, with its contacts and templates; answer the folder."""
    templates = folder / "templates" / "newsletters"
    templates.mkdir(parents=True)
    (templates / "newsletter.mjml").write_text("<mjml></mjml>")
    (templates / "newsletter.txt").write_text("")
    (folder / "contacts.csv").write_text("id,email,consent\nc-1,rol@lid.example.org,confirmed\n")
    (folder / "sources.yaml").write_text(minimal_sources_yaml(*changes), encoding="utf-8")
    return folder


def place_of(text: str, new: str, at: str) -> str:
    """Answer `line:column` of `at` within `new` within `text`; of the start for an empty `at`."""
    before = text[: text.index(new) + new.index(at)] if at else ""
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def read_cases(name: str) -> list[dict[str, Any]]:
    """Answer the cases of a YAML file in tests/data."""
    cases: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(DATA / name)
    return cases
