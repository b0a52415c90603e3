"""R: references. What a cell names must exist, be one, and still be there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.identity import LEGAL_FORMS
from sheetcrm.schema.record import FieldInfo
from sheetcrm.schema.tables import SCHEMA, key_of
from sheetcrm.schema.words import fold, fold_all
from sheetcrm.text import Message, msg, nmsg
from sheetcrm.validators.rule import Fault, columns, judged, rule

_ASSORTMENT = frozenset(map(fold, ("Ассортимент", "Assortment")))


def _references(base: Base) -> Iterator[tuple[str, FieldInfo]]:
    """The reference columns of the book whose table is kept in it, too; without one they are free text.

    An empty table is one that is not kept yet; but every book has managers, and their tab must be filled first.
    """
    for table in judged(base):
        for info in columns(base, table):
            kept = base.has if info.reference == "managers" else base.size
            if info.reference and kept(info.reference):
                yield table, info


_MOST_HINTS = 100
"""Unknown names for which the nearest is looked up, by the alphabet; more of them are no slips of the pen."""


def _by_beginning(names: Iterable[str]) -> Mapping[str, list[str]]:
    """The names by the beginnings of their words."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for beginning in _beginnings(name):
            found[beginning].append(name)
    return found


def _beginnings(name: str) -> set[str]:
    return {word.strip("«»\"'().,")[:3] for word in name.split()}


def _nearest(word: str, names: Mapping[str, list[str]]) -> str | None:
    """The closest of the names that share the beginning of a word with it; None where nothing is close."""
    from rapidfuzz import fuzz, process  # only an unknown name needs it

    # A legal form is shared by too many to tell anything.
    beginnings = {beginning for beginning in _beginnings(word) if beginning not in LEGAL_FORMS} or _beginnings(word)
    alike = dict.fromkeys(name for beginning in sorted(beginnings) for name in names.get(beginning, ()))
    found = process.extractOne(word, alike.keys(), scorer=fuzz.ratio, score_cutoff=75)
    return None if found is None else str(found[0])


@rule("R001", "unknown-reference", msg("A cell names a record that is not there"), by_column=True)
def unknown_reference(facts: Facts) -> Iterator[Fault]:
    """A cell names a company, a contact, a manager or another record that no row of its tab is.

    Where the other tab is not in the book, such cells are free text. A deal's product may also be a group of products,
    or «Ассортимент».

    Why it matters:
        The row belongs to nobody: a deal of an unknown company is in no client's turnover and no manager's plan.

    Broken (Contacts!C2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Contacts
        Contact ID | Full name | Company | Position
        P-000001   | Ann Gray  | Aurun   | Buyer

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Contacts
        Contact ID | Full name | Company | Position
        P-000001   | Ann Gray  | Aurum   | Buyer

    What to do:
        Correct the name or pick it from the list; an id is understood too. If the record is new, add its row first.
    """
    base, merged = facts.base, _merged(facts.base)
    beginnings: dict[str, Mapping[str, list[str]]] = {}
    for table, info in _references(base):
        unknown = base.links(table, info.code).unknown
        if not unknown:
            continue
        cells, groups = base.texts(table, info.code), _groups(base, info)
        unknown = [p for p in unknown if cells[p] not in merged]
        unknown = [p for p in unknown if fold(cells[p]) not in groups] if groups else unknown
        if unknown and info.reference not in beginnings:
            beginnings[info.reference] = _by_beginning(base.names(info.reference))
        hints = _hints(base, info, sorted({cells[p] for p in unknown}), beginnings.get(info.reference, {}))
        tab = SCHEMA[info.reference].info.label
        for position in unknown:
            text = msg("“{name}” is not on the tab “{tab}”", name=cells[position], tab=tab)
            yield Fault(table, position, info.code, text, hints[cells[position]])


def _hints(
    base: Base, info: FieldInfo, names: Sequence[str], by_beginning: Mapping[str, list[str]]
) -> dict[str, Message]:
    """The way out for each unknown name."""
    add = msg("correct the name, or add the record to “{tab}” first", tab=SCHEMA[info.reference].info.label)
    hints = dict.fromkeys(names, add)
    known = base.names(info.reference)
    for name in names[:_MOST_HINTS]:
        close = _nearest(fold(name), by_beginning)
        if close is not None:
            hints[name] = msg("did you mean “{value}”?", value=base.name(info.reference, known[close][0]))
    return hints


def _groups(base: Base, info: FieldInfo) -> frozenset[str]:
    """The words besides names that a reference to a product may hold."""
    if info.reference != "products":
        return frozenset()
    return _ASSORTMENT.union(fold_all([text for text in base.texts("products", "group") if text]))


