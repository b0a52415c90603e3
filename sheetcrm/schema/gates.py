"""The minimum data set of each stage: named demands, each knowing its columns and "any k of n" (S-14…S-27)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sheetcrm.schema.tables import SCHEMA, field_of
from sheetcrm.text import Label, Lang, Message, msg, say

Place = tuple[str, str]
"""A column: its table's code and its field code."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that a gate asks for; any of its columns fills it.

    Attributes:
        name: Its stable name.
        columns: The columns that can fill it.
        label: What it is in words, where that is more than its columns.
    """

    name: str
    columns: tuple[Place, ...]
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """A stage's minimum data set.

    Attributes:
        code: `G1`…`G5` for companies, `D1`…`D5` for deals, `L` for the lost.
        label: What it asks for, in words.
        demands: What it asks for, column by column.
        at_least: How many of the demands are enough; None for all.
        desirable: Columns whose absence is only a warning.
    """

    code: str
    label: Label
    demands: tuple[Demand, ...]
    at_least: int | None = None
    desirable: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """What one gate still asks of one record.

    Attributes:
        gate: The gate's code.
        demands: The demands that are not met.
        enough: How many of them would do; None for all.
    """

    gate: str
    demands: tuple[Demand, ...]
    enough: int | None = None

    @property
    def columns(self) -> tuple[Place, ...]:
        """Every column that could fill what is missing."""
        return tuple(column for demand in self.demands for column in demand.columns)


def _demand(name: str, *columns: str, label: Label | None = None) -> Demand:
    places = tuple((table, code) for column in columns for table, _, code in [column.partition(".")])
    return Demand(name, places, label)


G1 = Gate(
    "G1",
    Label("enough to identify the firm", "по чему узнать фирму"),
    (
        _demand("who", "companies.name", "contacts.full_name"),
        _demand("address", "companies.address"),
        _demand("channel", "companies.phone", "companies.email", "companies.messenger"),
    ),
    at_least=2,
    desirable=(("companies", "manager"), ("companies", "category")),
)
G2 = Gate(
    "G2",
    Label("somebody to talk to by name", "с кем говорить по имени"),
    (
        _demand("name", "companies.name"),
        _demand("place", "companies.address", "companies.city"),
        _demand("person", "contacts.full_name"),
        _demand("position", "contacts.position"),
        _demand("person_channel", "contacts.phone", "contacts.mobile", "contacts.email"),
    ),
    desirable=(("contacts", "role"), ("companies", "industry"), ("companies", "territory")),
)
G3 = Gate(
    "G3",
    Label("an open deal", "открытая сделка"),
    (
        _demand(
            "open_deal",
            "deals.deal_id",
            label=Label("an open deal with its need filled in", "открытая сделка, в которой описана потребность"),
        ),
    ),
)
G4 = Gate(
    "G4",
    Label("a purchase made", "состоявшаяся покупка"),
    (
        _demand("inn", "companies.inn"),
        _demand("delivered_qty", "deals.delivered_qty"),
        _demand("delivered_on", "deals.delivered_on"),
        _demand("terms", "deals.terms"),
        _demand(
            "settled",
            "deals.stage",
            "companies.purchases_before",
            label=Label("a settled deal", "сделка, по которой расчёты завершены"),
        ),
    ),
)
G5 = Gate(
    "G5",
    Label("purchases repeat, terms agreed", "покупки повторяются, условия закреплены"),
    (
        _demand(
            "orders",
            "deals.deal_id",
            "companies.purchases_before",
            label=Label("repeated purchases", "повторные покупки"),
        ),
        _demand("contract_no", "companies.contract_no"),
        _demand("contract_date", "companies.contract_date"),
        _demand("payment_days", "companies.payment_days"),
    ),
)
LOST = Gate(
    "L",
    Label("why and when the client refused", "почему и когда отказались"),
    (_demand("lost_reason", "companies.lost_reason"), _demand("lost_on", "companies.lost_on")),
)
D1 = Gate(
    "D1",
    Label("the need", "потребность"),
    (
        _demand("company", "deals.company"),
        _demand("manager", "deals.manager"),
        _demand("product", "deals.product"),
        _demand("quantity", "deals.need_qty", "deals.amount"),
        _demand("unit", "deals.unit", "deals.amount"),
        _demand("need_date", "deals.need_date"),
        _demand("due_date", "deals.due_date"),
    ),
)
D2 = Gate(
    "D2",
    Label("the offer", "предложение"),
    (
        _demand("contact", "deals.contact"),
        _demand("price", "deals.price"),
        _demand("amount", "deals.amount"),
        _demand("expected_close", "deals.expected_close"),
    ),
)
D3 = Gate("D3", Label("what was agreed", "согласованное"), (_demand("terms", "deals.terms"),))
D4 = Gate(
    "D4",
    Label("the invoice", "счёт"),
    (
        _demand("invoice_no", "deals.invoice_no"),
        _demand("invoice_date", "deals.invoice_date"),
        _demand("pay_due", "deals.pay_due"),
    ),
)
D5 = Gate(
    "D5",
    Label("the delivery", "поставка"),
    (_demand("delivered_qty", "deals.delivered_qty"), _demand("delivered_on", "deals.delivered_on")),
)
DEAL_LOST = Gate(
    "L", Label("why the deal was lost", "почему сделка потеряна"), (_demand("lost_reason", "deals.lost_reason"),)
)

GATES: Mapping[str, Gate] = {gate.code: gate for gate in (G1, G2, G3, G4, G5, D1, D2, D3, D4, D5)}

COMPANY_GATES: Mapping[str, tuple[Gate, ...]] = {
    "lead": (G1,),
    "prospect": (G1, G2),
    "sale": (G1, G2, G3),
    "buyer": (G1, G2, G4),
    "dormant": (G1, G2, G4),
    "regular": (G1, G2, G4, G5),
    "lost": (LOST,),
    "disqualified": (),
}
"""What each company stage demands."""

DEAL_GATES: Mapping[str, tuple[Gate, ...]] = {
    "need": (D1,),
    "postponed": (D1,),
    "offer": (D1, D2),
    "agreed": (D1, D2, D3),
    "invoiced": (D1, D2, D3, D4),
    "delivered": (D1, D2, D3, D4, D5),
    "settled": (D1, D2, D3, D4, D5),
    "lost": (DEAL_LOST,),
}
"""What each deal stage demands."""

RANK: Mapping[str, int] = {"lead": 1, "prospect": 2, "sale": 3, "buyer": 4, "dormant": 4, "regular": 5}
"""The order of company stages."""

GIVEN_UP = frozenset({"lost", "disqualified"})
"""The company stages outside that order: nobody works on such a company."""

FIRST_STAGE: Mapping[str, tuple[str, str]] = {
    gate.code: (enumeration, stage)
    for enumeration, stages in (("company_stage", COMPANY_GATES), ("deal_stage", DEAL_GATES))
    for stage, gates in reversed(tuple(stages.items()))
    for gate in gates
    if gate.code in GATES
}
"""The first stage that asks for each gate, as (enumeration, stage)."""

_BY_PHONE = replace(
    G1, demands=tuple(_demand("channel", "companies.phone") if d.name == "channel" else d for d in G1.demands)
)


def as_asked(gate: Gate, strict_phone: bool) -> Gate:
    """The gate as the firm asks it: where it is strict, nothing but a phone makes a lead one that can be reached."""
    return _BY_PHONE if strict_phone and gate is G1 else gate


def lack(gate: Gate, met: frozenset[str] | set[str]) -> Lack | None:
    """What the gate still asks for, given the names of the demands that are met; None where it passes."""
    missing = tuple(demand for demand in gate.demands if demand.name not in met)
    if gate.at_least is None:
        return Lack(gate.code, missing) if missing else None
    enough = gate.at_least - (len(gate.demands) - len(missing))
    return Lack(gate.code, missing, enough) if enough > 0 else None


def describe(lacks: Iterable[Lack], table: str) -> list[Message]:
    """What is missing, a message a demand: columns by their labels, other tabs named.

    Args:
        lacks: What the gates ask for; a demand named by two gates is said once.
        table: The table whose tab need not be named.
    """
    said: dict[tuple[Place, ...], Message] = {}
    for one in lacks:
        if one.enough is not None:
            columns = tuple(d.columns[0] for d in one.demands)
            labels = [_label(demand, table) for demand in one.demands]
            said.setdefault(columns, msg("{n} of: {columns}", n=one.enough, columns=labels))
            continue
        for demand in one.demands:
            said.setdefault(demand.columns, _label(demand, table))
    return list(said.values())


def _label(demand: Demand, table: str) -> Message:
    if demand.label is not None:
        return msg("{tab}: {column}", tab=SCHEMA[demand.columns[0][0]].info.label, column=demand.label)
    from_tabs = [_column(column, table) for column in demand.columns]
    text = from_tabs[0]
    for other in from_tabs[1:]:
        text = msg("{one} or {other}", one=text, other=other)
    return text


def _column(column: Place, table: str) -> Message:
    info = field_of(*column)
    if column[0] == table:
        return msg("{column}", column=info.label)
    return msg("{tab}: {column}", tab=SCHEMA[column[0]].info.label, column=info.label)


def missing_text(lacks: Iterable[Lack], table: str, lang: Lang) -> str:
    """What is missing as one line, for the column «▦ Не хватает»; "" where nothing is."""
    return "; ".join(say(message, lang) for message in describe(lacks, table))
