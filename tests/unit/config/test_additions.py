"""New sources go into sources.yaml and leave every other byte alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.config.additions import NewSource, add_sources, move_source, write_scalar
from stuifmail.config.changing import plan_change, write_change
from stuifmail.config.yaml_reading import read_yaml
from stuifmail.errors import InvalidConfig, StuifmailError
from tests.builders import make_newsroom

ROOT = Path(__file__).resolve().parents[3]
SOURCE = NewSource(
    values={"id": "zoem", "kind": "feed", "url": "https://zoem.example.org/feed/?a=1&b=2"},
    comment=("Zoem: 10 entries.", "Added on 4 May 2026."),
)

STYLES = {
    "a list": "sources:\n  - id: a\n    kind: feed\n",
    "a list at the margin": "sources:\n- id: a\n  kind: feed\nnext: 1\n",
    "a list far in": "sources:\n        -   id: a\n            kind: feed\nnext: 1\n",
    "no end of line at the end": "sources:\n  - id: a",
    "a list in braces": "sources:\n  - {id: a, kind: feed}  # told\n\n\nnext: 1\n",
    "a list in brackets": "sources: [{id: a}, {id: b}]\nnext: 1\n",
    "brackets over lines": "sources: [\n  {id: a}, # first\n  {id: b}, # last\n]\nnext: 1\n",
    "empty brackets": "sources: []\nnext: 1\n",
    "empty brackets with a remark": "sources: [ # none yet\n]\n",
    "nothing in it": "sources:\nnext: 1\n",
    "nothing in it but a remark": "sources:   # none\n  # really none\n\nnext: 1\n",
    "no list at all": "first: 1\nnext: |\n  text\n",
    "no list, and no end of line": "first: 1",
    "no list, and remarks at the end": "first: 1\n\n# the end\n",
    "an end mark": "---\nsources:\n  - id: a\n...\n",
    "other line ends": "sources:\r\n  - id: a\r\n    note: b\r\n\r\n# next\r\nnext: 1\r\n",
    "a byte order mark": "\ufeffsources:\n  - id: a\n",
    "remarks that belong to the list": (
        "sources:\n  - id: a\n  # - id: b\n\n  # to come\n\n# --- Next ---\nnext: 1\n"
    ),
    "tabs in remarks": "sources:\n  - id: a # b\tc\n  #\td\nnext: 1\n",
    "text in lines": "sources:\n  - id: a\n    note: |\n      x\n      # no remark\n\n# remark\nnext: 1\n",
    "text that is kept whole": "sources:\n  - id: a\n    note: |+\n      x\n\n\nnext: 1\n",
    "folded text at the end": "sources:\n  - id: a\n    note: >-\n      x\n      y\n\n\n",
    "an empty value last": "sources:\n  - id: a\n    note:\n\n# remark\nnext: 1\n",
    "a list within a source": (
        "sources:\n  - id: a\n    columns:\n      b: c\n    tags:\n    - x\n    - y\nnext: 1\n"
    ),
    "an anchor": "sources: &all\n  - &one\n    id: a\nnext: 1\n",
    "everything far in": "  first: 1\n  sources:\n    - id: a\n",
    "old line ends": "sources:\r  - id: a\rnext: 1\r",
    "quotes over lines": "sources:\n  - id: a\n    note: 'b\n\n      c'   # d\nnext: 1\n",
    "lines with nothing but spaces": "sources:\n  - id: a\n   \n  \nnext: 1\n",
}


def put_in(before: str, after: str) -> str:
    """Answer what was put in; fails when anything else differs."""
    length = len(after) - len(before)
    place = next((n for n in range(len(before)) if before[n] != after[n]), len(before))
    for start in range(place, max(place - length, -1), -1):
        if after[:start] + after[start + length :] == before:
            return after[start : start + length]
    raise AssertionError((before, after))


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("count", [1, 3])
def test_a_source_is_put_in_and_nothing_else_changes(text: str, count: int) -> None:
    new = [
        NewSource(values={**SOURCE.values, "id": f"new-{n}"}, comment=SOURCE.comment) for n in range(count)
    ]
    after = add_sources(text, new, file="sources.yaml")
    added = put_in(text, after)
    old = read_yaml(text, "x").data
    assert read_yaml(after, "x").data == {
        **old,
        "sources": [*(old.get("sources") or ()), *(dict(each.values) for each in new)],
    }
    assert added.count("# Added on 4 May 2026.") == count
    ends = {"\r\n": "\r\n", "\r": "\r", "\n": "\n"}
    end = next((end for end in ends if end in text), "\n")
    assert added.replace(end, "").isprintable()


def test_the_new_entry_stands_where_a_person_would_put_it() -> None:
    text = STYLES["remarks that belong to the list"]
    assert add_sources(text, [SOURCE], file="x") == (
        "sources:\n  - id: a\n  # - id: b\n\n  # to come\n\n"
        "  # Zoem: 10 entries.\n  # Added on 4 May 2026.\n  - id: zoem\n    kind: feed\n"
        "    url: https://zoem.example.org/feed/?a=1&b=2\n\n# --- Next ---\nnext: 1\n"
    )


def test_the_sample_keeps_every_byte() -> None:
    text = (ROOT / "sources.yaml").read_bytes().decode()
    after = add_sources(text, [SOURCE], file="x")
    added = put_in(text, after)
    assert "\n  - id: zoem\n" in added
    assert (
        after.index("id: nairobi-2025")
        < after.index("id: zoem\n    kind: feed\n    url")
        < after.index("# --- Words")
    )


def test_groups_of_keys_are_written_too() -> None:
    page = NewSource(values={"id": "p", "page": {"entry": "ul > li.news, article", "date": ""}})
    for text in (STYLES["a list"], STYLES["a list in brackets"]):
        data = read_yaml(add_sources(text, [page], file="x"), "x").data
        assert data["sources"][-1] == dict(page.values)


@pytest.mark.parametrize("text", ["{sources: [], next: 1}\n", "sources: none\n", "sources: {}\n"])
def test_what_cannot_be_done_safely_is_left_to_a_person(text: str) -> None:
    with pytest.raises(StuifmailError, match="nothing can be put in safely") as refused:
        add_sources(text, [SOURCE], file="sources.yaml")
    assert "- id: zoem" in refused.value.remedy


@pytest.mark.parametrize(
    ("said", "moved"),
    [
        ("url: http://a.example.org/feed  # old\n", "url: https://a.example.org/feed?a=1#b  # old\n"),
        ("url: 'http://a.example.org'\n", "url: 'https://a.example.org/feed?a=1#b'\n"),
        ('url: "http://a.example.org"\n', 'url: "https://a.example.org/feed?a=1#b"\n'),
        ("url:\n      http://a.example.org\n", "url:\n      https://a.example.org/feed?a=1#b\n"),
        ("url: >-\n      http://a.example.org\n", "url: https://a.example.org/feed?a=1#b\n"),
    ],
)
def test_a_source_that_moved_gets_its_new_address_and_nothing_else_changes(said: str, moved: str) -> None:
    text = (
        f"# all\nsources:\n  - id: b\n    url: http://a.example.org\n  - id: a\n    {said}    note: x\n# end"
    )
    wanted = text.replace(said, moved)
    after = move_source(text, "a", "https://a.example.org/feed?a=1#b", file="x")
    assert after.replace('"', "").replace("'", "") == wanted.replace('"', "").replace("'", "")
    assert read_yaml(after, "x").data["sources"][0]["url"] == "http://a.example.org"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sources:\n  - {id: a, file: a.xml}\n", "the source is a file"),
        ("sources:\n  - {id: b, url: 'https://x.example.org'}\n", "there is no such source"),
    ],
)
def test_only_a_source_with_an_address_can_move(text: str, message: str) -> None:
    with pytest.raises(StuifmailError, match=message):
        move_source(text, "a", "https://a.example.org", file="x")


@given(st.text())
def test_every_text_is_read_back_as_it_was_written(text: str) -> None:
    for written in (write_scalar(text), write_scalar(text, quote="'"), write_scalar(text, quote='"')):
        for document in (f"a: {written}\n", f"a: [{{b: {written}}}]\n"):
            data = read_yaml(document, "x").data["a"]
            assert (data if isinstance(data, str) else data[0]["b"]) == text


REMARKS = st.lists(st.sampled_from(["", "# x", "  # y", "  #\tz", "    # - id: q", "   "]), max_size=3)
ENTRIES = st.sampled_from(
    [
        "- id: {n}",
        "- {{id: {n}, kind: feed}} # c",
        "- id: {n}\n  note: >\n    a\n\n    b",
        "- id: {n}\n  note: 'x'",
    ]
)


@given(
    st.lists(st.tuples(ENTRIES, REMARKS), max_size=4),
    st.sampled_from(["", "  ", "     "]),
    REMARKS,
    st.booleans(),
    st.booleans(),
)
def test_whatever_the_file_looks_like_only_new_lines_come(entries, indent, tail, is_crlf, has_more) -> None:
    lines = ["# head", "sources:" if entries else "sources: []"]
    for number, (entry, remarks) in enumerate(entries):
        lines += [indent + line for line in entry.format(n=f"s{number}").split("\n")] + remarks
    lines += ["next: 1" if has_more else "# end", *tail]
    text = "\n".join(lines).replace("\n", "\r\n" if is_crlf else "\n")
    after = add_sources(text, [SOURCE], file="x")
    put_in(text, after)
    assert read_yaml(after, "x").data["sources"][-1] == dict(SOURCE.values)


def add(text: str, file: str) -> str:
    return add_sources(text, [SOURCE], file=file)


def test_a_change_is_planned_first_and_written_whole(tmp_path: Path) -> None:
    path = make_newsroom(tmp_path) / "sources.yaml"
    path.chmod(0o640)
    before = path.read_bytes()
    change = plan_change(tmp_path, add)
    assert path.read_bytes() == before
    assert change.added.splitlines()[0] == "  # Zoem: 10 entries."
    config = write_change(change)
    assert [source.id for source in config.sources] == ["berm-news", "zoem"]
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == []


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    make_newsroom(tmp_path / "real")
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "sources.yaml").symlink_to(tmp_path / "real" / "sources.yaml")
    write_change(plan_change(tmp_path / "room", add))
    assert (tmp_path / "room" / "sources.yaml").is_symlink()
    assert "zoem" in (tmp_path / "real" / "sources.yaml").read_text(encoding="utf-8")


def test_a_file_with_problems_is_not_touched(tmp_path: Path) -> None:
    make_newsroom(tmp_path, ("kind: feed", "kind: fed"))
    with pytest.raises(InvalidConfig, match=r"sources\[0\].kind"):
        plan_change(tmp_path, add)


def test_a_change_that_would_bring_problems_is_refused(tmp_path: Path) -> None:
    make_newsroom(tmp_path)
    wrong = NewSource(values={**SOURCE.values, "member": "nobody"})
    with pytest.raises(InvalidConfig, match='there is no member "nobody"'):
        plan_change(tmp_path, lambda text, file: add_sources(text, [wrong], file=file))


def test_what_somebody_else_wrote_in_the_meantime_is_not_lost(tmp_path: Path) -> None:
    path = make_newsroom(tmp_path) / "sources.yaml"
    change = plan_change(tmp_path, add)
    path.write_bytes(path.read_bytes() + b"# mine\n")
    with pytest.raises(StuifmailError, match="somebody changed it in the meantime"):
        write_change(change)
    assert path.read_bytes().endswith(b"# mine\n")


def test_the_old_file_is_put_back_when_the_new_one_cannot_be_read(tmp_path: Path) -> None:
    path = make_newsroom(tmp_path) / "sources.yaml"
    before = path.read_bytes()
    change = plan_change(tmp_path, add)
    broken = type(change)(root=tmp_path, before=before, after=b"a: 'b\n", added="")
    with pytest.raises(InvalidConfig):
        write_change(broken)
    assert path.read_bytes() == before