@rule("R002", "ambiguous-name", msg("A cell names several records at once"), by_column=True)
def ambiguous_name(facts: Facts) -> Iterator[Fault]:
    """A cell holds a name that several records bear.

    Why it matters:
        Nobody can tell whose the row is, so it counts for none of them.

    Broken (Deals!B2):
        Companies
        Company ID | Name  | Stage       | City  | Phone            | Address
        C-000001   | Aurum | Information | Perm  | +7 912 345-67-89 | Lenina 1
        C-000002   | Aurum | Information | Kazan | +7 912 345-67-80 | Lenina 2

        Deals
        Deal ID  | Company | Stage | Lost reason
        D-000001 | Aurum   | Lost  | Price

    Sound:
        Companies
        Company ID | Name  | Stage       | City  | Phone            | Address
        C-000001   | Aurum | Information | Perm  | +7 912 345-67-89 | Lenina 1
        C-000002   | Aurum | Information | Kazan | +7 912 345-67-80 | Lenina 2

        Deals
        Deal ID  | Company      | Stage | Lost reason
        D-000001 | Aurum (Perm) | Lost  | Price

    What to do:
        Write the city after the name, or the id.
    """
    for table, info in _references(facts.base):
        cells = facts.base.values(table, info.code)
        for position, several in facts.base.links(table, info.code).ambiguous.items():
            names = [facts.base.name(info.reference, one) for one in several[:3]]
            if str(cells[position]) in names:
                yield Fault(table, position, info.code, *_contested(facts.base, info.reference, several))
                continue
            text = nmsg(
                "“{name}” is the name of {n} record",
                "“{name}” is the name of {n} records",
                len(several),
                name=str(cells[position]),
                n=len(several),
            )
            yield Fault(table, position, info.code, text, msg("write one of: {names}", names=names))


def _contested(base: Base, table: str, several: tuple[int, ...]) -> tuple[Message, Message]:
    """What to say of a former name that is another record's today."""
    ids = base.values(table, key_of(table))
    former, bearer = several[:2]
    text = msg(
        "“{name}” was the name of {former}, now “{now}”; today {bearer} bears it",
        name=base.name(table, bearer),
        former=ids[former],
        now=base.name(table, former),
        bearer=ids[bearer],
    )
    return text, msg("write the id of the one that is meant; were the rows sorted without their ids?")


def _merged(base: Base) -> Mapping[str, str]:
    """Every id that was merged away → the id of the record that stayed."""
    if not base.has("merged"):
        return {}
    return dict(zip(base.texts("merged", "loser"), base.texts("merged", "winner"), strict=True))


@rule("R003", "reference-to-merged", msg("A cell names a record that was merged into another"))
def reference_to_merged(facts: Facts) -> Iterator[Fault]:
    """A cell names a record that was merged into another one, by its id or by its name.

    Why it matters:
        What belongs to one client is split between two rows, of which one is dead.

    Broken (Contacts!C2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Contacts
        Contact ID | Full name | Company  | Position
        P-000001   | Ann Gray  | C-000002 | Buyer

        Merged
        Loser    | Winner
        C-000002 | C-000001

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Contacts
        Contact ID | Full name | Company  | Position
        P-000001   | Ann Gray  | C-000001 | Buyer

        Merged
        Loser    | Winner
        C-000002 | C-000001

    What to do:
        Name the record that stayed; the finding tells which.
    """
    base, merged = facts.base, _merged(facts.base)
    gone = {position for position, status in enumerate(base.values("contacts", "status")) if status == "merged"}
    for table, info in _references(base):
        ids = base.ids(info.reference)
        dead = {ids[loser] for loser in merged if loser in ids} | (gone if info.reference == "contacts" else set())
        lost = {loser for loser in merged if loser not in ids}
        if not dead and not lost:
            continue
        cells, key = base.values(table, info.code), _ids_of(base, info.reference)
        for position, target in enumerate(base.links(table, info.code).target):
            loser = key.get(target, "") if target in dead else str(cells[position]) if cells[position] in lost else ""
            if loser:
                yield Fault(
                    table,
                    position,
                    info.code,
                    msg("{id} was merged into another record", id=loser),
                    _winner(merged, loser),
                )


def _ids_of(base: Base, table: str) -> Mapping[int, str]:
    return {position: id for id, position in base.ids(table).items()}


def _winner(merged: Mapping[str, str], loser: str) -> Message:
    seen = {loser}
    while loser in merged and merged[loser] not in seen:
        loser = merged[loser]
        seen.add(loser)
    return msg("write {id} instead", id=loser) if len(seen) > 1 else msg("write the record that stayed")


RULES = (unknown_reference, ambiguous_name, reference_to_merged)
