"""Reading a report in a test: its words and its columns."""

from sheetcrm.reports.report import Figure, Report, ReportCell
from sheetcrm.text import Label, Message, say


def figure(cell: Figure | ReportCell) -> Figure:
    """What stands in a cell; words in English."""
    inside = cell.figure if isinstance(cell, ReportCell) else cell
    return say(inside, "en") if isinstance(inside, Label | Message) else inside


def column(report: Report, key: str) -> dict[Figure, Figure]:
    """A column's figures by the first cell of the row, totals included."""
    at = [one.key for one in report.columns].index(key)
    return {figure(row.cells[0]): figure(row.cells[at]) for row in (*report.rows, *report.totals)}


def footer(report: Report) -> list[str]:
    """What stands below, in English."""
    return [say(line, "en") for line in report.footer]
