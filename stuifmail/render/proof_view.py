"""What the proof page's template sees: words and plain values, in the page's language. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from stuifmail.model.blocks import (
    FIGURE_MARK,
    ChangeLine,
    ChangesBlock,
    ChartBlock,
    figure_ids_of,
    texts_of,
    title_of,
)
from stuifmail.model.hedges import hedge
from stuifmail.model.publications import (
    UNSUBSCRIBE_MARK,
    Block,
    EventBlock,
    FiguresBlock,
    NoticeBlock,
    Rendering,
    Section,
    StoryBlock,
)
from stuifmail.model.reviews import Finding, PublicationState, Severity
from stuifmail.model.texts import pick_text
from stuifmail.render.filters import clock, long_date, month_year, number, short_date
from stuifmail.render.proof_about import describe_publication
from stuifmail.render.proof_copies import has_block
from stuifmail.render.proof_values import Origin, Proof, Sister

_SEVERITIES: tuple[Severity, ...] = ("blocking", "warning", "advice")
_WAY = (
    PublicationState.DRAFT,
    PublicationState.PROOFED,
    PublicationState.APPROVED,
    PublicationState.QUEUED,
    PublicationState.SENT,
)

#: Findings about who gets the letter; they are shown with the readers, not with an edition.
_READER_CODES = frozenset({"contact-unusable", "no-readers"})
_MOST_READER_FINDINGS = 2

Labels = Mapping[str, Any]
View = dict[str, Any]


def view_proof(proof: Proof, labels: Labels) -> View:
    """Answer everything the page shows.

    Args:
        proof: what was rendered and found.
        labels: words of the page's language.
    """
    language = proof.language
    publication = proof.publication
    due = proof.due_at or publication.send_at
    return {
        "language": language,
        "labels": labels,
        "organisation": proof.organisation,
        "id": publication.id,
        **_name(proof, labels),
        "about": describe_publication(proof, labels),
        "sisters": [_sister(one, labels) for one in proof.sisters],
        "revision": labels["revision"].format(number=proof.revision, author=proof.author),
        "made_by": labels["made_by"].format(number=proof.revision),
        "made": labels["made"].format(when=_moment(proof.made_at, proof, labels)),
        "sending": labels["sent"].format(when=_moment(proof.sent_at, proof, labels))
        if proof.sent_at
        else labels["sending"].format(when=_moment(due, proof, labels)),
        "states": _states(proof.state, labels),
        "next": _next(proof, labels),
        "readers": _readers(proof, labels),
        "counts": _counts(proof.report.findings, labels),
        **_reader_findings(proof, labels),
        "editions": [_edition(proof, rendering, labels) for rendering in proof.renderings],
        "content_hash": labels["content_hash"].format(hash=proof.report.content_sha256[:12]),
    }


def _name(proof: Proof, labels: Labels) -> View:
    """Answer what the publication is called, and what stands above that."""
    publication, language = proof.publication, proof.language
    if publication.kind == "newsletter":
        name = pick_text(proof.title, language)
        title = labels["title"].format(name=name, number=publication.number)
        return {"title": title, "month": month_year(publication.send_at, language)}
    return {
        "title": proof.renderings[0].subject,
        "month": labels["publication_kinds"][publication.kind],
    }


def _sister(sister: Sister, labels: Labels) -> View:
    """Answer what the other version is called, and where its proof lies; "" for no proof yet."""
    name = labels["languages"].get(sister.language, sister.language)
    return {
        "label": labels["about"]["sister"].format(language=name),
        "id": sister.publication_id,
        "href": f"../{sister.publication_id}/index.html" if sister.has_proof else "",
    }


def _moment(moment: datetime, proof: Proof, labels: Labels) -> str:
    """Answer "maandag 4 mei 2026, 9.00 uur" in the newsroom's time zone."""
    local = moment.astimezone(ZoneInfo(proof.time_zone))
    return str(
        labels["moment"].format(day=long_date(local, proof.language), clock=clock(local, proof.language))
    )


def _plural(forms: Mapping[str, str], count: int, language: str) -> str:
    return forms["one" if count == 1 else "many"].format(count=number(count, language))


def _states(state: PublicationState, labels: Labels) -> list[View]:
    """Answer the steps of the way out; what is held or killed stands at the end, off the way."""
    way = _WAY if state in _WAY else (*_WAY[:3], state)
    reached = way.index(state)
    return [
        {"name": labels["states"][one.value], "is_done": place < reached, "is_current": place == reached}
        for place, one in enumerate(way)
    ]


