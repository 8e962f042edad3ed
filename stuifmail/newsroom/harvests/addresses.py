"""E-mail addresses that members hide from robots: listed, and confirmed or refused by an editor."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from stuifmail.config.codec import to_data
from stuifmail.errors import StuifmailError
from stuifmail.harvest.cleaning.addresses import reveal_in_text, write_out
from stuifmail.model.items import Item
from stuifmail.model.publications import Publication, StoryBlock
from stuifmail.model.selections import Pick
from stuifmail.newsroom.house import House
from stuifmail.newsroom.listing import Row
from stuifmail.review.moves import require_role
from stuifmail.store import addresses as address_table
from stuifmail.store import items as item_table
from stuifmail.store.database import Connection


def list_address_rows(house: House) -> list[Row]:
    """Answer the addresses as we read them, by address, each with the items it stands in.

    Items that were struck out do not count. What was decided stays listed, though no item has it.
    """
    with house.store.begin() as connection:
        decisions = address_table.all_decisions(connection)
        places = _find_places(connection)
    return [
        {
            "address": address,
            "decision": "" if decided is None else "confirmed" if decided.is_confirmed else "refused",
            "decided_by": decided.actor if decided else "",
            "decided_at": to_data(decided.decided_at) if decided else None,
            "items": [
                {"id": item.id, "title": item.entry.title, "source_id": item.source_id}
                for item in places.get(address, ())
            ],
        }
        for address in sorted({*places, *decisions})
        for decided in (decisions.get(address),)
    ]


def decide_address(house: House, address: str, *, role: str, is_confirmed: bool) -> list[Row]:
    """Note whether an address may be printed; answer its row of the list.

    Raises:
        UnknownRole: the role may not edit.
        StuifmailError: no item has this address.
    """
    require_role(house.config.review, role, "edit")
    local, _, domain = address.strip().partition("@")
    address = f"{local}@{domain.lower()}"
    with house.store.begin() as connection:
        known = {*_find_places(connection), *address_table.all_decisions(connection)}
        if address not in known:
            raise StuifmailError(
                "no piece of news hides this address",
                place=address,
                remedy="see those that are found with: stuifmail addresses",
            )
        decision = address_table.AddressDecision(
            address=address, is_confirmed=is_confirmed, actor=role, decided_at=house.clock()
        )
        address_table.put_decision(connection, decision)
    return [row for row in list_address_rows(house) if row["address"] == address]


def print_confirmed(connection: Connection, picks: Sequence[Pick]) -> tuple[Pick, ...]:
    """Answer the picks; hidden addresses in their texts stand there plainly once an editor confirmed them."""
    confirmed = address_table.confirmed_addresses(connection)
    if not confirmed:
        return tuple(picks)
    return tuple(replace(pick, item=_print_in(pick.item, confirmed)) for pick in picks)


def find_unconfirmed(connection: Connection, publication: Publication) -> dict[str, tuple[str, ...]]:
    """Answer by block the addresses that its texts still hide and no editor refused or confirmed."""
    decided = address_table.all_decisions(connection)
    found = {}
    for block in publication.blocks():
        texts = block.text.values() if isinstance(block, StoryBlock) else ()
        hidden = (address for text in texts for address in reveal_in_text(text).candidates)
        if open_ones := tuple(dict.fromkeys(each for each in hidden if each not in decided)):
            found[block.id] = open_ones
    return found


def _print_in(item: Item, confirmed: frozenset[str]) -> Item:
    if not confirmed.intersection(item.entry.address_candidates):
        return item
    return replace(item, entry=replace(item.entry, text=write_out(item.entry.text, confirmed)))


def _find_places(connection: Connection) -> dict[str, list[Item]]:
    places: defaultdict[str, list[Item]] = defaultdict(list)
    for item in item_table.list_items(connection):
        if item.killed_at is None:
            for address in item.entry.address_candidates:
                places[address].append(item)
    return places
