"""G: gates. A stage needs its minimum data set; at most one error and one warning a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from sheetcrm.schema.demands import Met, company_lacks_at, deal_lacks_at, shared
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.gates import COMPANY_GATES, GATES, Lack, Place, describe
from sheetcrm.schema.tables import SCHEMA, field_of
from sheetcrm.schema.words import COMPANY_STAGE
from sheetcrm.table import Value
from sheetcrm.text import Label, Message, msg
from sheetcrm.validators.rule import Fault, rule

_MANY = 10


def _stage(facts: Facts, table: str, position: int, default: str) -> Label:
    enumeration = facts.base.vocabulary.enumerations["company_stage" if table == "companies" else "deal_stage"]
    return enumeration.label_of(str(facts.base.values(table, "stage")[position] or default))


def _missing(stage: Label, lacks: Sequence[Lack], table: str) -> Message:
    return msg("stage “{stage}”: missing {columns}", stage=stage, columns=describe(lacks, table))


def _asked(lacks: Sequence[Lack]) -> list[Label]:
    """What the gates that are not passed ask for, in words."""
    return [GATES[lack.gate].label for lack in lacks if lack.gate in GATES]


@rule("G001", "company-below-its-stage", msg("A company's data does not bear out its stage"))
def company_below_its_stage(facts: Facts) -> Iterator[Fault]:
    """A company stands at a stage whose minimum data set it lacks; every missing column is named, with its tab.

    Information: any two of the name (or a contact's), the address, a phone or e-mail or messenger. Potential client:
    also the name, the city or address, an active contact with a name, a position and a phone or e-mail. Sale: also an
    open deal with its need filled in. Buyer and Reactivation: the INN and a delivered, settled deal with its terms.
    Regular buyer: also repeated purchases and the contract's number, date and payment days. Refused: why and when.

    Why it matters:
        A stage is a promise to the next colleague: at a buyer there is a firm with an INN to invoice. Reports count
        the company at the stage that its data supports.

    Broken (Companies!C2):
        Companies
        Company ID | Name  | Stage   | Phone            | Lost reason | Lost on
        C-000001   | Aurum | Refused | +7 912 345-67-89 |             | 2026-10-01

    Sound:
        Companies
        Company ID | Name  | Stage   | Phone            | Lost reason | Lost on
        C-000001   | Aurum | Refused | +7 912 345-67-89 | Price       | 2026-10-01

    What to do:
        Fill in what the finding names, where it says, or type the stage that the data supports.
    """
    lacks_at = partial(company_lacks_at, strict_phone=facts.base.settings.strict_phone)
    for position, lacks in _lacking(facts.base.values("companies", "stage"), facts.company_met, "lead", lacks_at):
        text = _missing(_stage(facts, "companies", position, "lead"), lacks, "companies")
        yield Fault("companies", position, "stage", text, _way_out(facts, position, lacks))


def _lacking(
    stages: Sequence[Value], met: Sequence[Met], first: str, lacks_at: Callable[[str, Met], Sequence[Lack]]
) -> Iterator[tuple[int, Sequence[Lack]]]:
    """The records that fail the gates of their stage, each with what is asked for; a blank stage is the first."""
    pairs = list(zip(stages, met, strict=True))
    lacks = {(stage, one): lacks_at(str(stage or first), one) for stage, one in set(pairs)}
    return ((position, found) for position, pair in enumerate(pairs) if (found := lacks[pair]))


def _way_out(facts: Facts, position: int, lacks: Sequence[Lack]) -> Message:
    fact, asked = facts.stage_fact[position], _asked(lacks)
    if not asked or fact is None or fact == "lost":
        return msg("fill in what is missing")
    label = facts.base.vocabulary.enumerations["company_stage"].label_of(fact)
    return msg("the stage needs {needs}; fill it in, or type “{stage}”", needs=asked, stage=label)


@rule("G002", "deal-below-its-stage", msg("A deal's data does not bear out its stage"))
def deal_below_its_stage(facts: Facts) -> Iterator[Fault]:
    """A deal stands at a stage whose minimum data set it lacks; every missing column is named.

    Need found: the company, the manager, the product, a quantity with its unit or an amount, the day of the need and
    the due day. Offer sent: also the contact, the price, the amount, the expected close. Agreed: also the terms.
    Invoiced: also the invoice's number and date and when it is to be paid. Delivered and settled: also the quantity
    and the day of delivery. Lost: the reason. What a manager, a product or another row of the same order tells need
    not be typed.

    Why it matters:
        The forecast and the tasks are built from these columns; an offer without a close date is in no month.

    Broken (Deals!C2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Deals
        Deal ID  | Company | Stage | Lost reason
        D-000001 | Aurum   | Lost  |

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Deals
        Deal ID  | Company | Stage | Lost reason
        D-000001 | Aurum   | Lost  | Price

    What to do:
        Fill in what the finding names, or type the stage that the data supports.
    """
    for position, lacks in _lacking(facts.base.values("deals", "stage"), facts.deal_met, "need", deal_lacks_at):
        asked = _asked(lacks)
        hint = msg("the stage needs {needs}; fill it in", needs=asked) if asked else msg("fill it in")
        text = _missing(_stage(facts, "deals", position, "need"), lacks, "deals")
        yield Fault("deals", position, "stage", text, hint)


@rule("G003", "company-poorly-known", msg("A company lacks what is desirable at its stage"), warning=True)
def company_poorly_known(facts: Facts) -> Iterator[Fault]:
    """A company lacks something that is desirable at its stage.

    At every stage a manager and a category; at Information, an address or city beside a name (S-33); from Potential
    client on, the contact's role, the industry, the territory. Columns that are not in the book are not asked for.
    What more than half of the companies lack is one finding of the column.

    Why it matters:
        Without a manager nobody answers for the client; without the rest a manager goes unprepared into the talk.

    Broken (Companies!C2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Category
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 |

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Category
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | B

    What to do:
        Fill it in at the next talk with the client.
    """
    wished = _wished(facts)
    asked = dict.fromkeys(_PLACES.values(), 0)
    for wishes in wished:
        for name in wishes:
            asked[_PLACES[name]] += 1
    size = len(wished)
    common = {place for place, count in asked.items() if size >= _MANY and count * 2 > size}
    for table, code in sorted(common):
        text = msg("{column}: blank at most companies that should have it", column=field_of(table, code).label)
        yield Fault(table, None, code, text, msg("fill it in at the next talk with each client"))
    said: dict[Met, Message] = {}
    for position, wishes in enumerate(wished):
        rest = frozenset(name for name in wishes if _PLACES[name] not in common)
        if rest and rest not in said:
            said[rest] = msg("it would be good to know: {columns}", columns=[_label(n) for n in _PLACES if n in rest])
        if rest:
            yield Fault("companies", position, "stage", said[rest], msg("fill it in at the next talk with the client"))


_PLACES: Mapping[str, Place] = {
    "manager": ("companies", "manager"),
    "category": ("companies", "category"),
    "address": ("companies", "address"),
    "role": ("contacts", "role"),
    "industry": ("companies", "industry"),
    "territory": ("companies", "territory"),
}
"""What is desirable, and the column where it stands."""


def _label(name: str) -> Message | Label:
    table, code = _PLACES[name]
    label = field_of(table, code).label
    return label if table == "companies" else msg("{tab}: {column}", tab=SCHEMA[table].info.label, column=label)


def _wished(facts: Facts) -> list[Met]:
    """For each company what is desirable at its stage and not there."""
    base, size = facts.base, facts.base.size("companies")
    stages = [str(stage or "lead") for stage in base.values("companies", "stage")]
    met = facts.company_met

    def blank(code: str, gate: str) -> list[bool]:
        if not base.present("companies", code):
            return [False] * size
        at = {stage for stage in COMPANY_STAGE_CODES if gate in {g.code for g in COMPANY_GATES[stage]}}
        return [v is None and s in at for v, s in zip(base.values("companies", code), stages, strict=True)]

    nobody = [manager < 0 for manager in base.managers("companies")]
    has_place = base.present("companies", "address") or base.present("companies", "city")
    has_role = base.present("contacts", "role")
    return shared(
        {
            "manager": [b and n for b, n in zip(blank("manager", "G1"), nobody, strict=True)],
            "category": blank("category", "G1"),
            "address": [
                has_place and s == "lead" and "name" in m and "place" not in m for s, m in zip(stages, met, strict=True)
            ],
            "role": [
                has_role and s not in _EARLY and "person" in m and "role" not in m
                for s, m in zip(stages, met, strict=True)
            ],
            "industry": blank("industry", "G2"),
            "territory": blank("territory", "G2"),
        }
    )


COMPANY_STAGE_CODES = tuple(choice.code for choice in COMPANY_STAGE.choices)
_EARLY = frozenset({"lead", "lost", "disqualified"})

RULES = (company_below_its_stage, deal_below_its_stage, company_poorly_known)