def _next(proof: Proof, labels: Labels) -> View:
    is_open = proof.state in (PublicationState.DRAFT, PublicationState.PROOFED)
    is_blocked = is_open and bool(proof.report.blocking)
    approval = proof.approval
    notes = []
    if approval is not None:
        role = proof.role_names.get(approval.role, approval.role)
        notes.append(
            labels["approved_by"].format(role=role, when=_moment(approval.approved_at, proof, labels))
        )
        if approval.single_eye_reason:
            notes.append(labels["single_eye"].format(reason=approval.single_eye_reason))
    return {
        "is_blocked": is_blocked,
        "is_open": is_open,
        "message": labels["next_blocked" if is_blocked else f"next_{proof.state.value}"],
        "notes": notes,
        "steps": [
            {"label": labels["steps"].get(step.label, step.label), "command": step.command}
            for step in proof.steps
        ],
    }


def _readers(proof: Proof, labels: Labels) -> View:
    report, language = proof.report, proof.language
    get = _plural(labels["readers_get"], report.readers_count, language)
    return {
        "audience": pick_text(proof.audience, language),
        "count": get if report.readers_count else labels["nobody"],
        "suppressed": _plural(labels["readers_suppressed"], report.suppressed_count, language)
        if report.suppressed_count
        else "",
    }


def _counts(findings: Iterable[Finding], labels: Labels) -> list[View]:
    counted = Counter(finding.severity for finding in findings)
    return [
        {"severity": severity, "words": _plural(labels["counts"][severity], counted[severity], "en")}
        for severity in _SEVERITIES
        if counted[severity]
    ]


def _findings(findings: Iterable[Finding], labels: Labels) -> list[View]:
    """Answer findings for showing, the gravest first."""
    ordered = sorted(findings, key=lambda finding: _SEVERITIES.index(finding.severity))
    return [
        {
            "code": finding.code,
            "severity": finding.severity,
            "severity_words": labels["severities"][finding.severity],
            "title": labels["codes"].get(finding.code, ""),
            "message": finding.message,
            "remedy": labels["remedies"].get(finding.code, finding.remedy),
            "place": finding.place,
        }
        for finding in ordered
    ]


def _reader_findings(proof: Proof, labels: Labels) -> View:
    """Answer the findings on readers; many are folded, so that the letter stays in sight."""
    mine = [f for f in proof.report.findings if f.code in _READER_CODES]
    open_ones = [f for f in mine if f.severity == "blocking" or len(mine) <= _MOST_READER_FINDINGS]
    folded = [f for f in mine if f not in open_ones]
    return {
        "findings": _findings(open_ones, labels),
        "folded": _findings(folded, labels),
        "folded_words": _plural(labels["reader_findings"], len(folded), proof.language),
    }


def _edition(proof: Proof, rendering: Rendering, labels: Labels) -> View:
    language = rendering.language
    mine = [f for f in proof.report.findings if f.language in ("", language) and f.code not in _READER_CODES]
    blocks = {block.id for block in proof.publication.blocks()}
    whole = [f for f in mine if f.place not in blocks]
    size = number(round(len(rendering.html.encode()) / 1000), proof.language)
    words = number(len(rendering.text.split()), proof.language)
    return {
        "language": language,
        "name": labels["languages"].get(language, language.upper()),
        "subject": rendering.subject,
        "subject_length": labels["characters"].format(count=len(rendering.subject)),
        "preheader": rendering.preheader,
        "preheader_length": labels["characters"].format(count=len(rendering.preheader)),
        "sender": pick_text(proof.sender, language) or proof.organisation,
        "size": labels["size"].format(size=size, words=words),
        "text": rendering.text.replace(UNSUBSCRIBE_MARK, labels["own_link"]),
        "counts": _counts(mine, labels),
        "findings": _findings(whole, labels),
        "sections": [
            _section(section, proof, rendering, mine, labels) for section in proof.publication.sections
        ],
        "hash": rendering.sha256[:12],
    }


def _section(
    section: Section, proof: Proof, rendering: Rendering, findings: list[Finding], labels: Labels
) -> View:
    heading = pick_text(section.heading, rendering.language) or labels["section_kinds"][section.kind]
    blocks = [
        _block(block, proof, rendering, [f for f in findings if f.place == block.id], labels)
        for block in section.blocks
    ]
    return {"id": section.id, "heading": heading, "blocks": blocks}


