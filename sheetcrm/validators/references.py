"""R: references. What a cell names must exist, be one, and still be there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.gates import COMPANY_GATES, G1, describe
from sheetcrm.schema.record import FieldInfo
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.schema.words import fold, fold_all
from sheetcrm.text import Label, msg, nmsg
from sheetcrm.validators.rule import Fault, columns, judged, rule

_ASSORTMENT = frozenset(map(fold, ("Ассортимент", "Assortment")))
_CLOSED_TASKS = frozenset({"done", "cancelled", "auto_closed"})


def _references(base: Base) -> Iterator[tuple[str, FieldInfo]]:
    """The reference columns of the book whose table is kept in it, too; without one they are free text."""
    for table in judged(base):
        for info in columns(base, table):
            if info.reference and base.size(info.reference):
                yield table, info


class _Nearest:
    """Finds the record whose name is closest to an unknown one, among those that share the beginning of a word."""

    def __init__(self, base: Base, table: str) -> None:
        self._base = base
        self._table = table

    @cached_property
    def _by_beginning(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._base.names(self._table):
            for beginning in _beginnings(name):
                found[beginning].append(name)
        return found

    def name(self, typed: str) -> str | None:
        """The name as its record's cell has it, None where nothing is close."""
        from rapidfuzz import fuzz, process  # only an unknown name needs it

        word = fold(typed)
        names = {name for beginning in _beginnings(word) for name in self._by_beginning.get(beginning, ())}
        found = process.extractOne(word, sorted(names), scorer=fuzz.ratio, score_cutoff=75)
        if found is None:
            return None
        return self._base.name(self._table, self._base.names(self._table)[found[0]][0])


def _beginnings(name: str) -> set[str]:
    words = [word.strip("«»\"'().,") for word in name.split()]
    return {word[:3] for word in words if len(word) > 3} or {word[:2] for word in words}


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
    merged = _merged(facts.base)
    for table, info in _references(facts.base):
        links = facts.base.links(table, info.code)
        cells = facts.base.values(table, info.code)
        nearest, groups = _Nearest(facts.base, info.reference), _groups(facts.base, info)
        hints = {}
        for position in links.unknown:
            cell = str(cells[position])
            if cell in merged or (groups and fold(cell) in groups):
                continue
            if cell not in hints:
                close = nearest.name(cell)
                hints[cell] = msg("did you mean “{value}”?", value=close) if close else _add(info)
            tab = SCHEMA[info.reference].info.label
            yield Fault(table, position, info.code, msg("“{name}” is not on the tab “{tab}”", name=cell, tab=tab), hints[cell])


def _add(info: FieldInfo):  # type: ignore[no-untyped-def]
    return msg("correct the name, or add the record to “{tab}” first", tab=SCHEMA[info.reference].info.label)


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
            text = nmsg("“{name}” is the name of {n} record", "“{name}” is the name of {n} records", len(several),
                        name=str(cells[position]), n=len(several))
            yield Fault(table, position, info.code, text, msg("write one of: {names}", names=names))


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
                yield Fault(table, position, info.code, msg("{id} was merged into another record", id=loser), _winner(merged, loser))


def _ids_of(base: Base, table: str) -> Mapping[int, str]:
    return {position: id for id, position in base.ids(table).items()}


def _winner(merged: Mapping[str, str], loser: str):  # type: ignore[no-untyped-def]
    seen = {loser}
    while loser in merged and merged[loser] not in seen:
        loser = merged[loser]
        seen.add(loser)
    return msg("write {id} instead", id=loser) if len(seen) > 1 else msg("write the record that stayed")


def _in_work(facts: Facts) -> Iterator[tuple[str, list[bool]]]:
    """The tables in which something is still to be done, and which of their rows are open."""
    base = facts.base
    yield "deals", [facts.deals.open(position) for position in range(base.size("deals"))]
    yield "tasks", [status not in _CLOSED_TASKS for status in base.values("tasks", "status")]


