"""An editor's words and a source's changes are merged field by field, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from stuifmail.model.merges import merge_fields

FIELDS = st.sampled_from(("summary", "location", "starts_at", "status"))
VALUES = st.one_of(st.none(), st.sampled_from(("a", "b", "c")))
ENTRIES = st.fixed_dictionaries(dict.fromkeys(("summary", "location", "starts_at", "status"), VALUES))
EDITS = st.dictionaries(FIELDS, VALUES)


@given(ENTRIES, ENTRIES)
def test_what_nobody_edited_is_the_sources(
    base: dict[str, str | None], theirs: dict[str, str | None]
) -> None:
    merge = merge_fields(base, theirs, {})
    assert (merge.values, merge.conflicts, merge.dissolved) == (theirs, frozenset(), frozenset())


@given(ENTRIES, EDITS)
def test_what_the_source_leaves_alone_stays_the_editors(
    base: dict[str, str | None], ours: dict[str, str | None]
) -> None:
    merge = merge_fields(base, base, ours)
    assert merge.values == {**base, **ours}
    assert merge.conflicts == frozenset()


@given(ENTRIES, ENTRIES, EDITS)
def test_each_field_is_settled_by_itself_and_every_clash_is_told(
    base: dict[str, str | None], theirs: dict[str, str | None], ours: dict[str, str | None]
) -> None:
    merge = merge_fields(base, theirs, ours)
    for field, value in theirs.items():
        if field not in ours:
            assert merge.values[field] == value
            continue
        assert merge.values[field] == ours[field]
        assert (field in merge.dissolved) == (value == ours[field])
        assert (field in merge.conflicts) == (value != base[field] and value != ours[field])


@given(ENTRIES, ENTRIES, EDITS)
def test_taking_the_merge_as_the_new_ground_settles_everything(
    base: dict[str, str | None], theirs: dict[str, str | None], ours: dict[str, str | None]
) -> None:
    again = merge_fields(
        theirs, theirs, {field: merge_fields(base, theirs, ours).values[field] for field in ours}
    )
    assert again.conflicts == frozenset()
    assert again.values == merge_fields(base, theirs, ours).values


@given(ENTRIES, ENTRIES, EDITS)
def test_conflicts_and_dissolved_edits_are_edits_and_never_both(
    base: dict[str, str | None], theirs: dict[str, str | None], ours: dict[str, str | None]
) -> None:
    merge = merge_fields(base, theirs, ours)
    assert merge.conflicts <= ours.keys()
    assert merge.dissolved <= ours.keys()
    assert not merge.conflicts & merge.dissolved
