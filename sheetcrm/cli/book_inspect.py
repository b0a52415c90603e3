"""`sheetcrm book inspect`: what is in a book, which tabs are ours, and what would be refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import click

from sheetcrm.cli.asked import Asked, book_argument, book_of, command
from sheetcrm.cli.screen import print_json, print_table, say_line
from sheetcrm.cli.sizes import size_of
from sheetcrm.text import Lang, Message, msg, nmsg, say

if TYPE_CHECKING:
    from sheetcrm.app.caring import Inspected
    from sheetcrm.workbook.xlsx.inspect import Formulas, InspectedSheet, Inspection

EXAMPLE = """
sheetcrm book inspect clients.xlsx
sheetcrm book inspect clients.xlsx --format json
"""

_STATES = {"hidden": msg("hidden"), "veryHidden": msg("hidden from the menu, too")}
_KINDS = {
    "chartsheet": msg("a chart on a sheet of its own"),
    "dialogsheet": msg("a dialog sheet"),
    "xlMacrosheet": msg("a sheet of old macros"),
    "xlIntlMacrosheet": msg("a sheet of old macros"),
}

_COUNTED: Mapping[str, Callable[[int], Message]] = {
    "charts": lambda n: nmsg("{n} chart", "{n} charts", n, n=n),
    "pictures": lambda n: nmsg("{n} picture", "{n} pictures", n, n=n),
    "shapes": lambda n: nmsg("{n} shape or text box", "{n} shapes and text boxes", n, n=n),
    "controls": lambda n: nmsg("{n} form control", "{n} form controls", n, n=n),
    "objects": lambda n: nmsg("{n} embedded object", "{n} embedded objects", n, n=n),
    "comments": lambda n: nmsg("{n} comment", "{n} comments", n, n=n),
    "threads": lambda n: nmsg("{n} comment thread", "{n} comment threads", n, n=n),
    "links": lambda n: nmsg("{n} link", "{n} links", n, n=n),
    "sparklines": lambda n: nmsg("{n} sparkline", "{n} sparklines", n, n=n),
    "validations": lambda n: nmsg("{n} input rule", "{n} input rules", n, n=n),
    "formats": lambda n: nmsg("{n} conditional format", "{n} conditional formats", n, n=n),
    "merged": lambda n: nmsg("{n} merged cell", "{n} merged cells", n, n=n),
    "slicers": lambda n: nmsg("{n} slicer", "{n} slicers", n, n=n),
    "queries": lambda n: nmsg("{n} query to outside data", "{n} queries to outside data", n, n=n),
}
_USUAL_EPOCH = 1900


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""

    @command(
        lang,
        "inspect",
        msg("Say what is in a book, which tabs are ours, and what sheetcrm would refuse and why."),
        EXAMPLE,
    )
    @book_argument()
    def run(asked: Asked) -> None:
        from sheetcrm.app.caring import inspect

        inspected = inspect(book_of(asked))
        lang = asked.language(inspected.lang)
        if asked.json:
            print_json(inspected.shape(lang))
            return
        if not asked.quiet:
            _print(inspected, lang, verbose=asked.verbose)
        _print_refused(inspected, lang)

    return run


def _print(inspected: Inspected, lang: Lang, *, verbose: bool) -> None:
    found = inspected.found
    parts = nmsg("{n} part", "{n} parts", found.parts, n=found.parts)
    say_line(msg("{book}: {size}, {parts}", book=found.book, size=size_of(found.size), parts=parts), lang, bold=True)
    headers = [say(head, lang) for head in (msg("tab"), msg("whose"), msg("rows"), msg("holds"))]
    print_table(headers, [_row(sheet, inspected, lang) for sheet in found.sheets], right=(2,))
    for line in _whole(found):
        say_line(line, lang)
    for part, size in found.largest if verbose else ():
        say_line(msg("{part}: {size}", part=part, size=size_of(size)), lang, dim=True)
    click.echo()


def _row(sheet: InspectedSheet, inspected: Inspected, lang: Lang) -> list[str]:
    whose = say(_role(inspected.roles.get(sheet.title, "")), lang)
    holds = "; ".join(say(thing, lang) for thing in _things(sheet))
    return [sheet.title, whose, str(inspected.rows.get(sheet.title, "")), holds]


def _print_refused(inspected: Inspected, lang: Lang) -> None:
    if not inspected.refused:
        say_line(msg("sheetcrm can write to every table here."), lang)
        return
    say_line(msg("What sheetcrm would refuse, and why:"), lang, bold=True)
    for _, what, hint in inspected.refused:
        say_line("  " + say(what, lang), lang)
        if hint is not None:
            say_line("    → " + say(hint, lang), lang, dim=True)


def _role(role: str) -> Message:
    from sheetcrm.app.caring import GENERATED
    from sheetcrm.schema.tables import SCHEMA

    if role == GENERATED:
        return msg("ours, rewritten")
    return msg("table “{name}”", name=SCHEMA[role].info.label) if role else msg("yours")


def _things(sheet: InspectedSheet) -> Iterator[Message]:
    """What stands on a sheet, the most telling first."""
    if sheet.kind != "worksheet":
        yield _KINDS.get(sheet.kind, msg("a sheet of an unknown kind"))
    if sheet.state in _STATES:
        yield _STATES[sheet.state]
    if sheet.protected:
        yield msg("protected")
    for table in sheet.tables:
        totals = msg("table {name} {area} with totals", name=table.name, area=table.area)
        yield totals if table.totals else msg("table {name} {area}", name=table.name, area=table.area)
    for pivot in sheet.pivots:
        source = pivot.source or msg("outside data")
        yield msg("pivot {name} {area} of {source}", name=pivot.name, area=pivot.area, source=source)
    yield from _formulas(sheet.formulas)
    for name, count in sheet.counts.items():
        yield _COUNTED[name](count)


def _formulas(found: Formulas) -> Iterator[Message]:
    if found.count:
        yield nmsg("{n} formula", "{n} formulas", found.count, n=found.count)
    if found.uncached:
        yield nmsg("{n} not yet calculated", "{n} not yet calculated", found.uncached, n=found.uncached)
    if found.arrays:
        n = len(found.arrays)
        yield nmsg("{n} array formula", "{n} array formulas", n, n=n)
    if found.data_tables:
        yield nmsg("{n} what-if table", "{n} what-if tables", found.data_tables, n=found.data_tables)


def _whole(found: Inspection) -> Iterator[Message]:
    """What is true of the whole book."""
    yield from _beside_cells(found)
    if found.locked:
        yield msg("Its list of tabs is protected; sheetcrm writes all the same.")
    if found.reserved:
        yield msg("It asks to be opened for reading only.")
    if found.epoch != _USUAL_EPOCH:
        yield msg("Its days are counted from 1904.")
    if found.strict:
        yield msg("It is written in the Strict form of the format.")


def _beside_cells(found: Inspection) -> Iterator[Message]:
    """What the book holds besides its sheets; all of it is kept."""
    if found.macros:
        yield msg("It holds macros; they are kept as they are.")
    if found.books:
        yield msg("It links to other books: {books}.", books=found.books)
    if found.connections:
        yield msg("It fetches outside data: {names}.", names=found.connections)
    if found.data_model:
        yield msg("It has a data model (Power Pivot).")
    if found.names:
        yield nmsg("{n} name is defined.", "{n} names are defined.", found.names, n=found.names)
    if found.custom:
        yield nmsg(
            "{n} part belongs to another program (custom XML).",
            "{n} parts belong to other programs (custom XML).",
            found.custom,
            n=found.custom,
        )
