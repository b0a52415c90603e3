"""H: hygiene. Nothing is broken, but somebody should look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheetcrm.schema.facts import Facts
from sheetcrm.schema.gates import RANK
from sheetcrm.text import msg
from sheetcrm.validators.belonging import CLOSED_TASKS
from sheetcrm.validators.rule import Fault, rule
from sheetcrm.validators.values import problems

_BOUGHT = frozenset({"buyer", "regular", "dormant"})


@rule("H002", "placeholder", msg("A placeholder instead of a value"), warning=True, by_column=True)
def placeholder(facts: Facts) -> Iterator[Fault]:
    """A text, phone, e-mail or INN cell says «no», «n/a», «?», «-», a row of one digit or the like.

    The words are in the setting `placeholders`.

    Why it matters:
        It looks filled and tells nothing; for the gates it counts as blank.

    Broken (Companies!F2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Industry
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | n/a

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Industry
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | Steel

    What to do:
        Type the real value, or leave the cell empty.
    """
    return problems(facts, "placeholder")


@rule("H003", "stray-spaces", msg("Stray spaces in a text"), warning=True, by_column=True)
def stray_spaces(facts: Facts) -> Iterator[Fault]:
    """A text begins or ends with a space, or has two in a row or a no-break space.

    Why it matters:
        Filters and look-ups of the sheet take it for another text. We read it as if the spaces were not there.

    Broken (Companies!F2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Industry
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | "Steel  "

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Industry
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | Steel

    What to do:
        Remove the spaces at its ends and the doubled ones.
    """
    return problems(facts, "spaces")


@rule("H005", "stale-lead", msg("A lead that nobody has touched for long"), warning=True)
def stale_lead(facts: Facts) -> Iterator[Fault]:
    """A company at the first stage was neither contacted nor entered within the setting `stale_days`.

    One whose next contact is planned, or whose age is not known, is left out.

    Why it matters:
        Leads are paid for, by advertising or by work; after some weeks nobody there remembers asking.

    Broken (Companies!C2), today 2026-11-21:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | created_on
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 2026-03-01

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | created_on
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 2026-11-01

    What to do:
        Call, or set the stage to Refused or Not our client.
    """
    base, today = facts.base, facts.today
    rows = zip(
        base.values("companies", "stage"),
        facts.last_contact,
        base.values("companies", "created_on"),
        base.values("companies", "next_contact"),
        strict=True,
    )
    for position, (stage, reached, created, planned) in enumerate(rows):
        known = [day for day in (reached, created) if isinstance(day, date)]
        if stage != "lead" or not known or (isinstance(planned, date) and planned >= today):
            continue
        days = (today - max(known)).days
        if days > base.settings.stale_days:
            text = msg("nobody has reached this lead for {days} days", days=days)
            yield Fault("companies", position, "stage", text, msg("call, or set the stage to what it is"))


@rule("H006", "stage-below-the-facts", msg("A company has bought, and its stage does not say so"), warning=True)
def stage_below_the_facts(facts: Facts) -> Iterator[Fault]:
    """The deals of a company make it a buyer or a regular buyer, and its typed stage is a lower one.

    Why it matters:
        It is treated as a newcomer: called with the wrong script, missing among those who should buy again.

    Broken (Companies!C2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | INN          | Purchases before
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | "7707083893" | 1

        Contacts
        Contact ID | Full name | Company | Position | Phone
        P-000001   | Ann Gray  | Aurum   | Buyer    | +7 912 345-67-80

    Sound:
        Companies
        Company ID | Name  | Stage | Phone            | Address  | INN          | Purchases before
        C-000001   | Aurum | Buyer | +7 912 345-67-89 | Lenina 1 | "7707083893" | 1

        Contacts
        Contact ID | Full name | Company | Position | Phone
        P-000001   | Ann Gray  | Aurum   | Buyer    | +7 912 345-67-80

    What to do:
        Type the stage that the finding names.
    """
    stages = facts.base.vocabulary.enumerations["company_stage"]
    rows = zip(facts.base.values("companies", "stage"), facts.stage_fact, strict=True)
    for position, (typed, fact) in enumerate(rows):
        if fact in _BOUGHT and typed in RANK and RANK[str(typed)] < RANK[str(fact)]:
            label = stages.label_of(str(fact))
            text = msg(
                "stage “{typed}”, but by its purchases it is “{fact}”", typed=stages.label_of(str(typed)), fact=label
            )
            yield Fault("companies", position, "stage", text, msg("set the stage to “{stage}”", stage=label))


@rule("H007", "manager-gone", msg("The manager who answers has left"), warning=True, by_column=True)
def manager_gone(facts: Facts) -> Iterator[Fault]:
    """A company, an open deal or an open task names a manager whose last day has passed.

    Why it matters:
        Nobody works with the client, and nobody notices.

    Broken (Companies!F2), today 2026-11-21:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Manager
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | Bob

        Managers
        Manager ID | Name | Hired      | Left
        M-000001   | Bob  | 2025-03-01 | 2026-06-30

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Manager
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | Bob

        Managers
        Manager ID | Name | Hired      | Left
        M-000001   | Bob  | 2025-03-01 |

    What to do:
        Give the client to somebody else.
    """
    base = facts.base
    left = {
        p: day for p, day in enumerate(base.values("managers", "left")) if isinstance(day, date) and day < facts.today
    }
    for table in ("companies", "deals", "tasks") if left else ():
        for position, manager in enumerate(base.links(table, "manager").target):
            if manager in left and _is_open(facts, table, position):
                text = msg("{manager} left on {day}", manager=base.manager_name(manager), day=left[manager])
                yield Fault(table, position, "manager", text, msg("name the one who took over"))


def _is_open(facts: Facts, table: str, position: int) -> bool:
    if table == "deals":
        return facts.deals.open(position)
    if table == "tasks":
        return facts.base.values("tasks", "status")[position] not in CLOSED_TASKS
    return facts.base.values("companies", "stage")[position] not in ("lost", "disqualified")


@rule("H008", "payment-of-nothing", msg("A payment that pays for nothing known"), warning=True, by_column=True)
def payment_of_nothing(facts: Facts) -> Iterator[Fault]:
    """A payment names no deal, and its order number is blank or borne by no deal.

    Why it matters:
        The money settles nothing: the deal stays unpaid, the client looks like a debtor.

    Broken (Payments!B2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Payments
        Payment ID | Company | Date       | Amount | Order no.
        PAY-000001 | Aurum   | 2026-11-20 | 100    |

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Deals
        Deal ID  | Company | Stage | Order no. | Lost reason
        D-000001 | Aurum   | Lost  | 7         | Price

        Payments
        Payment ID | Company | Date       | Amount | Order no.
        PAY-000001 | Aurum   | 2026-11-20 | 100    | 7

    What to do:
        Write the deal's id, or the number of the order as it stands in Deals.
    """
    base = facts.base
    orders = set(base.texts("deals", "order_no"))
    rows = zip(base.values("payments", "deal"), base.texts("payments", "order_no"), strict=True)
    for position, (deal, order) in enumerate(rows):
        if deal is None and not (order and order in orders):
            text = (
                msg("no deal has the order number {order}", order=order)
                if order
                else msg("neither a deal nor an order number")
            )
            code = "order_no" if order else "company"
            yield Fault("payments", position, code, text, msg("write the deal's id or the order's number"))


@rule("H009", "no-head", msg("The team has no head"), warning=True)
def no_head(facts: Facts) -> Iterator[Fault]:
    """The managers have roles, and none who is still there is the head of sales.

    Why it matters:
        What is overdue goes to the head; without one it goes to nobody.

    Broken (Managers!C1):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Managers
        Manager ID | Name | Role
        M-000001   | Bob  | Seller
        M-000002   | Kim  | Service

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Managers
        Manager ID | Name | Role
        M-000001   | Bob  | Seller
        M-000002   | Kim  | Head of sales

    What to do:
        Give one manager the role Head of sales.
    """
    base = facts.base
    rows = zip(base.values("managers", "role"), base.values("managers", "left"), strict=True)
    roles = [role for role, left in rows if role is not None and not (isinstance(left, date) and left < facts.today)]
    if len(roles) > 1 and "head" not in roles:
        yield Fault(
            "managers", None, "role", msg("nobody has the role of the head"), msg("give it to one of the managers")
        )


RULES = (
    placeholder,
    stray_spaces,
    stale_lead,
    stage_below_the_facts,
    manager_gone,
    payment_of_nothing,
    no_head,
)
