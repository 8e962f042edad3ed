"""Documents of kinds that corpus and samples lack, written so that each field has something in it."""

import csv
import io
import zipfile
from xml.sax.saxutils import escape

_POST = (
    '{"id": 871, "date": "2022-06-22T15:38:51", "date_gmt": "2022-06-22T14:38:51", "lang": "nl",'
    ' "modified_gmt": "2022-06-23T08:00:00", "guid": {"rendered": "https://berm.example.org/?p=871"},'
    ' "link": "https://berm.example.org/en/news/heggen/", "title": {"rendered":'
    ' "Heggen &#8211; &amp; bijen"},'
    ' "content": {"rendered": "<p>Tekst <a href=\\"/x\\" onclick=\\"y()\\">link</a>'
    " naam (at) lid.example.org</p>"
    '<script>z()</script>"}, "excerpt": {"rendered": "<p>Te &hellip;</p>"}, "_embedded": {'
    '"wp:featuredmedia": [{"source_url": "https://berm.example.org/heg.jpg"}],'
    ' "wp:term": [[{"name": "Nieuws"}, {"name": "Q&amp;A"}]]}}'
)
_NEWS = (
    "<title>Zaaien &amp;amp; maaien</title><link>https://lid.example.org/n/{0}</link>"
    "<description>De &lt;b&gt;berm&lt;/b&gt; bloeit op 14 of 15 november.</description>"
)
_AGENDA = (
    ("id", "title", "starts", "ends", "time_zone", "place", "text", "link", "status", "member"),
    ("a-1", "Bermendag", "2026-05-31 14:00", "2026-05-31 17:00", "", "Wilgenrade", "Kom!", "https://a.example.org/1",
     "", "Gemeente Brakelveen"),
    ("a-2", "Maaiweek", "29 mei", "31 mei", "Europe/Amsterdam", "", "", "", "voorlopig", ""),
    ("a-3", "Congres", "14 of 15 november 2026", "", "", "Brakelveen", "", "/congres", "cancelled", ""),
    ("a-4", "Najaarsoverleg", "begin oktober", "uiterlijk 20 oktober", "Europe/London", "", "", "", "", ""),
)  # fmt: skip
_ASKS = (
    ("id", "date", "member", "kind", "title", "question", "asker", "answered", "text", "link", "language",
     "expires", "embargo", "categories", "image"),
    ("s-1", "2026-05-01", "Gemeente Brakelveen", "help_request", "Wie maait?", "Wie heeft een bestek?",
     "secretaris", "nee", "Wij zoeken dit.", "https://b.example.org/v", "nl", "2026-06-05", "", "maaien",
     ""),
    ("s-2", "45000", "Wilgenrade", "lesson_learned", "Niet zo", "", "", "ja", "=1+1", "lid.example.org",
     "en", "5 juni", "2026-05-02", "", "https://b.example.org/p.jpg"),
)  # fmt: skip


def write_documents() -> dict[str, tuple[str, str, bytes]]:
    """Answer by file name the document's kind, what it holds as a sheet, and its bytes."""
    feeds = {
        "posts.json": f"[{_POST}, {_POST.replace('871', '872')}]".encode(),
        "rss090.rdf": _rdf("http://my.netscape.com/rdf/simple/0.9/"),
        "rss10.rdf": _rdf("http://purl.org/rss/1.0/"),
        **{f"rss{version}.xml": _rss(version) for version in ("0.91", "0.92", "2.0")},
        "atom03.xml": _atom("http://purl.org/atom/ns#", "issued", "modified"),
        "atom10.xml": _atom("http://www.w3.org/2005/Atom", "published", "updated"),
        "feed.json": (
            '{"version": "https://jsonfeed.org/version/1.1", "title": "Berm", "language": "nl", "items": [{'
            '"id": 1,'
            f' "url": "/n/1", "title": "Maaien", "content_html": "<p>A</p>", {_JSON_FIELDS}}}, {{"id": "2",'
            f' "content_text": "B <b>", "external_url": "https://x.example.org", {_JSON_FIELDS}}}]}}'
        ).encode(),
    }
    sheets = {"agenda": ("events", _AGENDA), "asks": ("submissions", _ASKS)}
    return {
        **{name: ("feed", "news", content) for name, content in feeds.items()},
        "series.ics": ("calendar", "news", _calendar()),
        **{f"{name}.csv": ("sheet", holds, _csv(rows)) for name, (holds, rows) in sheets.items()},
        **{f"{name}.xlsx": ("sheet", holds, write_workbook(rows)) for name, (holds, rows) in sheets.items()},
    }


