"""What a header's note says: what belongs into the column, and which stage asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sheetcrm.schema import kinds
from sheetcrm.schema.gates import FIRST_STAGE
from sheetcrm.schema.record import FieldInfo
from sheetcrm.schema.tables import BY_ID, SCHEMA
from sheetcrm.schema.words import Enumeration
from sheetcrm.tab import Format
from sheetcrm.text import Lang, Message, msg, say

_OWN: Mapping[tuple[str, str], Message] = {
    ("rules", "stage"): msg("The stage at which the rule begins to hold. Blank: always."),
    ("rules", "table"): msg("The tab that the rule is about, for example Companies or Deals."),
    ("rules", "columns"): msg("The headers of the columns, several after a comma."),
    ("rules", "need"): msg(
        "What must hold:\n"
        "all: every column is filled\n"
        "any 2: at least two of them are\n"
        "regex:[0-9]+: the value looks like this, here digits only\n"
        "range:0..25: the number lies between\n"
        "a <= b: the first column does not exceed the second\n"
        "unique: no value stands twice"
    ),
    ("rules", "starts"): msg("Rows that came before this day are let alone. Blank: all rows count."),
    ("rules", "message"): msg("What the person who has to mend it should read."),
    ("lists", "list"): msg(
        "Which list the value belongs to. To add a value, fill the blank line below its list; "
        "to rename one, change its label: rows that hold the old label stay valid."
    ),
    ("lists", "code"): msg("How the value is known whatever its label says. Leave the codes that are there."),
    ("deals", "product"): msg("A product, a product group, or “Assortment” where the need is not narrowed down."),
    ("deals", "order_no"): msg("Rows with one number are one order: they share contact, terms and invoice."),
    ("deals", "amount"): msg("Quantity × price where it is blank."),
    ("companies", "next_contact"): msg("When to get in touch next; “sheetcrm update” makes a task of it."),
    ("activities", "next_date"): msg("When to get in touch next; “sheetcrm update” makes a task of it."),
}
"""Columns of which more is to be said than their kind tells."""

_KINDS: Mapping[str, Message] = {
    kinds.ID.name: msg("Given by “sheetcrm update”. Leave it as it is; leave it blank on a new row."),
    kinds.PHONE.name: msg("A phone with its area code; several after a comma, a name or an extension may follow."),
    kinds.EMAIL.name: msg("An e-mail address; several after a comma."),
    kinds.INN.name: msg("Ten digits for a firm, twelve for a person; the check digits are verified."),
    kinds.KPP.name: msg("Nine characters."),
    kinds.BOOL.name: msg("Yes or no."),
    kinds.DATE.name: msg("A date."),
    kinds.MOMENT.name: msg("A date, with the hour if you like."),
}


def about(info: FieldInfo, lang: Lang, enumerations: Mapping[str, Enumeration]) -> str:
    """The note on a column's header, "" where the header says it all.

    Args:
        info: The field.
        lang: The language of the book.
        enumerations: The lists, the firm's values included.
    """
    if info.col.derived or info.col.hidden:
        return say(msg("Computed by “sheetcrm update”: typing here is of no use."), lang)
    lines = [*_what(info, enumerations), *_bounds(info), *_asked(info, enumerations)]
    return "\n".join(say(line, lang) for line in lines)


def _what(info: FieldInfo, enumerations: Mapping[str, Enumeration]) -> Iterator[Message]:
    if (own := _OWN.get((info.table, info.code))) is not None:
        yield own
    if info.enumeration:
        labels = [choice.label for choice in enumerations[info.enumeration].choices]
        yield msg("One of: {values}.", values=labels)
    elif info.reference:
        yield _reference(info)
    elif (message := _KINDS.get(info.kind.name)) is not None:
        yield message


def _reference(info: FieldInfo) -> Message:
    tab = SCHEMA[info.reference].info.label
    if info.reference in BY_ID:
        return msg("An id from the tab {tab}.", tab=tab)
    if info.reference in ("companies", "managers"):
        return msg("A name from the tab {tab}.", tab=tab)
    return msg("A name from the tab {tab}, where the book has one; any text where it has none.", tab=tab)


def _bounds(info: FieldInfo) -> Iterator[Message]:
    low, high = info.col.low, info.col.high
    if low is not None and high is not None:
        yield msg("A number from {low} to {high}.", low=low, high=high)
    if (unit := _UNITS.get(info.col.unit)) is not None:
        yield unit


_UNITS: Mapping[str, Message] = {
    "days": msg("In days."),
    "%": msg("In per cent."),
}


def _asked(info: FieldInfo, enumerations: Mapping[str, Enumeration]) -> Iterator[Message]:
    if not info.col.gates:
        return
    name, stage = FIRST_STAGE[info.col.gates[0]]
    enumeration = enumerations[name]
    yield msg("Asked for from the stage “{stage}” ({list}).", stage=enumeration.label_of(stage), list=enumeration.label)


def refusal(info: FieldInfo, lang: Lang) -> str:
    """What a person reads when the cell does not take what they typed."""
    return say(_refusal(info), lang)


_EXAMPLE = date(2026, 11, 21)


def _refusal(info: FieldInfo) -> Message:
    low, high = info.col.low, info.col.high
    if info.kind.format in (Format.DATE, Format.DATETIME):
        return msg("A date belongs here, like {example}.", example=_EXAMPLE)
    if low is not None and high is not None:
        return msg("A number from {low} to {high} belongs here.", low=low, high=high)
    if low is not None:
        return msg("A number belongs here, not less than {low}.", low=low)
    return msg("A number belongs here.")
