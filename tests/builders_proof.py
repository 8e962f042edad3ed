"""A proof of a small issue with everything that a proof page must be able to show."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stuifmail.config.codec import sha256_of
from stuifmail.model.publications import Publication, Rendering
from stuifmail.model.reviews import CheckReport, Finding, PublicationState
from stuifmail.render.mjml import compile_mjml
from stuifmail.render.proof import Origin, Proof, Step
from tests.builders_publication import build_config, build_publication

PICTURE = "https://nieuws.example.org/pictures/hero.png"

_LETTER = """\
<mjml lang="{language}" dir="ltr">
  <mj-head>
    <mj-title>{subject}</mj-title>
    <mj-preview>{preheader}</mj-preview>
    <mj-style>
      @media (prefers-color-scheme: dark) {{
        .ground {{ background-color: #141a16 !important; }}
        .ground div, .ground p {{ color: #e8efe2 !important; }}
      }}
    </mj-style>
  </mj-head>
  <mj-body background-color="#fffdf7" css-class="ground">
    <mj-section><mj-column><mj-image src="{picture}" alt="Een bloeiende berm" /></mj-column></mj-section>
    {blocks}
    <mj-section><mj-column><mj-text color="#33352f">
      <p><a href="@@unsubscribe_url@@" style="color:#1f3a2a">Afmelden</a></p>
    </mj-text></mj-column></mj-section>
  </mj-body>
</mjml>
"""
_BLOCK = """\
<mj-section css-class="block-{id}"><mj-column><mj-text color="#33352f">
  <h2 style="color:#1f3a2a">{title}</h2><p>Veldwerk van een hele zomer, in één blik.</p>
</mj-text></mj-column></mj-section>
"""


def build_rendering(publication: Publication, language: str, **changes: Any) -> Rendering:
    """Answer a plain edition of the publication, with one picture and a mark for each block."""
    subject = publication.subject[language]
    preheader = re.sub(r"\[\[.*?\]\]", "84", publication.preheader[language])
    blocks = "".join(_BLOCK.format(id=b.id, title=f"Blok {b.id}") for b in publication.blocks())
    html = compile_mjml(
        _LETTER.format(
            language=language, subject=subject, preheader=preheader, picture=PICTURE, blocks=blocks
        )
    )
    text = f"{subject}\n\n{preheader}\n\nVeldwerk van een hele zomer.\n\nAfmelden: @@unsubscribe_url@@\n"
    values = {
        "language": language,
        "subject": subject,
        "preheader": preheader,
        "html": html,
        "text": text,
        "pictures": {PICTURE: "templates/newsletters/images/hero-spring.png"},
        "sha256": sha256_of([subject, html, text]),
    }
    return Rendering(**(values | changes))


def build_proof(root: Path, **changes: Any) -> Proof:
    """Answer the proof of the rich May issue.

    Args:
        root: the newsroom's folder with the pictures.
        changes: fields that differ.
    """
    publication = build_publication()
    renderings = tuple(build_rendering(publication, language) for language in publication.languages)
    first, second = list(publication.blocks())[:2]
    findings = (
        Finding(
            code="missing-translation",
            severity="advice",
            place=second.id,
            language="en",
            message="no en title: the en edition shows it with the label [NL]",
            remedy="add title.en and text.en, or leave it so",
        ),
        Finding(
            code="link-not-in-text",
            severity="warning",
            place=first.id,
            language="nl",
            message="https://heerenwoude.example.org/lint is in the HTML but not in the text part",
            remedy="put the link into the text template too",
        ),
        Finding(
            code="contact-unusable",
            severity="warning",
            place="contacts.csv:14",
            message="the address has no @",
            remedy="correct the address in the sheet",
        ),
        Finding(
            code="long-subject",
            severity="advice",
            language="nl",
            message="the subject has 71 characters; phones show about 60",
            remedy="put the news first and shorten the rest",
        ),
    )
    values: dict[str, Any] = {
        "publication": publication,
        "renderings": renderings,
        "report": CheckReport(
            content_sha256="0b5e" * 16,
            audience_sha256="77aa" * 16,
            renderings={r.language: r.sha256 for r in renderings},
            findings=findings,
            readers_count=57,
            suppressed_count=3,
        ),
        "state": PublicationState.PROOFED,
        "revision": 3,
        "author": "Redactie",
        "made_at": datetime(2026, 5, 4, 7, 0, tzinfo=UTC),
        "title": {"nl": "Nieuwsbrief", "en": "Newsletter"},
        "organisation": "Coalitie voor Bestuivers & Partners",
        "sender": {
            "nl": "Coalitie <nieuws@coalitie.example.org>",
            "en": "Coalition <nieuws@coalitie.example.org>",
        },
        "audience": {"nl": "Partners en belangstellenden", "en": "Partners and friends"},
        "member_names": {member.id: member.name for member in build_config().members},
        "origins": (
            Origin(
                block_id=first.id,
                source_id="heerenwoude-nieuws",
                title="Zeven gemeenten, één lint <b>van</b> bloemen",
                url="https://heerenwoude.example.org/lint",
                document_url="https://heerenwoude.example.org/feed.xml",
                fetched_at=datetime(2026, 5, 4, 4, 30, tzinfo=UTC),
                sha256="c0ffee" + "12" * 29,
            ),
        ),
        "steps": (
            Step(label="edit", command=f"stuifmail edit {publication.id} --as redactie"),
            Step(label="approve", command=f"stuifmail approve {publication.id} --as eindredactie"),
        ),
        "root": root,
    }
    return Proof(**(values | changes))
