"""Every report as people read it, in both languages; `pytest --update-golden` writes them anew."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from sheetcrm.reports.registry import OURS
from sheetcrm.reports.report import Entry, Figure, Question, Report, ReportCell, ReportRow
from sheetcrm.tab import Format, Look
from sheetcrm.text import LANGUAGES, Lang, number, say, show
from tests.books import facts_of

MARKS = {Look.BAD: "!", Look.WARN: "?"}


@pytest.fixture(scope="module")
def question() -> Question:
    """Two managers, nine clients, three products, a plan: every report has something to tell."""
    tabs = (Path(__file__).parent / "firm.txt").read_text("utf-8").removeprefix("# ").split("\n# ")
    return Question(facts_of(dict(tab.split("\n", 1) for tab in tabs)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("entry", OURS, ids=lambda entry: entry.name)
def test_report(entry: Entry, lang: Lang, question: Question, golden: Callable[[str, str], None]) -> None:
    golden(f"{entry.name}.{lang}.txt", "\n".join(page(entry.compute(question), lang)) + "\n")


def page(report: Report, lang: Lang) -> Iterator[str]:
    """The report as text: title, how to read it, the table, what stands below."""
    yield f"{report.code} {report.name}: {say(report.title, lang)} · {show(report.as_of, lang)}"
    yield say(report.reading, lang)
    yield ""
    header = [say(column.label, lang) + unit(say(column.unit, lang)) for column in report.columns]
    lines = [header, *(line(report, row, lang) for row in (*report.rows, *report.totals))]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for cells in lines:
        yield " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
    yield ""
    yield from (f"* {say(line, lang)}" for line in report.footer)
    yield from (f"= {name}: {show(rounded(figure), lang)}" for name, figure in report.figures.items())


def unit(text: str) -> str:
    return f", {text}" if text else ""


def line(report: Report, row: ReportRow, lang: Lang) -> list[str]:
    cells = [shown(cell, column.format, lang, row.look) for cell, column in zip(row.cells, report.columns, strict=True)]
    return ["  " * row.level + cells[0], *cells[1:]]


def shown(cell: Figure | ReportCell, format: Format, lang: Lang, look: Look) -> str:
    if isinstance(cell, ReportCell):
        link = "→" if cell.record else ""
        return link + shown(cell.figure, format, lang, cell.look or look)
    if isinstance(cell, float | Decimal | int) and format is Format.PERCENT:
        return number(Decimal(cell) * 100, lang, 1) + " %"
    return MARKS.get(look, "") + show(rounded(cell), lang).replace("\n", " / ")


def rounded(figure: Figure) -> Figure:
    if isinstance(figure, float | Decimal):
        return Decimal(figure).quantize(Decimal("0.0001")).normalize()
    return figure