@rule("R004", "contact-of-another-company", msg("The contact works at another company"), warning=True)
def contact_of_another_company(facts: Facts) -> Iterator[Fault]:
    """An open deal or task names a contact that stands at another company.

    Why it matters:
        Either the contact is the wrong one, or the person moved; the next call goes to the wrong firm.

    Broken (Tasks!E2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1
        C-000002   | Berg  | Information | +7 912 345-67-80 | Lenina 2

        Contacts
        Contact ID | Full name | Company | Position
        P-000001   | Ann Gray  | Berg    | Buyer

        Tasks
        Task ID  | Task  | Company | Manager | Contact  | Due
        T-000001 | Call  | Aurum   | Bob     | P-000001 | 2026-12-01

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Contacts
        Contact ID | Full name | Company | Position
        P-000001   | Ann Gray  | Aurum   | Buyer

        Tasks
        Task ID  | Task  | Company | Manager | Contact  | Due
        T-000001 | Call  | Aurum   | Bob     | P-000001 | 2026-12-01

    What to do:
        Name a contact of this company, or put right where the contact works.
    """
    base = facts.base
    works_at = [*base.links("contacts", "company").target, -1]
    for table, is_open in _in_work(facts):
        rows = zip(is_open, base.links(table, "contact").target, base.links(table, "company").target, strict=True)
        for position, (open_, contact, company) in enumerate(rows):
            if open_ and contact >= 0 and company >= 0 and works_at[contact] not in (-1, company):
                text = msg("{contact} works at “{company}”", contact=_person(base, contact), company=base.name("companies", works_at[contact]))
                hint = msg("name a contact of this company, or correct where the contact works")
                yield Fault(table, position, "contact", text, hint)


def _person(base: Base, contact: int) -> str:
    return str(base.values("contacts", "full_name")[contact] or base.name("contacts", contact))


@rule("R005", "contact-gone", msg("The contact has left or was erased"), warning=True)
def contact_gone(facts: Facts) -> Iterator[Fault]:
    """An open deal or task names a contact who left the company or whose data was erased.

    Why it matters:
        There is nobody to talk to about it. What is over may keep the name.

    Broken (Tasks!E2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Contacts
        Contact ID | Full name | Company | Position | Status
        P-000001   | Ann Gray  | Aurum   | Buyer    | Left

        Tasks
        Task ID  | Task  | Company | Manager | Contact  | Due
        T-000001 | Call  | Aurum   | Bob     | P-000001 | 2026-12-01

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Contacts
        Contact ID | Full name | Company | Position | Status
        P-000001   | Ann Gray  | Aurum   | Buyer    | Active

        Tasks
        Task ID  | Task  | Company | Manager | Contact  | Due
        T-000001 | Call  | Aurum   | Bob     | P-000001 | 2026-12-01

    What to do:
        Find out who took over, and name that contact.
    """
    base = facts.base
    status = base.values("contacts", "status")
    gone = {position for position, state in enumerate(status) if state in ("left", "erased")}
    for table, is_open in _in_work(facts) if gone else ():
        for position, (open_, contact) in enumerate(zip(is_open, base.links(table, "contact").target, strict=True)):
            if open_ and contact in gone:
                state = base.vocabulary.enumerations["contact_status"].label_of(str(status[contact]))
                text = msg("{contact}: status “{status}”", contact=_person(base, contact), status=state)
                yield Fault(table, position, "contact", text, msg("name the person who took over"))


@rule("R006", "rows-of-unidentified-company", msg("A company that cannot be identified has rows already"), warning=True)
def rows_of_unidentified_company(facts: Facts) -> Iterator[Fault]:
    """Contacts, deals or activities refer to a company that has not passed its first gate (S-32).

    It is said once a company, at the first such row. Refused clients and those that are not ours are left out.

    Why it matters:
        Work goes into a firm that nobody can identify: it may be one that stands in the base already.

    Broken (Companies!C2 G001, Activities!C2):
        Companies
        Company ID | Name  | Stage       | Phone | Address
        C-000001   | Aurum | Information |       |

        Activities
        Activity ID | At         | Company | Type
        A-000001    | 2026-11-20 | Aurum   | Call

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 |

        Activities
        Activity ID | At         | Company | Type
        A-000001    | 2026-11-20 | Aurum   | Call

    What to do:
        Fill in two of: name or a contact's name, address, phone or e-mail or messenger.
    """
    base = facts.base
    stages = base.values("companies", "stage")
    unknown = {
        company
        for company, stage in enumerate(stages)
        if COMPANY_GATES[str(stage or "lead")][:1] == (G1,) and facts.lacks(company, G1) is not None
    }
    for table in judged(base) if unknown else ():
        if table == "companies" or not base.present(table, "company"):
            continue
        for position, company in enumerate(base.links(table, "company").target):
            if company in unknown:
                unknown.discard(company)
                lack = facts.lacks(company, G1)
                missing = describe([lack], "") if lack is not None else []
                name: str | Label = base.name("companies", company)
                text = msg("“{company}” cannot be identified yet: missing {columns}", company=name, columns=missing)
                yield Fault(table, position, "company", text, msg("first fill in who the firm is and how to reach it"))


RULES = (
    unknown_reference,
    ambiguous_name,
    reference_to_merged,
    contact_of_another_company,
    contact_gone,
    rows_of_unidentified_company,
)
