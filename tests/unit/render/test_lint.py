"""The lint refuses what MJML's renderer passes in silence, and says which line to mend."""

import pytest

from stuifmail.errors import InvalidTemplate
from stuifmail.render.lint import fits, lint_mjml
from stuifmail.render.mjml import compile_mjml
from stuifmail.render.templates import annotate

GOOD = """\
<mjml lang="nl" dir="ltr">
  <mj-head>
    <mj-title>Mei</mj-title>
    <mj-attributes><mj-all font-family="Georgia" /><mj-class name="quiet" color="#5f6157" /></mj-attributes>
    <mj-style inline="inline">.copy p { margin: 0 } .copy div &gt; p { color: #33352f }</mj-style>
  </mj-head>
  <mj-body background-color="#efe9d9">
    <mj-section padding="0 20px">
      <mj-column width="50%">
        <mj-text css-class="copy" mj-class="quiet"><p>Hé &amp; ho<br>einde</p></mj-text>
        <mj-image src="https://example.org/a.png" alt="" width="100px" />
        <mj-button href="https://example.org/">Lees</mj-button>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
"""

# what to change, into what, the line that is named, words of the message, words of the remedy
BROKEN = {
    "unknown tag": ("mj-text", "mj-txt", 10, "no tag <mj-txt>", "did you mean 'mj-text'"),
    "unknown attribute": ("padding=", "paddding=", 8, "no attribute paddding", "did you mean 'padding'"),
    "attribute of another tag": ('width="50%"', 'align="left"', 9, "no attribute align", "it has:"),
    "misplaced tag": (
        '<mj-column width="50%">',
        "<mj-wrapper>",
        9,
        "<mj-wrapper> may not stand in <mj-section>",
        "<mj-body>",
    ),
    "short colour": ("#efe9d9", "#efe", 7, "background-color=“#efe”", "six digits"),
    "colour name": ("#efe9d9", "ivory", 7, "“ivory”", "six digits"),
    "colour default": ("#5f6157", "#5f6", 4, "“#5f6”", "six digits"),
    "wrong unit": ('"100px"', '"100em"', 11, "width=“100em”", "one size in px"),
    "no unit": ('"0 20px"', '"0 20"', 8, "padding=“0 20”", "px or %"),
    "missing alt": (' alt=""', "", 11, "<mj-image> has no alt", "shows"),
    "missing src": ('src="https://example.org/a.png"', "", 11, "has no src", "address"),
    "missing lang": (' lang="nl"', "", 1, "has no lang", "screen readers"),
    "missing dir": (' dir="ltr"', "", 1, "has no dir", "ltr"),
    "missing title": ("<mj-title>Mei</mj-title>", "", 2, "no title", "<mj-title>"),
    "empty title": ("<mj-title>Mei", "<mj-title> ", 3, "no title", "<mj-title>"),
    "empty link": ('href="https://example.org/"', 'href="#"', 12, "empty link", "leads to"),
    "script link": ('"https://example.org/"', '"javascript:x()"', 12, "is not allowed", "https"),
    "data picture": ("https://example.org/a.png", "data:image/png;base64,x", 11, "is not allowed", "https"),
    "paragraph left open": ("</p>", "", 10, "<p> is not closed", "</p>"),
    "closed twice": ("</p>", "</p></p>", 10, "not open", "remove"),
    "bare smaller-than": ("&amp;", "<", 10, "begins like a tag", "&lt;"),
    "no quotes": ('width="50%"', "width=50%", 9, "has no quotes", 'width="50%"'),
    "attribute twice": ('width="50%"', 'width="50%" width="40%"', 9, "given twice", "keep one"),
    "quote in single quotes": ('alt=""', "alt='zeg \"ja\"'", 11, "double quote", "&quot;"),
    "control character": ("Hé", "H\x92", 10, "U+0092", "remove it"),
    "CDATA": ("Hé", "<![CDATA[x]]>", 10, "begins like a tag", "CDATA"),
    "font link": (
        "<mj-title>",
        '<mj-font name="X" href="https://x.example/" /><mj-title>',
        3,
        "<mj-font>",
        "third party",
    ),
    "include": (
        "<mj-section ",
        '<mj-include path="/etc/passwd" /><mj-section ',
        8,
        "<mj-include>",
        "{% include",
    ),
    "ignored attribute": ("<mj-button ", '<mj-button title="x" ', 12, "no effect", "button's text"),
    "html between tags": ("<mj-button", "<p>x</p><mj-button", 12, "<p> may not stand", "<mj-text>"),
    "loose text": ("<mj-button", "los<mj-button", 9, "loose text “los”", "<mj-text>"),
    "mjml in text": ("<p>", "<mj-image></mj-image><p>", 10, "may not stand in HTML", "close <mj-text>"),
    "script": ("<p>", "<script>x</script><p>", 10, "<script> is not allowed", "take it out"),
    "event handler": ("<p>", '<p onclick="x()">', 10, "is a script", "take it out"),
    "image without alt": ("<p>", '<img src="https://example.org/a.png"><p>', 10, "<img> has no alt", "shows"),
    "table without role": ("<p>", "<table></table><p>", 10, "<table> has no role", "presentation"),
    "media in inlined style": (
        ".copy p {",
        "@media all {} .copy p {",
        5,
        "cannot hold @media",
        "without inline",
    ),
    "style from elsewhere": (".copy p {", "@import 'x'; .copy p {", 5, "loads something", "take @import"),
    "second body": ("</mjml>", "<mj-body></mj-body></mjml>", 16, "a second <mj-body>", "first one"),
    "tag in title": ("Mei</mj-title>", "<b>Mei</b></mj-title>", 3, "holds a tag", "plain text"),
    "picture with content": (
        'width="100px" />',
        'width="100px">x</mj-image>',
        11,
        "holds something",
        "at once",
    ),
    "no space between": ('alt="" ', 'alt=""', 11, "cannot read", "name="),
    "slash too early": ("<br>", "<br/ >", 10, "cannot read", "name="),
    "dashes in a comment": (
        "<mj-button",
        "<!-- a -- b --><mj-button",
        9,
        "begins like a tag",
        "in a comment",
    ),
    "deep nesting": ("Hé", "<div>" * 20_000, 10, "more than 200 deep", "loop"),
}


