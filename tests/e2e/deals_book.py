"""A book whose owner has built everything upon a list of forty deals: charts, a pivot, names, rules, sums."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.lossless.drawn import chart_of
from tests.lossless.patched import DATA, WORKBOOK, Patched
from tests.lossless.pivots import pivot_over

HEADERS = ("Deal ID", "Company", "Stage", "Manager", "Amount", "Expected close")
FIRST, LAST = 2, 41
KINDS = ("list", "table", "table with totals")
WRONG = -1
"""What the sums show at the beginning: whatever shows something else later has been calculated."""

POINTED = {12: "B12", 17: "B17", 22: "B22", 30: "$B$30", 41: "B41"}
"""The rows that a formula on the board shows the company of, and how it says so."""

Deal = tuple[str, str, str, str, int]


def deal(number: int) -> Deal:
    """A deal like no other."""
    stage, manager = ("Lead", "Offer", "Settled")[number % 3], ("Anna", "Boris")[number % 2]
    return f"D-{number:06d}", f"Client {number}", stage, manager, number * 10 + 1


def sums(kind: str) -> dict[str, str]:
    """The formulas of the board by name; they mean the list whole, and it ends in row 41."""
    whole = {
        "sum": "SUM(Deals!E2:E41)",
        "sumifs": 'SUMIFS(Deals!$E$2:$E$41,Deals!$D$2:$D$41,"Anna")',
        "countif": 'COUNTIF(Deals!$C$1:$C$41,"Settled")',
        "column": "SUM(Deals!E:E)",
        "name": "SUM(Amounts)",
        "doubled": "SUM(Deals!G2:G41)",
        "lookup": 'VLOOKUP("D-000022",Deals!A2:G41,5,FALSE)',
        "chained": "B1+B3",
    }
    return whole if kind == "list" else whole | {"structured": "SUM(Sales[Amount])", "own": "SUM(Sales[Double])"}


def made(kind: str) -> bytes:
    """The book, with the deals as a plain list, an Excel table, or one with a row of totals."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        deals, board, managers = (book.add_worksheet(title) for title in ("Deals", "Board", "Managers"))
        managers.write_column(0, 0, ["Anna", "Boris"])
        _list(deals, kind)
        _rules(book, deals, kind)
        _board(book, board, kind)
        book.define_name("Amounts", "=Deals!$E$2:$E$41")
        book.define_name("AllDeals", "=Deals!$A$1:$G$41")
    patched = Patched(stream.getvalue())
    patched.replace(WORKBOOK, ' fullCalcOnLoad="1"', "")
    if kind == "table with totals":
        patched.replace(DATA, "SUBTOTAL(109,[Amount])", "SUBTOTAL(109,Sales[Amount])")
    pivot_over(patched, "Deals", "A1:G41", (*HEADERS, "Double"))
    patched.extend(
        DATA,
        "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}",
        '<x14:dataValidations count="1"><x14:dataValidation type="list" allowBlank="1"><x14:formula1>'
        "<xm:f>Managers!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>D2:D41</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations>",
    )
    return patched.zipped()


def doubled(kind: str, row: int) -> str:
    """The formula of the list's own column."""
    return f"E{row}*2" if kind == "list" else "Sales[[#This Row],[Amount]]*2"


def _list(deals: Worksheet, kind: str) -> None:
    if kind == "list":
        deals.autofilter("A1:G41")
    else:
        _table(deals, kind == "table with totals")
    deals.write_row(0, 0, [*HEADERS, "Double"])
    for row in range(FIRST, LAST + 1):
        deals.write_row(row - 1, 0, deal(row))
        deals.write_formula(row - 1, len(HEADERS), f"={doubled(kind, row)}", None, deal(row)[-1] * 2)


def _table(deals: Worksheet, totals: bool) -> None:
    columns: list[dict[str, object]] = [{"header": header} for header in HEADERS]
    columns.append({"header": "Double", "formula": "=Sales[[#This Row],[Amount]]*2"})
    if totals:
        columns[0]["total_string"] = "All"
        columns[4] |= {"total_function": "sum", "total_value": WRONG}
    deals.add_table(f"A1:G{LAST + totals}", {"name": "Sales", "columns": columns, "total_row": totals})


def _rules(book: Workbook, deals: Worksheet, kind: str) -> None:
    red = book.add_format({"bg_color": "#FFC7CE"})
    deals.data_validation("C2:C41", {"validate": "list", "source": ["Lead", "Offer", "Settled"]})
    deals.conditional_format("E2:E41", {"type": "data_bar", "data_bar_2010": True})
    deals.conditional_format("A2:G41", {"type": "formula", "criteria": '=$C2="Settled"', "format": red})
    deals.print_area("A1:G42" if kind == "table with totals" else "A1:G41")


def _board(book: Workbook, board: Worksheet, kind: str) -> None:
    for row, (name, formula) in enumerate(sums(kind).items()):
        board.write(row, 0, name)
        board.write_formula(row, 1, f"={formula}", None, WRONG)
    for row, cell in POINTED.items():
        board.write(row, 3, f"row {row}")
        board.write_formula(row, 4, f"=Deals!{cell}", None, f"Client {row}")
    board.write_formula("H1", "=2*3", None, WRONG)
    board.write_formula("H2", "=COUNTA(Managers!A1:A2)", None, WRONG)
    board.add_sparkline("J1", {"range": "Deals!E2:E41"})
    chart = chart_of(book, "column")
    chart.add_series({"name": "=Deals!$E$1", "categories": "=Deals!$B$2:$B$41", "values": "=Deals!$E$2:$E$41"})
    board.insert_chart("J3", chart)


_FOLLOWERS = {
    "Excel table": ("xl/tables/table1.xml", r'\sref="([^"]+)"'),
    "filter": (DATA, r'<autoFilter ref="([^"]+)"'),
    "rules": (DATA, r'\ssqref="([A-G][^"]+)"'),
    "newer rules": (DATA, r"<xm:sqref>([^<]+)<"),
    "formulas": ("xl/worksheets/sheet2.xml", r"<f>([^<]*(?:E:E|\d:\$?[A-G]\$?\d+)[^<]*)<"),
    "sparkline": ("xl/worksheets/sheet2.xml", r"<xm:f>([^<]+)<"),
    "chart": ("xl/charts/chart1.xml", r"<c:f>([^<]+)<"),
    "names": (WORKBOOK, r"<definedName [^>]*>([^<]+)<"),
    "pivot": ("xl/pivotCache/pivotCacheDefinition77.xml", r'\sref="([^"]+)"'),
}


def followers(book: bytes) -> Mapping[str, list[str]]:
    """What everything that means the list whole says that the list is."""
    with ZipFile(BytesIO(book)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    return {what: re.findall(pattern, parts.get(part, "")) for what, (part, pattern) in _FOLLOWERS.items()}


def ending_at(last: int) -> dict[str, dict[str, list[str]]]:
    """What that should be for each kind of book, if the last deal stands in that row."""

    def moved(found: re.Match[str]) -> str:
        return str(int(found[0]) - LAST + last)

    return {
        kind: {
            what: [re.sub(rf"(?<=[A-G$])(?:{LAST}|{LAST + 1})\b", moved, text) for text in texts]
            for what, texts in followers(made(kind)).items()
        }
        for kind in KINDS
    }
