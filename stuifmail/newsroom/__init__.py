"""Where the stages meet: one short method per use case."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Self

from stuifmail.config.changing import ConfigChange
from stuifmail.config.models import NewsroomConfig
from stuifmail.harvest.discovery.discover import Discovery
from stuifmail.harvest.discovery.judging import Candidate
from stuifmail.model.deliveries import Delivery, DeliveryState
from stuifmail.model.harvests import HarvestReport
from stuifmail.model.health import HealthReport
from stuifmail.model.reviews import Approval, PublicationState
from stuifmail.model.traces import Trace
from stuifmail.newsroom import listing, report
from stuifmail.newsroom.harvests import addresses, harvesting, sources
from stuifmail.newsroom.harvests.events import AmendReport, amend_event, describe_event, list_event_rows
from stuifmail.newsroom.harvests.harvesting import OnSource
from stuifmail.newsroom.harvests.health import examine_health
from stuifmail.newsroom.harvests.items import KillReport, describe_item, kill_item, revive_item
from stuifmail.newsroom.harvests.sources import SourcePlan
from stuifmail.newsroom.harvests.tracing import read_bytes, trace
from stuifmail.newsroom.house import House
from stuifmail.newsroom.issues import drafting, ranking
from stuifmail.newsroom.issues.drafting import DraftReport
from stuifmail.newsroom.listing import Row
from stuifmail.newsroom.mailings.messages import MailingReport, draft_due_mailings, draft_mailing
from stuifmail.newsroom.mailings.timelines import TimelineRow, list_timeline
from stuifmail.newsroom.numbers import own_numbers
from stuifmail.newsroom.our_events.own_events import (
    describe_ledger,
    describe_own_event,
    describe_prospects,
    list_own_rows,
)
from stuifmail.newsroom.outgoing import sending
from stuifmail.newsroom.outgoing.afterwards import Afterwards
from stuifmail.newsroom.outgoing.exporting import Export, export
from stuifmail.newsroom.outgoing.sending import OnCopy, SendReport
from stuifmail.newsroom.people.readers import describe_audience, describe_press_list
from stuifmail.newsroom.press.press_office import PressOffice
from stuifmail.newsroom.reviews import reviewing
from stuifmail.newsroom.reviews.reviewing import ProofReport
from stuifmail.publish.archive import verify_archive
from stuifmail.publish.storage import open_storage
from stuifmail.review.acts import AUTOMATON
from stuifmail.store.locks import hold_lock

__all__ = ["DraftReport", "Newsroom", "ProofReport", "Row", "SendReport"]


class Newsroom(Afterwards, PressOffice):
    """An open newsroom; close it, or use it as a context manager.

    Args:
        house: folder, settings, store and clock.
    """

    def __init__(self, house: House) -> None:
        self._house = house

    @classmethod
    def open(
        cls,
        root: str | Path = ".",
        *,
        environment: Mapping[str, str] | None = None,
        now: datetime | None = None,
    ) -> "Newsroom":
        """Open the newsroom in a folder.

        Args:
            root: the folder that holds sources.yaml.
            environment: where secrets come from, instead of the process's own.
            now: act as if it were this moment.

        Raises:
            NewsroomNotFound: there is no sources.yaml.
            InvalidConfig: sources.yaml cannot be used; all its problems are listed.
            StoreError: the database cannot be opened.
        """
        return cls(House.open(Path(root), environment=environment, now=now))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back the database connections."""
        self._house.store.close()

    @property
    def config(self) -> NewsroomConfig:
        """The settings of sources.yaml."""
        return self._house.config

    @property
    def root(self) -> Path:
        """The newsroom's folder."""
        return self._house.root

    @property
    def outputs(self) -> Path:
        """The folder of everything that is made."""
        return self._house.outputs

    def now(self) -> datetime:
        """Answer the present moment as this newsroom sees it, aware."""
        return self._house.clock()

    @contextmanager
    def only_one(self, work: str) -> Iterator[None]:
        """Hold the newsroom's lock for "harvest", "draft" or "dispatch".

        Raises:
            Busy: another run holds it.
        """
        with hold_lock(self._house.store, work):
            yield

    def harvest(
        self,
        source_ids: Sequence[str] | None = None,
        *,
        on_report: OnSource | None = None,
        ask_all: bool = False,
    ) -> HarvestReport:
        """Ask the sources that are due and store what is new; this holds the lock "harvest", too.

        Args:
            source_ids: only these, and these in any case; else all that are due.
            on_report: called after each source.
            ask_all: ask also those for which it is not time yet, or that are gone for good.
        """
        with self.only_one("harvest"):
            return harvesting.harvest_due(self._house, source_ids, on_report=on_report, ask_all=ask_all)

    def draft(self, newsletter_id: str | None = None, *, only_when_due: bool = False) -> DraftReport:
        """Draft the next issue, unless it has been drafted before, or it is not time yet."""
        return drafting.draft_issue(self._house, newsletter_id, only_when_due=only_when_due)

    def rank(self, newsletter_id: str | None = None) -> Row:
        """Answer what the next issue would be made of now, and why; nothing is stored."""
        return ranking.rank_issue(self._house, newsletter_id)

    def proof(self, publication_id: str, *, role: str = AUTOMATON, language: str = "") -> ProofReport:
        """Check a publication and lay out its proof under outputs/proofs."""
        return reviewing.make_proof(self._house, publication_id, role=role, language=language)

    def open_draft(self, publication_id: str) -> tuple[str, int]:
        """Answer the draft as YAML for an editor, and the revision it is."""
        return reviewing.open_draft(self._house, publication_id)

    def save_draft(
        self,
        publication_id: str,
        text: str,
        *,
        role: str,
        base: int | None = None,
        file: str = "",
        note: str = "",
    ) -> int | None:
        """Store an edited draft as the next revision; None when nothing changed."""
        return reviewing.save_draft(
            self._house, publication_id, text, role=role, base=base, file=file, note=note
        )

    def translate(self, publication_id: str, text: str, *, role: str, file: str) -> int | None:
        """Add translations by block to the newest revision; None when nothing changed."""
        return reviewing.translate(self._house, publication_id, text, role=role, file=file)

    def approve(self, publication_id: str, *, role: str, single_eye_reason: str = "") -> Approval:
        """Record a role's consent to the publication exactly as its proof shows it."""
        return reviewing.approve(self._house, publication_id, role=role, single_eye_reason=single_eye_reason)

    def queue(self, publication_id: str, *, role: str, at: datetime | None = None) -> datetime:
        """Let an approved publication go out at its planned moment, or at another."""
        return reviewing.queue(self._house, publication_id, role=role, at=at)

    def dispatch(
        self, publication_id: str | None = None, *, on_copy: OnCopy | None = None
    ) -> list[SendReport]:
        """Send what is queued and due; go on with what an earlier run left unfinished."""
        return sending.dispatch_due(self._house, publication_id, on_copy=on_copy)

    def settle(self, publication_id: str, address: str, *, role: str, arrived: bool, reason: str) -> Delivery:
        """Let a person decide on a copy that nobody can vouch for, or that was refused."""
        return sending.settle(self._house, publication_id, address, role=role, arrived=arrived, reason=reason)

    def list_timeline(self, about: str | None = None) -> list[TimelineRow]:
        """Answer the messages around one event or moment, or around all, by when they are due."""
        return list_timeline(self._house, about)

    def draft_mailing(self, about: str, kind: str) -> MailingReport:
        """Draft one message around an event, unless it has been drafted before."""
        return draft_mailing(self._house, about, kind)

    def draft_due_mailings(self) -> list[MailingReport]:
        """Draft every message that is due, and one update for each event that changed."""
        return draft_due_mailings(self._house)

    def health(self, member_id: str | None = None) -> HealthReport:
        """Answer what is the matter with which source and member, and notes to the members."""
        return examine_health(self._house, member_id)

    def list_sources(self) -> list[Row]:
        """Answer each source with what the last harvest made of it."""
        return listing.list_source_rows(self._house)

    def describe_source(self, source_id: str) -> Row:
        """Answer one source whole: its settings, last answer, and next check."""
        return sources.describe_source(self._house, source_id)

    def find_sources(self, address: str, *, kind: str = "") -> Discovery:
        """Answer what could become a source at an address, the best first; only of this kind."""
        return sources.find_sources(self._house, address, wanted=sources.read_wanted(kind))

    def plan_sources(
        self, candidates: Sequence[Candidate], *, member: str = "", source_id: str = ""
    ) -> SourcePlan:
        """Answer how these would stand in sources.yaml; nothing is written."""
        return sources.plan_sources(self._house, candidates, member=member, source_id=source_id)

    def plan_move(self, source_id: str, url: str = "") -> ConfigChange:
        """Answer the change that gives a source the address that is named, or that its server says."""
        return sources.plan_move(self._house, source_id, url)

    def plan_import(self, content: bytes, *, file: str) -> SourcePlan:
        """Answer how the feeds of an OPML file would stand in sources.yaml; nothing is written."""
        return sources.plan_import(self._house, content, file=file)

    def export_sources(self) -> tuple[bytes, list[str]]:
        """Answer the sources as OPML, and what was left out."""
        return sources.export_sources(self._house)

    def write_form(self, *, language: str = "", is_workbook: bool = True) -> bytes:
        """Answer an empty sheet of submissions for members; in the newsroom's first language."""
        first = self.config.organisation.languages[0]
        return sources.write_form(
            self._house,
            language=language or (first if first in ("nl", "en") else "en"),
            is_workbook=is_workbook,
        )

    def write_sources(self, change: ConfigChange) -> None:
        """Write a planned change of sources.yaml; this newsroom has the new sources once opened again."""
        sources.write_sources(change)

    def list_items(self, *, since: datetime | None = None, state: str = "") -> list[Row]:
        """Answer the stored items, newest first; only "ok", "removed" or "killed" ones if so wanted."""
        return listing.list_item_rows(self._house, since=since, state=state)

    def describe_item(self, name: str) -> Row:
        """Answer one item whole; the beginning of its id is enough."""
        return describe_item(self._house, name)

    def kill_item(self, name: str, *, role: str, reason: str) -> KillReport:
        """Strike an item out for good, whatever its source makes of it."""
        return kill_item(self._house, name, role=role, reason=reason)

    def revive_item(self, name: str, *, role: str) -> KillReport:
        """Take back that an item was struck out."""
        return revive_item(self._house, name, role=role)

    def list_addresses(self) -> list[Row]:
        """Answer the addresses that members hide from robots, with what was decided about them."""
        return addresses.list_address_rows(self._house)

    def decide_address(self, address: str, *, role: str, is_confirmed: bool) -> list[Row]:
        """Note whether a hidden address may be printed; answer its row."""
        return addresses.decide_address(self._house, address, role=role, is_confirmed=is_confirmed)

    def trace(self, name: str) -> Trace:
        """Answer where an issue's blocks came from, or what became of an item or event."""
        return trace(self._house, name)

    def read_bytes(self, found: Trace, sha256: str) -> bytes:
        """Answer the bytes of one document of a trace; the beginning of its hash is enough."""
        return read_bytes(self._house, found, sha256)

    def list_own_events(self) -> list[Row]:
        """Answer our own events, the earliest first."""
        return list_own_rows(self._house)

    def list_figures(self, event_id: str = "") -> list[Row]:
        """Answer the figures, of one event or all, with growth, origin and editors' numbers."""
        return own_numbers.list_figure_rows(self._house, event_id)

    def override_figure(self, figure_id: str, value: int, *, role: str, reason: str) -> Row:
        """Put an editor's own number in the place of what was counted."""
        return own_numbers.override_figure(self._house, figure_id, value, role=role, reason=reason)

    def end_override(self, figure_id: str, *, role: str) -> Row:
        """Let what was counted count again."""
        return own_numbers.end_override(self._house, figure_id, role=role)

    def describe_ledger(self, *, on: date | None = None, since: date | None = None) -> Row:
        """Answer the membership on a day, and who came and went since another one."""
        return describe_ledger(self._house, on=on, since=since)

    def describe_prospects(self, event_id: str = "") -> Row:
        """Answer who may join, and of each event who was announced and who joined."""
        return describe_prospects(self._house, event_id)

    def list_events(self, *, changed_since: datetime | None = None) -> list[Row]:
        """Answer the stored events by their next date; only those changed since, if so wanted."""
        return list_event_rows(self._house, changed_since=changed_since)

    def describe_event(self, name: str) -> Row:
        """Answer one event whole; the beginning of its id is enough."""
        if self.config.event(name):
            return describe_own_event(self._house, name)
        return describe_event(self._house, name)

    def amend_event(
        self,
        name: str,
        values: Mapping[str, str],
        *,
        role: str,
        reason: str = "",
        undo: Sequence[str] = (),
        take: Sequence[str] = (),
    ) -> AmendReport:
        """Put an editor's own words over what the source says of an event, or take them back."""
        return amend_event(self._house, name, values, role=role, reason=reason, undo=undo, take=take)

    def describe_press_list(self) -> Row:
        """Answer the desks of the press list with what keeps mail away from them, and unusable rows."""
        return describe_press_list(self._house)

    def describe_audience(self, name: str) -> Row:
        """Answer who would get a publication, or an audience's mail, and why others get nothing."""
        return describe_audience(self._house, name)

    def last_month(self) -> str:
        """Answer the month before this one, as reports call it: "2026-04"."""
        return report.name_last_month(self._house)

    def describe_report(self, period: str = "") -> Row:
        """Answer what a year ("2026") or month ("2026-05") came to; empty: the present year."""
        return report.describe_report(report.make_report(self._house, period))

    def write_report(self, period: str = "", *, language: str = "") -> str:
        """Answer the same as Markdown for people, in the newsroom's first language or another."""
        return report.write_report(self._house, report.make_report(self._house, period), language)

    def list_drafts(self, states: Sequence[PublicationState] = ()) -> list[Row]:
        """Answer the publications, newest first."""
        return listing.list_draft_rows(self._house, states)

    def describe_draft(self, publication_id: str) -> Row:
        """Answer one publication whole: content, findings, approval, copies and history."""
        return listing.describe_draft(self._house, publication_id)

    def list_deliveries(self, publication_id: str, states: Sequence[DeliveryState] = ()) -> list[Row]:
        """Answer the copies of a publication by address."""
        return listing.list_delivery_rows(self._house, publication_id, states)

    def export(self, name: str, *, form: str, language: str = "") -> Export:
        """Answer a publication, or one of our own events, in a form for other programs."""
        return export(self._house, name, form=form, language=language)

    def list_archive(self) -> list[Row]:
        """Answer what the archive holds, by id."""
        return listing.list_archive_rows(self._house)

    def verify_archive(self, publication_id: str) -> list[str]:
        """Answer what is wrong with an archived publication; empty when all hashes agree."""
        storage = open_storage(self.config.archive, self.root, self._house.environment)
        return verify_archive(storage, publication_id)