def mend(find: str, put: str) -> str:
    assert find in GOOD
    changed = GOOD.replace(find, put)
    return changed.replace("</mj-column>", "</mj-wrapper>") if put == "<mj-wrapper>" else changed


def test_a_sound_letter_has_no_problem():
    assert lint_mjml(annotate(GOOD, "templates/letter.mjml")) == ()


@pytest.mark.parametrize(("find", "put", "line", "message", "remedy"), BROKEN.values(), ids=BROKEN)
def test_each_fault_is_refused_with_its_line_and_remedy(find, put, line, message, remedy):
    problems = lint_mjml(annotate(mend(find, put), "templates/letter.mjml"))
    named = [p for p in problems if message in p.message]
    assert named, problems
    assert (named[0].file, named[0].line) == ("templates/letter.mjml", line)
    assert remedy in named[0].remedy
    with pytest.raises(InvalidTemplate, match=r"templates/letter.mjml:\d+:\d+: "):
        compile_mjml(annotate(mend(find, put), "templates/letter.mjml"))


def test_all_problems_are_found_at_once_in_document_order():
    broken = GOOD.replace("#efe9d9", "#efe").replace(' alt=""', "").replace("padding=", "pading=")
    with pytest.raises(InvalidTemplate) as caught:
        compile_mjml(annotate(broken, "templates/letter.mjml"))
    assert [problem.line for problem in caught.value.problems] == [7, 8, 11]
    assert str(caught.value).count("\n") == 2


def test_a_tag_of_foreign_html_is_placed_at_the_template_tag_around_it():
    marked = annotate(GOOD, "templates/letter.mjml").replace("Hé", '<img src="https://example.org/x.png">')
    assert [(p.line, p.message) for p in lint_mjml(marked)] == [(10, "<img> has no alt")]


def test_a_letter_without_places_is_placed_by_its_own_lines():
    problems = lint_mjml(GOOD.replace(' alt=""', ""), file="draft.mjml")
    assert [(p.file, p.line) for p in problems] == [("draft.mjml", 11)]


@pytest.mark.parametrize("source", ["", "tekst", "<p>x</p>", "<mjml></mjml><mjml></mjml>"])
def test_what_is_no_letter_is_refused(source):
    assert any("one <mjml> element" in problem.message for problem in lint_mjml(source))


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ("10px", "px", True),
        ("0", "px", True),
        ("10", "px", False),
        ("1.5", "px,%,", True),
        ("-1px", "px", False),
        ("-1px", "-px,em", True),
        ("auto", "px,auto", True),
        ("1px 2px 3px 4px", "px,% x4", True),
        ("1px 2px 3px 4px 5px", "px,% x4", False),
        ("#1F3a2a", "colour", True),
        ("transparent", "colour", True),
        ("#1f3a2a;", "colour", False),
        ("middle", "top|middle|bottom", True),
        ("centre", "left|center|right", False),
        ("true", "boolean", True),
        ("ja", "boolean", False),
        ("12", "integer", True),
        ("1.2", "integer", False),
    ],
)
def test_values_are_held_against_their_type(value, kind, expected):
    assert fits(value, kind) is expected
