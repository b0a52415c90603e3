"""Showing reports on the screen: one as a table, several as a list of the tabs they stand on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sheetcrm.app.reporting import Told
from sheetcrm.cli.asked import Asked
from sheetcrm.cli.screen import print_json, print_table, say_line
from sheetcrm.reports.report import Figure, Report, ReportCell, ReportColumn, ReportRow
from sheetcrm.tab import Format
from sheetcrm.text import Lang, msg, nmsg, number, say, show

_SHOWN = 20
"""Rows of a report on the screen; the tab has them all."""

_PLACES = {Format.MONEY: 2, Format.QUANTITY: None, Format.INTEGER: 0}


def tell(told: Told, asked: Asked, *, dry_run: bool) -> None:
    """Print what was computed and where it stands."""
    lang = asked.language(told.lang)
    if asked.json:
        print_json({**told.shape(), "notes": [say(note, lang) for note in told.notes]})
        return
    if len(told.reports) == 1 or asked.verbose:
        for report in told.reports:
            print_report(report, lang)
    if asked.quiet:
        return
    if dry_run:
        say_line(msg("Nothing is written; {book} would get: {tabs}.", book=told.book, tabs=told.tabs), lang)
    else:
        say_line(msg("{book} has now: {tabs}.", book=told.book, tabs=told.tabs), lang)
    for note in told.notes:
        say_line(note, lang)


def print_report(report: Report, lang: Lang) -> None:
    """A report as a table with its totals and footnotes; long ones are cut, and say so."""
    title = msg("{title} ({code}), as of {day}", title=report.title, code=report.code, day=report.as_of)
    say_line(title, lang, bold=True)
    say_line(report.reading, lang)
    if report.condition:
        say_line(msg("filter: {condition}", condition=report.condition), lang, dim=True)
    shown = [row for row in report.rows if not row.folded][:_SHOWN]
    if report.rows:
        headers = [_header(column, lang) for column in report.columns]
        rows = [_cells(report, row, lang) for row in [*shown, *report.totals]]
        right = [i for i, column in enumerate(report.columns) if column.format is not Format.TEXT]
        more = print_table(headers, rows, right)
        if more:
            say_line(
                nmsg("… and {n} more column on the tab.", "… and {n} more columns on the tab.", more, n=more), lang
            )
    left = len(report.rows) - len(shown)
    if left > 0:
        say_line(nmsg("… and {n} more row on the tab.", "… and {n} more rows on the tab.", left, n=left), lang)
    for line in report.footer:
        say_line(line, lang, dim=True)


def _header(column: ReportColumn, lang: Lang) -> str:
    return say(column.label, lang) + (f", {say(column.unit, lang)}" if column.unit else "")


def _cells(report: Report, row: ReportRow, lang: Lang) -> list[str]:
    figures = [cell.figure if isinstance(cell, ReportCell) else cell for cell in row.cells]
    texts = [_text(figure, column, lang) for figure, column in zip(figures, report.columns, strict=False)]
    if texts:
        texts[0] = "  " * row.level + texts[0]
    return texts


def _text(figure: Figure, column: ReportColumn, lang: Lang) -> str:
    if isinstance(figure, bool) or not isinstance(figure, int | float | Decimal):
        return _day(figure, column, lang) if isinstance(figure, date) else show(figure, lang)
    if column.format is Format.PERCENT:
        return number(figure * 100, lang, 1) + " %"
    places = _PLACES.get(column.format)
    return show(figure, lang) if places is None else number(figure, lang, places)


def _day(day: date, column: ReportColumn, lang: Lang) -> str:
    if column.format is Format.MONTH:
        return day.strftime("%m.%Y" if lang == "ru" else "%Y-%m")
    return show(day, lang)
