"""What a proof shows: an issue with its editions, findings and origins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from stuifmail.model.publications import Publication, Rendering
from stuifmail.model.reviews import Approval, CheckReport, PublicationState
from stuifmail.model.texts import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a block came from.

    Args:
        block_id: the block.
        source_id: the source in sources.yaml.
        source_name: how the source is called; its id when empty.
        title: the original's own title.
        url: the original, "" when there is none.
        document_url: the feed, calendar or sheet that it was read from.
        fetched_at: UTC.
        sha256: hash of that document's bytes.
    """

    block_id: str
    source_id: str
    source_name: str = ""
    title: str = ""
    url: str = ""
    document_url: str = ""
    fetched_at: datetime
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that can be done next, and the command that does it.

    Args:
        label: edit, proof, approve, send, dispatch, deliveries, resume or withdraw; or other words
            to show.
        command: to be typed in a terminal.
    """

    label: str
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sister:
    """The same release in another language.

    Args:
        has_proof: its proof lies beside this one.
    """

    publication_id: str
    language: str
    has_proof: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Everything that the proof page shows.

    Args:
        publication: the content, as in the revision that was rendered.
        renderings: editions, in the publication's order.
        report: what the checks found.
        state: where the publication is.
        revision: number of the revision.
        author: who saved it, by name.
        made_at: when the proof was made, aware.
        due_at: when it will be sent, aware; the publication's planned moment when None.
        sent_at: when it was sent, aware.
        approval: the standing approval; its role is shown by `roles`.
        title: what the series is called, by language ("Nieuwsbrief").
        organisation: who sends.
        sender: name and address in From, by language.
        audience: the audience's name, by language.
        member_names: name of each member by id.
        role_names: name of each role by id, in the page's language.
        origins: where blocks came from.
        steps: what can be done next.
        sisters: the same release in other languages.
        language: of the page itself.
        time_zone: IANA zone in which the page's times are shown.
        root: the newsroom's folder, which the pictures' paths are relative to.
    """

    publication: Publication
    renderings: tuple[Rendering, ...]
    report: CheckReport
    state: PublicationState
    revision: int
    author: str
    made_at: datetime
    due_at: datetime | None = None
    sent_at: datetime | None = None
    approval: Approval | None = None
    title: LocalText
    organisation: str
    sender: LocalText = field(default_factory=dict)
    audience: LocalText = field(default_factory=dict)
    member_names: Mapping[str, str] = field(default_factory=dict)
    role_names: Mapping[str, str] = field(default_factory=dict)
    origins: tuple[Origin, ...] = ()
    steps: tuple[Step, ...] = ()
    sisters: tuple[Sister, ...] = ()
    language: str = "nl"
    time_zone: str = "Europe/Amsterdam"
    root: Path
