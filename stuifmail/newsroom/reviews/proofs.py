"""What the proof page shows of a publication, gathered from records and settings."""

from collections.abc import Mapping
from datetime import datetime

from stuifmail.config.models import NewsroomConfig
from stuifmail.model.publications import Publication, Rendering
from stuifmail.model.reviews import CheckReport, Dossier, PublicationState
from stuifmail.newsroom.harvests.provenance import trace_blocks
from stuifmail.newsroom.house import House
from stuifmail.newsroom.outgoing.embargoes import find_versions
from stuifmail.render.proof import Origin, Proof, Sister, Step
from stuifmail.store.database import Connection


def describe_proof(
    house: House,
    connection: Connection,
    dossier: Dossier,
    renderings: Mapping[str, Rendering],
    language: str = "",
) -> Proof:
    """Answer everything that the proof page of a checked publication shows.

    Args:
        language: of the page itself; else the newsroom's first.
    """
    config, publication = house.config, dossier.revision.publication
    page_language = (
        language if language in config.organisation.languages else config.organisation.languages[0]
    )
    roles = {role.id: role.name.get(page_language, role.id) for role in config.review.roles}
    series = config.newsletter(publication.series_id)
    audience = config.audience(publication.audience_id)
    return Proof(
        publication=publication,
        renderings=tuple(renderings[code] for code in publication.languages),
        report=_require_report(dossier),
        state=dossier.state,
        revision=dossier.revision.number,
        author=roles.get(dossier.revision.author, dossier.revision.author),
        made_at=house.clock(),
        due_at=dossier.due_at or publication.send_at,
        sent_at=dossier.sent_at,
        approval=dossier.approval,
        title=dict(series.name) if series else {},
        organisation=config.organisation.name.get(page_language, config.organisation.short_name),
        sender=_senders(config),
        audience=dict(audience.name) if audience else {},
        member_names={member.id: member.name for member in config.members},
        role_names=roles,
        origins=_origins(connection, publication),
        steps=_steps(dossier, config),
        sisters=_sisters(house, connection, publication),
        language=page_language,
        time_zone=config.organisation.time_zone,
        root=house.root,
    )


def _require_report(dossier: Dossier) -> CheckReport:
    if dossier.report is None:
        raise ValueError(f"{dossier.id} has not been checked yet")
    return dossier.report


def _senders(config: NewsroomConfig) -> dict[str, str]:
    address = config.delivery.from_address or config.organisation.email
    names = config.delivery.from_name or config.organisation.name
    return {code: f"{name} <{address}>" for code, name in names.items()}


def _origins(connection: Connection, publication: Publication) -> tuple[Origin, ...]:
    """Where each harvested block came from, as the proof shows it."""
    return tuple(
        Origin(
            block_id=block_id,
            source_id=found["source_id"],
            title=found.get("title", ""),
            url=found.get("link") or "",
            document_url=found.get("url", ""),
            fetched_at=datetime.fromisoformat(found["fetched_at"]),
            sha256=found["sha256"],
        )
        for block_id, found in trace_blocks(connection, publication).items()
    )


def _sisters(house: House, connection: Connection, publication: Publication) -> tuple[Sister, ...]:
    """Answer the other language versions of a release, and whether each has been laid out."""
    if publication.kind != "release" or not publication.facts_id:
        return ()
    proofs = house.outputs / "proofs"
    return tuple(
        Sister(
            publication_id=one.id,
            language=one.revision.publication.languages[0],
            has_proof=(proofs / one.id / "index.html").is_file(),
        )
        for one in find_versions(connection, publication)
        if one.id != publication.id
    )


def _steps(dossier: Dossier, config: NewsroomConfig) -> tuple[Step, ...]:
    """What can be done next, with a role that may do it."""
    last = dossier.revision.author
    approvers = [role.id for role in config.review.roles if "approve" in role.may and role.id != last]
    editors = [role.id for role in config.review.roles if "edit" in role.may]
    senders = [role.id for role in config.review.roles if "send" in role.may]
    commands = []
    match dossier.state:
        case PublicationState.DRAFT | PublicationState.PROOFED:
            commands += [("edit", f"stuifmail edit {dossier.id} --as {role}") for role in editors[:1]]
            if dossier.report is None or not dossier.report.blocking:
                commands += [
                    ("approve", f"stuifmail approve {dossier.id} --as {role}") for role in approvers[:1]
                ]
            commands.append(("proof", f"stuifmail proof {dossier.id}"))
        case PublicationState.APPROVED:
            commands += [("send", f"stuifmail send {dossier.id} --as {role}") for role in senders[:1]]
        case PublicationState.QUEUED:
            commands.append(("dispatch", "stuifmail dispatch"))
        case PublicationState.SENT:
            commands.append(("deliveries", f"stuifmail deliveries {dossier.id}"))
        case PublicationState.HELD:
            for role in [one for one in senders if one in editors][:1]:
                commands.append(("resume", f"stuifmail resume {dossier.id} --as {role}"))
                commands.append(("withdraw", f'stuifmail withdraw {dossier.id} --as {role} --reason "…"'))
    return tuple(Step(label=label, command=command) for label, command in commands)
