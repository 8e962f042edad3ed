"""What the public site has for machines once an issue is sent."""

import json
import re

import pytest

from tests.chain import ISSUE, SENDING
from tests.schemas import list_troubles, read_schema

PUBLIC = "https://nieuws.coalition.example.org"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def site(queued):
    assert queued.dispatch().error == ""
    return queued.folder / "outputs" / "site"


def test_each_edition_is_there_as_ninjs_valid_by_the_official_schema(site):
    schema = read_schema("ninjs-schema_3.1.json")
    for language, other in (("nl", "en"), ("en", "nl")):
        piece = json.loads((site / ISSUE / language / "ninjs.json").read_text(encoding="utf-8"))
        assert list_troubles(schema, piece) == []
        assert piece["uri"] == f"{PUBLIC}/{ISSUE}/{language}/"
        assert (piece["type"], piece["version"], piece["pubStatus"]) == ("composite", "1", "usable")
        assert piece["firstCreated"] == SENDING.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert {"translation-" + other} <= {one["name"] for one in piece["associations"]}


def test_the_page_has_its_json_ld_and_the_mail_has_none(site, queued):
    page = (site / ISSUE / "nl" / "index.html").read_text(encoding="utf-8")
    (script,) = SCRIPT.findall(page)
    piece = json.loads(script)
    assert (piece["@type"], piece["inLanguage"]) == ("PublicationIssue", "nl")
    assert page.index("ld+json") < page.index("</head>")
    assert not any("ld+json" in message.get_body(("html",)).get_content() for message in queued.mails())


def test_an_issue_without_an_event_has_no_calendar_file(site):
    assert not list(site.rglob("*.ics"))
