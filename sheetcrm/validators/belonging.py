"""R: what belongs together. A contact of the right company who is still there, rows of a company that is known."""

from __future__ import annotations

from collections.abc import Iterator

from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.gates import COMPANY_GATES, G1, describe, lack
from sheetcrm.text import msg
from sheetcrm.validators.rule import Fault, judged, rule

CLOSED_TASKS = frozenset({"done", "cancelled", "auto_closed"})


def _in_work(facts: Facts) -> Iterator[tuple[str, list[bool]]]:
    """The tables in which something is still to be done, and which of their rows are open."""
    base = facts.base
    yield "deals", [facts.deals.open(position) for position in range(base.size("deals"))]
    yield "tasks", [status not in CLOSED_TASKS for status in base.values("tasks", "status")]


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
        Task ID  | Title | Company | Manager | Contact  | Due
        T-000001 | Call  | Aurum   | Bob     | P-000001 | 2026-12-01

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Contacts
        Contact ID | Full name | Company | Position
        P-000001   | Ann Gray  | Aurum   | Buyer

        Tasks
        Task ID  | Title | Company | Manager | Contact  | Due
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
                text = msg(
                    "{contact} works at “{company}”",
                    contact=_person(base, contact),
                    company=base.name("companies", works_at[contact]),
                )
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
        Task ID  | Title | Company | Manager | Contact  | Due
        T-000001 | Call  | Aurum   | Bob     | P-000001 | 2026-12-01

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Contacts
        Contact ID | Full name | Company | Position | Status
        P-000001   | Ann Gray  | Aurum   | Buyer    | Active

        Tasks
        Task ID  | Title | Company | Manager | Contact  | Due
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
        Company ID | Name  | Stage       | City | Phone
        C-000001   | Aurum | Information | Perm |

        Activities
        Activity ID | At         | Company | Type
        A-000001    | 2026-11-20 | Aurum   | Call

    Sound:
        Companies
        Company ID | Name  | Stage       | City | Phone
        C-000001   | Aurum | Information | Perm | +7 912 345-67-89

        Activities
        Activity ID | At         | Company | Type
        A-000001    | 2026-11-20 | Aurum   | Call

    What to do:
        Fill in two of: name or a contact's name, address, phone or e-mail or messenger.
    """
    base = facts.base
    unidentified = {met for met in set(facts.company_met) if lack(G1, met) is not None}
    stages = base.values("companies", "stage") if unidentified else ()
    unknown = {
        company
        for company, stage in enumerate(stages)
        if facts.company_met[company] in unidentified and COMPANY_GATES[str(stage or "lead")][:1] == (G1,)
    }
    for table in judged(base) if unknown else ():
        # A task to fill in what is missing is the way out, not one more row of an unknown firm.
        if table in ("companies", "tasks") or not base.present(table, "company"):
            continue
        for position, company in enumerate(base.links(table, "company").target):
            if company in unknown:
                unknown.discard(company)
                lacks = facts.lacks(company, G1)
                missing = describe([lacks], "") if lacks is not None else []
                name = base.name("companies", company)
                text = msg("“{company}” cannot be identified yet: missing {columns}", company=name, columns=missing)
                yield Fault(table, position, "company", text, msg("first fill in who the firm is and how to reach it"))


RULES = (contact_of_another_company, contact_gone, rows_of_unidentified_company)
