"""What people keep beside a list, as far as XlsxWriter makes it: charts, formats, comments, pictures, tables…"""

from __future__ import annotations

import struct
import zlib
from datetime import date
from io import BytesIO
from typing import cast

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.lossless.plain import Decorate, board_of, sums_of

NAMES, AMOUNTS = "=Data!$A$2:$A$6", "=Data!$C$2:$C$6"
MACROS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"a made-up vbaProject".ljust(2048, b"\x01")


def png(width: int = 4, height: int = 3) -> bytes:
    """A small red picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + b"\xe0\x30\x30" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def chart_of(book: Workbook, kind: str, subtype: str = "") -> Chart:
    """A chart without any series yet."""
    chart: Chart | None = book.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})
    assert chart is not None
    return chart


def charts(book: Workbook, data: Worksheet) -> None:
    """One of every kind, with titles from cells, trends, error bars, a second axis."""
    board = board_of(book)
    kinds = ("column", "bar", "line", "pie", "doughnut", "area", "radar", "scatter")
    for number, kind in enumerate(kinds):
        chart = chart_of(book, kind)
        chart.add_series({"name": "=Data!$C$1", "categories": NAMES, "values": AMOUNTS, "data_labels": {"value": True}})
        chart.set_title({"name": f"By {kind}"})
        board.insert_chart(number * 16, 0, chart, {"object_position": 1, "description": f"chart {number}"})
    bars, line = chart_of(book, "column", "stacked"), chart_of(book, "line")
    bars.add_series({"values": AMOUNTS, "trendline": {"type": "linear"}, "y_error_bars": {"type": "standard_error"}})
    line.add_series({"values": "=Data!$F$2:$F$6", "y2_axis": True})
    bars.combine(line)
    data.insert_chart("H2", bars)


def chart_of_its_own(book: Workbook, data: Worksheet) -> None:
    """A chart that is a sheet."""
    trend = book.add_chartsheet("Trend")
    chart = chart_of(book, "line")
    chart.add_series({"categories": NAMES, "values": AMOUNTS})
    trend.set_chart(chart)


def sparklines(book: Workbook, data: Worksheet) -> None:
    """In cells of the list, and one over its whole column."""
    for row in range(2, 7):
        data.add_sparkline(f"H{row}", {"range": f"Data!C{row}:F{row}", "markers": True})
    board = board_of(book)
    board.add_sparkline("A1", {"range": "Data!C2:C6", "type": "column", "negative_points": True})


def conditional_formats(book: Workbook, data: Worksheet) -> None:
    """Old ones and those of newer Excel."""
    red = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
    data.conditional_format("C2:C6", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
    data.conditional_format("F2:F6", {"type": "icon_set", "icon_style": "3_traffic_lights", "reverse_icons": True})
    data.conditional_format("F2:F6", {"type": "3_color_scale"})
    data.conditional_format("A2:A6", {"type": "duplicate", "format": red})
    data.conditional_format("A2:F6", {"type": "formula", "criteria": "=$C2>500", "format": red, "stop_if_true": True})
    data.conditional_format("E2:E6", {"type": "text", "criteria": "containing", "value": "last", "format": red})


def comments(book: Workbook, data: Worksheet) -> None:
    """Notes with authors and boxes of their own size."""
    data.set_comments_author("Anna")
    data.write_comment("A2", "Ask for Olga.\nTwice.", {"width": 240, "height": 90, "visible": True})
    data.write_comment("C4", "Agreed by phone", {"author": "Пётр", "color": "#FFE699"})
    sums_of(book).write_comment("B1", "All of them")


def drawings(book: Workbook, data: Worksheet) -> None:
    """Text boxes and pictures: over cells, in a cell, behind them, in the header."""
    options = {"font": {"bold": True}, "fill": {"color": "#FFF2CC"}, "textlink": "=Sums!$B$1"}
    data.insert_textbox("H2", "Call before the holidays", options)
    data.insert_image("H12", "logo.png", {"image_data": BytesIO(png()), "url": "https://example.com/"})
    data.set_header("&L&G&RClients", {"image_left": "head.png", "image_data_left": BytesIO(png(6, 2))})
    board = board_of(book)
    board.embed_image("B2", "cell.png", {"image_data": BytesIO(png(3, 3))})
    board.set_background(BytesIO(png(8, 8)))


def table(book: Workbook, data: Worksheet) -> None:
    """The list as an Excel table with a calculated column."""
    data.add_table("A1:F6", {"name": "Clients", "style": "Table Style Medium 2", "columns": _columns()})


def table_with_totals(book: Workbook, data: Worksheet) -> None:
    """The same with a row of totals, and a note two rows below."""
    columns = _columns()
    columns[0]["total_string"] = "All"
    columns[2] |= {"total_function": "sum", "total_value": 1465.75}
    data.add_table("A1:F7", {"name": "Clients", "total_row": True, "columns": columns})
    data.write_string("A10", "Sources: our own books")


def _columns() -> list[dict[str, object]]:
    names = ("Name", "City", "Amount", "Since", "Note")
    plain: list[dict[str, object]] = [{"header": name} for name in names]
    return [*plain, {"header": "Double", "formula": "=Clients[@[Amount]]*2"}]


def macros(book: Workbook, data: Worksheet) -> None:
    """A book with macros and a button that runs one."""
    book.add_vba_project(cast("str", BytesIO(MACROS)), is_stream=True)  # it takes a stream, too
    book.set_vba_name("ThisWorkbook")
    data.set_vba_name("Sheet1")
    data.insert_button("H3", {"macro": "Report", "caption": "Report", "width": 80, "height": 30})


def validations(book: Workbook, data: Worksheet) -> None:
    """Drop-downs, bounds, a formula."""
    data.data_validation("B2:B6", {"validate": "list", "source": ["Perm", "Omsk", "Tver", "Kazan"]})
    data.data_validation(
        "C2:C6", {"validate": "decimal", "criteria": ">=", "value": 0, "error_title": "Sum", "error_type": "warning"}
    )
    data.data_validation("D2:D6", {"validate": "date", "criteria": ">", "value": date(2020, 1, 1)})
    data.data_validation("E2:E6", {"validate": "custom", "value": "=LEN(E2)<200", "input_message": "Shortly"})


def names(book: Workbook, data: Worksheet) -> None:
    """Names of the book and of a tab, filters, print set-up."""
    book.define_name("Amounts", "=Data!$C$2:$C$6")
    book.define_name("Sums!Amounts", "=Data!$F$2:$F$6")
    book.define_name("Rate", "=1.2")
    data.autofilter("A1:F6")
    data.filter_column(1, "x == Perm or x == Omsk")
    data.print_area("A1:F6")
    data.repeat_rows(0)
    data.set_h_pagebreaks([20, 40])
    sums_of(book).write_formula("B6", "=SUM(Amounts)*Rate", None, 3517.8)


def protection(book: Workbook, data: Worksheet) -> None:
    """A sheet that is locked but for a range."""
    data.protect("secret", {"format_cells": True, "sort": True})
    data.unprotect_range("B2:C6", "open")
    sums_of(book).protect()


def spilling(book: Workbook, data: Worksheet) -> None:
    """Dynamic arrays, which have metadata, and an old array."""
    board = board_of(book)
    board.write_dynamic_array_formula("M1:M4", "=_xlfn.UNIQUE(Data!B2:B6)", None, "Perm")
    board.write_dynamic_array_formula("O1", "=_xlfn.LET(_xlpm.x,Data!C2,_xlpm.x+1)", None, 101)
    board.write_array_formula("Q1:Q3", "{=Data!C2:C4*2}", None, 200)


def links(book: Workbook, data: Worksheet) -> None:
    """Out, in, and to a mailbox; with tips."""
    data.write_url("A2", "https://example.com/?a=1&b=2#x", string="Daisy", tip="their site")
    data.write_url("A4", "internal:'Sums'!B1", string="Rose")
    data.write_url("E5", "mailto:tulip@example.com", string="fourth")
    data.write_url("E6", "external:other.xlsx#Sheet1!A1", string="last")


def layout(book: Workbook, data: Worksheet) -> None:
    """Merged cells, outlines, frozen panes, widths, page set-up, a coloured tab, ignored errors."""
    data.merge_range("H9:J10", "merged", book.add_format({"align": "center", "border": 1}))
    for row in (2, 3, 4):
        data.set_row(row, 30, None, {"level": 1, "hidden": row == 3})
    data.set_row(5, None, None, {"collapsed": True})
    data.set_column("H:J", 11, book.add_format({"italic": True}), {"level": 1})
    data.freeze_panes(1, 1)
    data.set_landscape()
    data.fit_to_pages(1, 0)
    data.set_footer("&P of &N")
    data.set_tab_color("#00B050")
    data.set_zoom(85)
    data.ignore_errors({"number_stored_as_text": "A2:A6"})
    data.outline_settings(symbols_below=False)


def rich_text(book: Workbook, data: Worksheet) -> None:
    """Letters of several looks in one cell, many cell formats, check boxes."""
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red", "font_script": 1})
    board = board_of(book)
    board.write_rich_string("A1", "plain ", bold, "bold", " and ", red, "red")
    for number in range(60):
        look = {
            "font_size": 8 + number % 7,
            "bg_color": f"#{number * 4:02X}F0F0",
            "num_format": f"0.{'0' * (number % 9)}",
        }
        board.write_number(number, 2, number / 7, book.add_format({**look, "indent": number % 3, "locked": number % 2}))
    for row in range(3):
        board.insert_checkbox(row, 4, row == 1)


DRAWN: dict[str, Decorate] = {
    "charts": charts,
    "chart of its own": chart_of_its_own,
    "sparklines": sparklines,
    "conditional formats": conditional_formats,
    "comments": comments,
    "drawings": drawings,
    "table": table,
    "table with totals": table_with_totals,
    "macros": macros,
    "validations": validations,
    "names": names,
    "protection": protection,
    "spilling": spilling,
    "links": links,
    "layout": layout,
    "rich text": rich_text,
}
