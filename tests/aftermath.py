"""A small newsroom with a press release, for tests of what happens around and after sending."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from stuifmail.model.figures import Figure
from stuifmail.model.publications import (
    Embargo,
    FiguresBlock,
    NoticeBlock,
    Publication,
    ReleaseHead,
    Section,
    TextBlock,
)
from stuifmail.model.reviews import Approval, Dossier
from stuifmail.newsroom import Newsroom, SendReport
from stuifmail.newsroom.outgoing.embargoes import set_embargo
from stuifmail.newsroom.reviews.examining import examine
from stuifmail.review import acts
from stuifmail.review.approval import hash_findings
from stuifmail.store import publications as publication_table
from tests.builders import minimal_sources_yaml

ROOT = Path(__file__).resolve().parent.parent
EDITOR, CHIEF = "eindredactie", "hoofdredactie"
#: When the release goes to trusted desks, and when its embargo ends.
SENDING = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)
UNTIL = datetime(2026, 6, 10, 0, 1, tzinfo=ZoneInfo("Europe/Amsterdam"))
END = UNTIL + timedelta(minutes=2)

TRUSTED = {"natuur@dagblad.example.org", "redactie@persbureau.example.org"}
OTHERS = {"nieuws@omroep.example.org", "redactie@vakblad.example.org"}
_DESKS = """\
id,email,outlet,desk,country,language,kind,trusted,basis
p-1,natuur@dagblad.example.org,Dagblad,natuurredactie,NL,nl,daily,yes,colofon
p-2,redactie@persbureau.example.org,Persbureau,redactie,NL,nl,agency,yes,colofon
p-3,nieuws@omroep.example.org,Omroep,nieuwsdienst,NL,nl,broadcast,no,colofon
p-4,redactie@vakblad.example.org,Vakblad,redactie,NL,nl,trade,,colofon
"""
_CONTACTS = """\
id,email,language,consent,lists
c-1,een@lid.example.org,nl,confirmed,
c-2,twee@lid.example.org,nl,confirmed,
c-3,drie@lid.example.org,en,confirmed,
"""
_SETTINGS = (
    (
        "      may: [edit, approve, send]\n",
        """\
      may: [edit]
    - id: hoofdredactie
      name: {nl: Hoofdredactie, en: Editor in chief}
      email: chef@coalition.example.org
      may: [edit, approve, send]
""",
    ),
    (
        "newsletters:\n",
        """\
  - id: pers
    name: {nl: Pers, en: Press}
    of: press
    purpose: service
    languages: [nl]
    why: {nl: Uw redactie staat op onze perslijst., en: Your desk is on our press list.}
press:
  list: {file: press.csv}
  contact: pers@coalition.example.org
  boilerplate: {version: "1", text: {nl: Wij zijn een coalitie., en: We are a coalition.}}
  place: {nl: Utrecht, en: Utrecht}
  audiences: {nl: pers, en: pers}
newsletters:
""",
    ),
    (
        "members:\n",
        """\
events:
  - id: nairobi
    title: {nl: Ondertekening, en: Signing}
    kind: signing
    starts: 2026-06-09 10:00
    ends: 2026-06-09 12:00
    time_zone: Africa/Nairobi
members:
""",
    ),
)


@dataclass
class Aftermath:
    """A newsroom whose people work at moments that a test names."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def at(self, now: datetime, work: Callable[[Newsroom], Any]) -> Any:
        """Do something at a moment; the newsroom is opened anew each time."""
        with Newsroom.open(self.folder, environment=self.environment, now=now) as newsroom:
            return work(newsroom)

    def draft(self, *publications: Publication, now: datetime = SENDING) -> None:
        """Store drafts, with their embargo where they have one."""

        def work(newsroom: Newsroom) -> None:
            house = newsroom._house
            with house.store.begin() as connection:
                for publication in publications:
                    acts.record_draft(connection, publication, at=now)
                if publications[0].embargo:
                    set_embargo(house, connection, publications, role=acts.AUTOMATON)

        self.at(now, work)

    def edit(self, publication: Publication, *, now: datetime = SENDING) -> None:
        """Store another content of it as its next revision."""

        def work(newsroom: Newsroom) -> None:
            with newsroom._house.store.begin() as connection:
                dossier = publication_table.get_dossier(connection, publication.id)
                base = dossier.revision.number
                acts.record_edit(connection, dossier, publication, base=base, role=EDITOR, note="", at=now)

        self.at(now, work)

    def approve(self, publication_id: str, *, now: datetime = SENDING) -> None:
        """Approve just as it stands, also what the sample would have to say more of."""

        def work(newsroom: Newsroom) -> None:
            house = newsroom._house
            with house.store.begin() as connection:
                dossier = publication_table.get_dossier(connection, publication_id)
                examined = examine(house, connection, dossier)
                acts.record_proof(connection, dossier, examined.report, role=EDITOR, at=now)
                approval = Approval(
                    publication_id=publication_id,
                    revision=dossier.revision.number,
                    role=CHIEF,
                    approved_at=now,
                    content_sha256=examined.report.content_sha256,
                    audience_sha256=examined.report.audience_sha256,
                    findings_sha256=hash_findings(examined.report),
                )
                proofed = publication_table.get_dossier(connection, publication_id)
                acts.record_approval(connection, proofed, approval, examined.readers)

        self.at(now, work)

    def queue(self, publication_id: str, *, now: datetime = SENDING) -> None:
        """Approve it and let it go out at once."""
        self.approve(publication_id, now=now)
        self.at(now, lambda newsroom: newsroom.queue(publication_id, role=CHIEF, at=now))

    def dispatch(self, now: datetime = SENDING, publication_id: str | None = None) -> list[SendReport]:
        """Send what is due."""
        reports: list[SendReport] = self.at(now, lambda newsroom: newsroom.dispatch(publication_id))
        return reports

    def send(self, publication: Publication, *, now: datetime = SENDING) -> list[SendReport]:
        """Draft, approve, queue and dispatch."""
        self.draft(publication, now=now)
        self.queue(publication.id, now=now)
        return self.dispatch(now, publication.id)

    def dossier(self, publication_id: str) -> Dossier:
        """Where it stands."""

        def work(newsroom: Newsroom) -> Dossier:
            with newsroom._house.store.begin() as connection:
                return publication_table.get_dossier(connection, publication_id)

        found: Dossier = self.at(SENDING, work)
        return found

    def codes(self, publication_id: str, *, now: datetime = SENDING) -> set[str]:
        """The codes of the findings on it."""
        report = self.at(now, lambda newsroom: newsroom.proof(publication_id)).report
        return {finding.code for finding in report.findings}

    def copies(self, publication_id: str) -> dict[str, str]:
        """The state of each address's copy."""
        rows = self.at(SENDING, lambda newsroom: newsroom.list_deliveries(publication_id))
        return {row["address"]: row["state"] for row in rows}

    def got(self, publication_id: str) -> set[str]:
        """Who has it."""
        return {address for address, state in self.copies(publication_id).items() if state == "accepted"}

    def page(self, publication_id: str, language: str = "nl") -> str:
        """Its web page, "" while there is none."""
        path = self.folder / "outputs/site" / publication_id / language / "index.html"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def verbs(self, publication_id: str) -> list[str]:
        """What happened to it."""
        shown = self.at(SENDING, lambda newsroom: newsroom.describe_draft(publication_id))
        return [act["verb"] for act in shown["history"]]


