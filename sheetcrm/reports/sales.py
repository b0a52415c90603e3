"""What was sold, by product and month (R05)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sheetcrm.reports.labels import TOTAL, client_cell, money, month_key, month_label, percent
from sheetcrm.reports.measures import Measure, columns_of, measure, row_of
from sheetcrm.reports.report import Entry, Question, Report, ReportColumn, ReportRow
from sheetcrm.reports.sales_lines import MONTHS, SalesLine, Window, line, window
from sheetcrm.reports.sold import Sale, currencies, mixed, purchases, revenue, sales
from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.words import fold
from sheetcrm.tab import Chart, Format, Look
from sheetcrm.text import Label, Message, msg, nmsg

USES = (
    ("deals", "product"),
    ("deals", "amount"),
    ("deals", "delivered_on"),
    ("deals", "delivered_qty"),
    ("deals", "cost"),
    ("deals", "order_no"),
)
UNFOLDED = 6
"""How many of the last months show at once; the + unfolds the others."""
LISTED = 100
"""How many companies are listed where no deal names a product; the rest make one line."""

NO_GROUP = Label("No group", "Без группы")
NO_PRODUCT = Label("No product named", "Товар не указан")
OTHERS = Label("Other clients", "Остальные клиенты")


def sales_by_product(question: Question) -> Report:
    """What was sold in the last twelve months, by product and month, and how that compares with the year before.

    A sale counts when its order is settled, on the latest delivery day of the order's rows. Products stand under their
    groups where the tab Products is on; where no deal names a product, the report goes by company.

    Columns: product (or company); quantity and unit (delivered, else needed; blank where units differ); purchases
    (a client's orders of one day are one; one purchase may hold several products); amount; share of all (0–1);
    margin and its share of the amount (over rows whose cost is known); average purchase; year_before (the same months
    a year earlier, up to the same day); growth against it; then the amount by calendar month.

    Source:
        Requirements S-77, S-98; a purchase is a settled order (S-03); average order S-131.
    """
    facts = question.facts
    sold = sales(question)
    if not sold:
        return SALES.nothing(question, msg("Nothing has been sold yet: no order is both delivered and paid."))
    found = currencies(facts, (sale.deal for sale in sold))
    if len(found) > 1:
        return SALES.empty(question, mixed(found))
    told = window(facts.today)
    total = line(facts, TOTAL, sold, told)
    by_company = all(product is None for product in _products(facts, sold))
    measures = list(_measures(total, told, found[0], by_company))
    rows = _by_company(facts, sold, told, measures) if by_company else _by_product(facts, sold, told, measures)
    return replace(
        SALES.empty(question, _reading(total, told, found[0])),
        columns=columns_of(measures),
        rows=tuple(rows),
        totals=(row_of(measures, total, look=Look.TOTAL),),
        footer=tuple(_footer(sold, total, told, found[0])),
        uses=USES,
        figures=_figures(sold, total),
        chart=Chart(
            "column", "", 0, tuple(range(len(measures) - MONTHS, len(measures))), len(rows), len(rows), across=True
        ),
    )


SALES = Entry("R05", "sales", Label("Sales", "Продажи"), sales_by_product)


def _products(facts: Facts, sold: Iterable[Sale]) -> Iterator[object]:
    typed = facts.base.values("deals", "product")
    return (typed[sale.deal] for sale in sold)


def _by_product(
    facts: Facts, sold: Sequence[Sale], told: Window, measures: Sequence[Measure[SalesLine]]
) -> list[ReportRow]:
    """Products by amount, under their groups where any is known."""
    names, groups = _names_and_groups(facts.base)
    typed = facts.base.texts("deals", "product")
    links = facts.base.links("deals", "product").target
    found: dict[str, dict[str, list[Sale]]] = defaultdict(lambda: defaultdict(list))
    shown: dict[str, str] = {}
    for sale in sold:
        name = names[links[sale.deal]] if links[sale.deal] >= 0 else typed[sale.deal]
        key = fold(name)
        shown.setdefault(key, name)
        found[groups.get(key, "")][key].append(sale)
    if set(found) == {""}:
        return _sorted_rows(facts, shown, found[""], told, measures, 0)
    summed = [
        (line(facts, group or NO_GROUP, [sale for part in parts.values() for sale in part], told), parts)
        for group, parts in found.items()
    ]
    rows: list[ReportRow] = []
    for group, parts in sorted(summed, key=lambda one: (one[0].title is NO_GROUP, -one[0].amount)):
        rows.append(row_of(measures, group, 0, Look.SUBTOTAL))
        rows += _sorted_rows(facts, shown, parts, told, measures, 1)
    return rows


def _sorted_rows(
    facts: Facts,
    shown: Mapping[str, str],
    parts: Mapping[str, Sequence[Sale]],
    told: Window,
    measures: Sequence[Measure[SalesLine]],
    level: int,
) -> list[ReportRow]:
    lines = [line(facts, shown[key] or NO_PRODUCT, sold, told) for key, sold in parts.items()]
    lines.sort(key=lambda one: (one.title is NO_PRODUCT, -one.amount, str(one.title)))
    return [row_of(measures, one, level) for one in lines if one.amount or one.before]


def _names_and_groups(base: Base) -> tuple[list[str], Mapping[str, str]]:
    """The products' names, and the group of each by folded name; a group answers to its own name too."""
    names, groups = base.texts("products", "name"), base.texts("products", "group")
    found = {fold(group): group for group in groups if group}
    found.update({fold(name): group for name, group in zip(names, groups, strict=True) if name and group})
    return names, found


def _by_company(
    facts: Facts, sold: Sequence[Sale], told: Window, measures: Sequence[Measure[SalesLine]]
) -> list[ReportRow]:
    """Companies by amount; the small ones make one line."""
    found: dict[int, list[Sale]] = defaultdict(list)
    for sale in sold:
        found[sale.company].append(sale)
    ranked = sorted(found, key=lambda company: (-revenue(told.told(found[company])), company))
    rows = [row_of(measures, line(facts, client_cell(facts.base, c), found[c], told)) for c in ranked[:LISTED]]
    rest = [sale for company in ranked[LISTED:] for sale in found[company]]
    if rest:
        rows.append(row_of(measures, line(facts, OTHERS, rest, told)))
    return rows


def _measures(total: SalesLine, told: Window, currency: str, by_company: bool) -> Iterator[Measure[SalesLine]]:
    if by_company:
        yield measure("company", "Company", "Компания", lambda one: one.title, width=30)
    else:
        yield measure("product", "Product", "Товар", lambda one: one.title, width=30)
    yield measure("amount", "Amount", "Сумма", lambda one: one.amount, Format.MONEY, unit=currency, bars=True)
    yield measure("share", "Share", "Доля", lambda one: _ratio(one.amount, total.amount), Format.PERCENT)
    yield measure("quantity", "Quantity", "Количество", lambda one: one.quantity, Format.QUANTITY)
    yield measure("unit", "Unit", "Ед.", lambda one: one.unit, width=8)
    yield measure("purchases", "Purchases", "Покупок", lambda one: one.purchases, Format.INTEGER)
    yield measure(
        "average", "Average purchase", "Средняя покупка", lambda one: one.average, Format.MONEY, unit=currency
    )
    if total.margin is not None:
        yield measure("margin", "Margin", "Маржа", lambda one: one.margin, Format.MONEY, unit=currency)
        yield measure("margin_share", "Margin share", "Маржа, доля", lambda one: one.margin_share, Format.PERCENT)
    yield measure("year_before", "A year before", "Год назад", lambda one: one.before, Format.MONEY, unit=currency)
    yield measure("growth", "Growth", "Рост", lambda one: one.growth, Format.PERCENT)
    yield from (_month_measure(number, month, currency) for number, month in enumerate(told.months))


def _month_measure(number: int, month: date, currency: str) -> Measure[SalesLine]:
    column = ReportColumn(
        month_key(month), month_label(month), Format.MONEY, currency, width=12, folded=number < MONTHS - UNFOLDED
    )
    return Measure(column, lambda one: one.months[number])


def _ratio(part: Decimal, whole: Decimal) -> float | None:
    return float(part / whole) if whole else None


def _reading(total: SalesLine, told: Window, currency: str) -> Message:
    return msg(
        "Sold from {first} to {today}: {amount} {currency}; every column to the right is a month.",
        first=told.months[0],
        today=told.today,
        amount=money(total.amount),
        currency=currency,
    )


def _footer(sold: Sequence[Sale], total: SalesLine, told: Window, currency: str) -> Iterator[Message]:
    yield msg(
        "A sale counts once its order is delivered and paid in full, on the latest delivery day of the order; "
        "a client's orders of one day are one purchase."
    )
    if total.growth is not None:
        yield msg(
            "Growth compares with the same months a year before, up to the same day: {before} {currency}.",
            before=money(total.before),
            currency=currency,
        )
    if total.margin is not None and total.amount:
        yield msg(
            "Margin is known for {share} % of the amount: the rows with a cost.",
            share=percent(total.costed / total.amount),
        )
    unknown = sum(sale.company < 0 for sale in told.told(sold))
    if unknown:
        yield nmsg(
            "{n} sold row names no known company; it counts here, not among the clients.",
            "{n} sold rows name no known company; they count here, not among the clients.",
            unknown,
            n=unknown,
        )
    yield msg(
        "Since the first sale on {first}: {purchases} purchases, {amount} {currency}, {average} on average.",
        first=min(sale.day for sale in sold),
        purchases=purchases(sold),
        amount=money(revenue(sold)),
        currency=currency,
        average=money(revenue(sold) / purchases(sold)),
    )


def _figures(sold: Sequence[Sale], total: SalesLine) -> dict[str, Decimal | float | int | None]:
    return {
        "amount": total.amount,
        "purchases": total.purchases,
        "average": total.average,
        "growth": total.growth,
        "life_amount": revenue(sold),
        "life_purchases": purchases(sold),
        "life_average": revenue(sold) / purchases(sold),
    }
