"""A pivot as its tab; `pytest --update-golden` writes it anew."""

from collections.abc import Callable, Iterator

from sheetcrm.reports.pivot import Ask, pivot
from sheetcrm.reports.show import to_tab
from sheetcrm.tab import Item, Shown, Tab
from sheetcrm.text import show
from tests.books import facts_of

FIRM = {
    "Companies": """
    Company ID | Name   | City | Manager
    C-000001   | Rose   | Perm | Anna
    C-000002   | Lily   | Omsk | Boris
    C-000003   | Violet | Perm | Boris
    """,
    "Deals": """
    Deal ID  | Company | Stage  | Product | Amount  | Need date  | Manager
    D-000001 | Rose    | Agreed | Pipe    | 1200.50 | 2026-09-05 |
    D-000002 | Rose    | Offer  | Sheet   | 800     | 2026-11-05 |
    D-000003 | Lily    | Offer  | Pipe    | 99.99   | 2026-11-06 | Anna
    D-000004 | Violet  | Lost   |         |         | 2026-11-07 |
    D-000005 | Violet  | Need   | Pipe    | 500     |            |
    """,
}


def test_pivot(golden: Callable[[str, str], None]) -> None:
    facts = facts_of(FIRM)
    ask = Ask(("manager", "company"), ("need_date:month",), ("sum:amount", "count"))
    report = pivot(facts, ask, "product != Sheet")
    golden("pivot.txt", "\n".join(page(to_tab(report, facts.base, "en"))) + "\n")


def page(tab: Tab) -> Iterator[str]:
    """The tab as text: its title, what stands above, the table, what stands below."""
    yield tab.title
    yield from (text(row.values[0]) for row in tab.lead)
    yield ""
    header = [f"{column.header}, {column.unit}" if column.unit else column.header for column in tab.columns]
    lines = [header, *(["  " * row.level + text(row.values[0]), *map(text, row.values[1:])] for row in tab.rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for cells in lines:
        yield " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
    yield ""
    yield from (text(row.values[0]) for row in tab.footer)


def text(item: Item) -> str:
    return show(item.value if isinstance(item, Shown) else item, "en")