def _block(block: Block, proof: Proof, rendering: Rendering, findings: list[Finding], labels: Labels) -> View:
    language = rendering.language
    origin = next((one for one in proof.origins if one.block_id == block.id), None)
    members: tuple[str, ...] = getattr(block, "members", ())
    kicker = [labels["kinds"][block.kind], *(proof.member_names.get(one, one) for one in members)]
    if isinstance(block, EventBlock):
        kicker.append(_day(block, proof.language, labels))
    title = title_of(block)
    is_foreign = bool(title) and language not in title
    shown = next(iter(title), language) if is_foreign else language
    return {
        "id": block.id,
        "is_in_letter": has_block(rendering.html, block.id),
        "kicker": kicker,
        "title": pick_text(title, language),
        "title_language": shown,
        "label": shown.upper() if is_foreign else "",
        "text": _with_figures(_text(block, language), proof),
        "why": block.why,
        "reasons": _reasons(block, proof.language, labels),
        "findings": _findings(findings, labels),
        "origin": _origin(origin, proof, labels) if origin else None,
        "figures": _figures(block, proof, labels),
    }


def _reasons(block: Block, language: str, labels: Labels) -> list[View]:
    """Answer the points of each reason, and of all together; none for what nobody weighed."""
    reasons = block.reasons if isinstance(block, StoryBlock | NoticeBlock) else ()
    total = round(sum(reason.points for reason in reasons), 2)
    rows = [(reason.points, reason.words) for reason in reasons] + [(total, labels["points_total"])]
    return [{"points": f"{number(points, language)}", "words": words} for points, words in rows if reasons]


def _text(block: Block, language: str) -> str:
    if isinstance(block, StoryBlock | NoticeBlock | FiguresBlock):
        return pick_text(block.text, language)
    if isinstance(block, EventBlock):
        return " · ".join(part for part in (block.place, pick_text(block.note, language)) if part)
    if isinstance(block, ChangesBlock):
        return " · ".join(_change(line, language) for line in block.lines)
    return " · ".join(pick_text(text, language) for name, text in texts_of(block) if name != "title")


def _change(line: ChangeLine, language: str) -> str:
    label, before, after = (pick_text(text, language) for text in (line.label, line.before, line.after))
    return f"{label}: {before} → {after}" if before else f"{label}: {after}"


def _day(block: EventBlock, language: str, labels: Labels) -> str:
    """Answer "8 juni, 14.00 uur" in the event's own zone, "8 juni" for a whole day, or what a source says."""
    if block.span is not None and block.span.text:
        return block.span.text
    if not isinstance(block.starts_at, datetime):
        return short_date(block.starts_at, language)
    local = block.starts_at.astimezone(ZoneInfo(block.time_zone))
    return str(labels["moment"].format(day=short_date(local, language), clock=clock(local, language)))


def _with_figures(text: str, proof: Proof) -> str:
    """Answer the text with the value of each figure that it names, hedged where the text wants that."""
    values = {figure.id: figure.value for figure in proof.publication.figures}

    def value_of(match: re.Match[str]) -> str:
        value = values.get(match[1].strip())
        if value is None:
            return match[0]
        return hedge(value, proof.language) if match[2] == "about" else number(value, proof.language)

    return FIGURE_MARK.sub(value_of, text)


def _origin(origin: Origin, proof: Proof, labels: Labels) -> View:
    return {
        "source": origin.source_name or origin.source_id,
        "source_id": origin.source_id,
        "title": origin.title,
        "url": origin.url if origin.url.startswith(("http://", "https://")) else "",
        "document_url": origin.document_url,
        "fetched": _moment(origin.fetched_at, proof, labels),
        "hash": origin.sha256[:12],
        "sha256": origin.sha256,
    }


def _figures(block: Block, proof: Proof, labels: Labels) -> list[str]:
    """Answer each figure and breakdown of a block with the sheet it was counted from."""
    counted = [
        labels["breakdown_from"].format(
            title=pick_text(breakdown.title, proof.language), source=breakdown.source_id
        )
        for breakdown in proof.publication.breakdowns
        if isinstance(block, ChartBlock) and breakdown.id == block.breakdown
    ]
    return counted + [
        labels["figure_from"].format(
            value=number(figure.value, proof.language),
            unit=pick_text(figure.unit, proof.language),
            source=figure.source_id,
        )
        for name in dict.fromkeys(figure_ids_of(block))
        for figure in proof.publication.figures
        if figure.id == name
    ]