_JSON_FIELDS = (
    '"date_published": "2026-05-01T10:00:00+02:00", "date_modified": "2026-05-02T10:00:00Z",'
    ' "image": "/p.jpg", "tags": ["maaien", "bij"], "authors": [{"name": "redactie"}]'
)


def _rdf(namespace: str) -> bytes:
    items = "".join(
        f'<item rdf:about="https://lid.example.org/n/{number}">{_NEWS.format(number)}'
        "<dc:date>2026-05-01T10:00+02:00</dc:date><dc:language>nl</dc:language></item>"
        for number in (1, 2)
    )
    return (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="{namespace}"><channel><title>Lid</title>'
        f"<link>https://lid.example.org/</link></channel>{items}</rdf:RDF>"
    ).encode()


def _rss(version: str) -> bytes:
    items = "".join(
        f"<item>{_NEWS.format(number)}<guid isPermaLink='false'>n-{number}</guid><category>maaien</category>"
        "<pubDate>Fri, 01 May 2026 10:00:00 +0200</pubDate>"
        "<enclosure url='/p.jpg' type='image/jpeg' length='9'/>"
        "<content:encoded><![CDATA[<p style='x'>Mail naam@remove-this.lid.example.org</p>"
        "<img src='/a.jpg' width='1'>]]>"
        "</content:encoded></item>"
        for number in (1, 2)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="{version}" xml:base="https://lid.example.org/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Lid</title><language>nl-NL</language>'
        "<ttl>60</ttl><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
        f"{items}</channel></rss>"
    ).encode()


def _atom(namespace: str, published: str, updated: str) -> bytes:
    entries = "".join(
        f"<entry><id>tag:lid.example.org,2026:{number}</id><title type='html'>Heg &amp;amp; haag</title>"
        f"<link rel='alternate' hreflang='nl' href='/n/{number}'/><link rel='alternate' hreflang='en'"
        f" href='/en/n/{number}'/><{published}>2026-05-01T10:00:00+02:00</{published}>"
        f"<{updated}>2026-05-02T10:00:00Z</{updated}><category term='heg' label='Heggen'/>"
        "<content type='xhtml' xml:base='/n/'><div xmlns='http://www.w3.org/1999/xhtml'>"
        "<p>Een <a href='heg'>heg</a>.</p></div></content></entry>"
        for number in (1, 2)
    )
    return (
        f"<?xml version='1.0'?><feed xmlns='{namespace}' xml:lang='nl'><title>Lid</title>"
        f"<link href='https://lid.example.org/'/>{entries}</feed>"
    ).encode()


def _calendar() -> bytes:
    lines = """BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:Lid
X-WR-TIMEZONE:Europe/Amsterdam
BEGIN:VEVENT
UID:1@lid.example.org
SUMMARY:Overleg
DTSTART;TZID=Europe/Amsterdam:20260105T140000
DTEND;TZID=Europe/Amsterdam:20260105T150000
RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=12
EXDATE;TZID=Europe/Amsterdam:20260202T140000
RDATE;TZID=Europe/Amsterdam:20260210T140000
SEQUENCE:2
LAST-MODIFIED:20260101T000000Z
END:VEVENT
BEGIN:VEVENT
UID:1@lid.example.org
RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Amsterdam:20260504T140000
SUMMARY:Overleg verplaatst
DTSTART;TZID=Europe/Amsterdam:20260505T090000
DURATION:PT1H30M
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:2@lid.example.org
SUMMARY:Maaidag\\, 14 of 15 november
DESCRIPTION:<p>Kom naar de berm</p>
LOCATION:Wilgenrade
URL:https://lid.example.org/maaidag
DTSTART;VALUE=DATE:20261114
STATUS:TENTATIVE
END:VEVENT
BEGIN:VEVENT
SUMMARY:Elke dag
DTSTART;TZID=CET:20260601T140000
RRULE:FREQ=DAILY;UNTIL=20270101
END:VEVENT
END:VCALENDAR
"""
    return lines.replace("\n", "\r\n").encode()


def _csv(rows: tuple[tuple[str, ...], ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def write_workbook(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """Answer an XLSX workbook with these rows; cells of digits are numbers."""
    cells = "".join(f"<row>{''.join(_cell(cell) for cell in row)}</row>" for row in rows)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{_OFFICE}/worksheet" Target="sheet1.xml"/></Relationships>',
        "xl/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for name, part in parts.items():
            book.writestr(zipfile.ZipInfo(name), part)  # without the time of now
    return made.getvalue()


def _cell(text: str) -> str:
    if text.isdecimal():
        return f"<c><v>{text}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'