def make_aftermath(folder: Path, *, database: str = "") -> Aftermath:
    """Make the newsroom in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "templates", folder / "templates")
    (folder / "press.csv").write_text(_DESKS, encoding="utf-8")
    (folder / "contacts.csv").write_text(_CONTACTS, encoding="utf-8")
    (folder / "sources.yaml").write_text(minimal_sources_yaml(*_SETTINGS), encoding="utf-8")
    return Aftermath(folder, {"STUIFMAIL_DATABASE_URL": database} if database else {})


def make_release(**changes: Any) -> Publication:
    """A Dutch release under embargo until shortly after midnight."""
    release = Publication(
        id="nairobi-pers-1-nl",
        kind="release",
        series_id="press",
        number=0,
        period_starts_at=SENDING - timedelta(days=30),
        period_ends_at=SENDING,
        send_at=SENDING,
        audience_id="pers",
        languages=("nl",),
        subject={"nl": "Drie landen sluiten zich aan bij de coalitie"},
        preheader={"nl": "Zij ondertekenden de verklaring in Nairobi en beloven nieuw beleid"},
        sections=(
            Section(
                id="text",
                kind="text",
                blocks=(TextBlock(id="lead", role="lead", text={"nl": "Drie landen tekenden vandaag."}),),
            ),
        ),
        facts_id="nairobi-pers-1",
        event_id="nairobi",
        head=ReleaseHead(form="nl", stage="results", place={"nl": "Nairobi"}, dated_on=SENDING.date()),
        embargo=Embargo(
            until=UNTIL, time_zone="Europe/Amsterdam", reason={"nl": "De ondertekening is op 10 juni."}
        ),
    )
    return replace(release, **changes)


def make_letter(**changes: Any) -> Publication:
    """A small newsletter in Dutch and English that has one figure."""
    letter = Publication(
        id="nieuwsbrief-2026-06",
        series_id="nieuwsbrief",
        number=48,
        period_starts_at=SENDING - timedelta(days=30),
        period_ends_at=SENDING,
        send_at=SENDING,
        audience_id="partners",
        languages=("nl", "en"),
        subject={"nl": "Drie nieuwe leden", "en": "Three new members"},
        preheader={
            "nl": "En hoe het in Nairobi ging, in drie cijfers",
            "en": "And how Nairobi went",
        },
        sections=(
            Section(
                id="members",
                kind="stories",
                heading={"nl": "Leden", "en": "Members"},
                blocks=(
                    NoticeBlock(
                        id="welkom",
                        title={"nl": "Welkom", "en": "Welcome"},
                        text={"nl": "Er kwamen leden bij.", "en": "Members joined."},
                    ),
                ),
            ),
        ),
    )
    return replace(letter, **changes)


def make_figure(figure_id: str = "nairobi.participants", value: int = 85) -> Figure:
    """A figure as a publication froze it."""
    return Figure(
        id=figure_id,
        value=value,
        unit={"nl": "deelnemers", "en": "participants"},
        definition="participants/1",
        source_id="berm-news",
        source_sha256="1" * 64,
        computed_at=SENDING,
    )


def with_figure(publication: Publication, figure: Figure) -> Publication:
    """The publication, showing a figure too."""
    block = FiguresBlock(id="cijfers", title={"nl": "In cijfers", "en": "In figures"}, figures=(figure.id,))
    section = replace(publication.sections[0], blocks=(*publication.sections[0].blocks, block))
    return replace(publication, sections=(section,), figures=(figure,))
