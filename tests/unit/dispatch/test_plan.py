from stuifmail.dispatch.plan import plan_deliveries
from stuifmail.model.deliveries import DeliveryState
from stuifmail.model.people import Reader


def reader(address, **values):
    return Reader(contact_id=address, address=address, edition="nl", **values)


def plan(*readers, issue="nieuwsbrief-2026-05"):
    return plan_deliveries(issue, readers, domain="news.example.org")


def test_each_address_gets_one_row_in_the_order_of_the_audience():
    rows = plan(reader("c@example.org"), reader("a@example.org"), reader("b@example.org"))
    assert [row.address for row in rows] == ["c@example.org", "a@example.org", "b@example.org"]
    assert {row.state for row in rows} == {DeliveryState.PLANNED}


def test_the_same_address_in_other_case_is_the_same_reader():
    rows = plan(reader("pers@example.org"), reader("Pers@Example.org"), reader(" PERS@EXAMPLE.ORG "))
    assert [row.contact_id for row in rows] == ["pers@example.org"]


def test_planning_twice_gives_the_same_ids_and_message_ids():
    first, again = plan(reader("a@example.org"))[0], plan(reader("A@example.org"))[0]
    assert (first.id, first.message_id) == (again.id, again.message_id)
    assert first.message_id == f"<{first.id}.nieuwsbrief-2026-05@news.example.org>"


def test_another_issue_gives_the_same_reader_another_copy():
    assert plan(reader("a@example.org"))[0].id != plan(reader("a@example.org"), issue="other")[0].id


def test_a_suppressed_reader_has_a_row_that_says_why():
    row = plan(reader("a@example.org", suppressed="afgemeld op 2 mei"))[0]
    assert (row.state, row.detail) == (DeliveryState.SUPPRESSED, "afgemeld op 2 mei")


def test_a_withdrawal_holds_for_every_spelling_of_the_address():
    rows = plan(reader("a@example.org"), reader("A@example.org", suppressed="withdrawn"))
    assert [(row.state, row.detail) for row in rows] == [(DeliveryState.SUPPRESSED, "withdrawn")]


def test_an_empty_audience_plans_nothing():
    assert plan() == ()
