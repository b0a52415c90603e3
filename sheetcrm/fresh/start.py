"""The tab Start: what the book is, which tabs it has, what to do first, and when it was last updated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count

from sheetcrm.schema.tables import SCHEMA
from sheetcrm.schema.words import fold
from sheetcrm.tab import Look, Shown, Tab, TabRow
from sheetcrm.table import Book, Change, Sheet, Spot, is_blank, letters
from sheetcrm.text import LANGUAGES, Label, Lang, Message, msg, say
from sheetcrm.workbook.grid import text_spots

TITLE = Label("Start", "Начало")
_STATE = Label("State", "Состояние")
"""Stands left of the cell that tells when the book was last updated."""

FILTERS = Label("Ready-made filters", "Готовые фильтры")
"""The heading above the links to views, in a book that has such."""

_WIDTHS = (24.0, 104.0)

_PURPOSES: Mapping[str, Message] = {
    "companies": msg(
        "The firms you sell to, or would like to: one row each. A dozen columns show, the + above unfolds the rest."
    ),
    "contacts": msg("The people there: name, position, phone. A firm may have several."),
    "deals": msg("What they need and what became of it: from the need through offer and invoice to the delivery."),
    "activities": msg("Every call, letter, meeting and decision, one row each. Nothing is deleted here."),
    "tasks": msg("What to do next, and who. “sheetcrm update” adds tasks by its rules; add your own freely."),
    "managers": msg("Who sells and who leads. Their names are offered wherever somebody has to answer for a row."),
    "needs": msg("How much a firm uses a year, from you or from others."),
    "payments": msg("Money received, by order or by deal. A deal is settled when it is delivered and paid."),
    "campaigns": msg("Mailings, seminars, special offers: what, for whom, from when to when."),
    "members": msg("Who takes part in a campaign, and how far each has got."),
    "products": msg("What you sell: group, unit, price."),
    "territories": msg("How the territory is shared out among managers."),
    "market": msg("What you know of the market: volumes, prices, competitors."),
    "plan": msg("What each manager is to sell, month by month."),
    "lists": msg("The values that drop-downs offer. Add your own, rename what is there."),
    "settings": msg("The firm's settings, each with what it means."),
    "rules": msg("Rules of your own: what a stage needs in your firm."),
}
"""What each tab is for, in a line."""


def start_tab(lang: Lang, titles: Mapping[str, str], demo: bool = False) -> Tab:
    """The first page of a book.

    Args:
        lang: The language of the book.
        titles: The titles of its tabs by the table's code, in order.
        demo: Whether the firm in it does not exist.
    """
    return Tab(
        title=TITLE.get(lang),
        rows=(*_opening(lang, demo), *_tabs(lang, titles), *_steps(lang, demo), *_marks(lang)),
        group="start",
        widths=_WIDTHS,
        landscape=False,
    )


def _line(lang: Lang, left: Message | str | None, right: Message | None, look: Look = Look.PLAIN) -> TabRow:
    return TabRow([None if left is None else say(left, lang), None if right is None else say(right, lang)], look)


def _opening(lang: Lang, demo: bool) -> list[TabRow]:
    if demo:
        about = msg("The client base of a firm that does not exist: look around, try things, then make your own.")
    else:
        about = msg("Your firm's client base: who your clients are, what they need, what was done, what comes next.")
    return [
        _line(lang, msg("Client base"), None, Look.TITLE),
        _line(lang, about, None, Look.SUBTITLE),
        TabRow([say(_STATE, lang), Shown(say(msg("updated: —"), lang), Look.MUTED)]),
        TabRow([]),
    ]


def _tabs(lang: Lang, titles: Mapping[str, str]) -> list[TabRow]:
    rows = [_line(lang, msg("The tabs"), None, Look.HEADING)]
    for name, purpose in _PURPOSES.items():
        if name in titles:
            info = SCHEMA[name].info
            star = "★ " if info.star and info.group == "work" else ""
            rows.append(TabRow([Shown(star + titles[name], link=(titles[name], "A1")), say(purpose, lang)]))
    return [*rows, TabRow([])]


def _steps(lang: Lang, demo: bool) -> list[TabRow]:
    if demo:
        steps = [
            msg("Run “sheetcrm update” on it, a file closed first: the grey columns fill, ▦ tabs appear at the right."),
            msg("Then look at “▦ Tasks”: tick what is done, write six words; save a file."),
            msg("Run “sheetcrm validate” on it: it finds what is wrong here on purpose, and says how to mend it."),
        ]
    else:
        steps = [
            msg("Write your managers into the tab Managers, and look through the tab Settings."),
            msg("Write ten clients you know well into Companies, and a person for each into Contacts."),
            msg(
                "Run “sheetcrm update”, a file saved and closed first; “sheetcrm validate” says what is still missing."
            ),
        ]
    heading = _line(lang, msg("The next three steps"), None, Look.HEADING)
    numbered = [TabRow([f"{number}.", say(step, lang)]) for number, step in enumerate(steps, 1)]
    return [heading, *numbered, TabRow([])]


def _marks(lang: Lang) -> list[TabRow]:
    return [
        _line(lang, msg("What is yours and what is ours"), None, Look.HEADING),
        _line(lang, msg("White columns"), msg("Yours. What you type there is never changed behind your back.")),
        TabRow(
            [Shown(say(msg("▦ grey columns"), lang), Look.DERIVED), say(msg("Computed. “update” rewrites them."), lang)]
        ),
        _line(
            lang,
            msg("▦ tabs"),
            msg("Reports and task sheets, made anew each time. They may be deleted; only task sheets are typed on."),
        ),
        _line(
            lang,
            msg("Columns of your own"),
            msg("Add them anywhere. They stay as they are, and reports can use them."),
        ),
        _line(
            lang,
            "sheetcrm update",
            msg("Gives ids to new rows, fills the grey columns, refreshes tasks and reports. Run it every day."),
        ),
        _line(lang, msg("More tabs"), msg("“sheetcrm enable BOOK payments products …” adds them when you need them.")),
    ]


def updated(book: Book, moment: datetime, lang: Lang) -> Change | None:
    """The change that tells on Start when the book was updated; None where that line is not there, or not ours.

    Args:
        book: The book as read.
        moment: When it is updated.
        lang: The language of the book.
    """
    sheet = start_of(book)
    row = _state_row(sheet) if sheet is not None else None
    if sheet is None or row is None:
        return None
    return Change(sheet.title, None, "B", str(sheet.rows[row - 1][1]), _updated_text(moment, lang), row)


def start_of(book: Book) -> Sheet | None:
    """The tab Start; None where it is not there, or not ours."""
    titles = {fold(title) for title in TITLE}
    ours = (sheet for sheet in book.sheets if fold(sheet.title) in titles and _state_row(sheet) is not None)
    return next(ours, None)


def _state_row(sheet: Sheet) -> int | None:
    """The row that tells it already; any other beside such a word is the user's own."""
    labels = {fold(label) for label in _STATE}
    rows = ((number, row) for number, row in enumerate(sheet.rows, 1) if len(row) > 1 and fold(str(row[0])) in labels)
    return next((number for number, row in rows if _tells_when(str(row[1]))), None)


def _tells_when(text: str) -> bool:
    return any(fold(text).startswith(fold(say(msg("updated {when}", when=""), lang))) for lang in LANGUAGES)


def _updated_text(moment: datetime, lang: Lang) -> str:
    when = moment.strftime("%d.%m %H:%M" if lang == "ru" else "%Y-%m-%d %H:%M")
    return say(msg("updated {when}", when=when), lang)


def filter_lines(sheet: Sheet, titles: Sequence[str], gone: Sequence[str], lang: Lang) -> list[Change]:
    """The changes by which Start names every view once, under a heading below everything else.

    A new name takes the place of one that is gone, or the next free row; people may move the lines.

    Args:
        sheet: The tab Start as read.
        titles: The views that it is to name.
        gone: Those that it named and shall no more; a line of which a person changed a letter is theirs.
        lang: The language of the book.
    """
    spots = text_spots(sheet)
    left = [spots[title] for title in gone if title in spots]
    missing = [title for title in titles if title not in spots]
    above = [spots[text][0] for text in FILTERS if text in spots] or [spots[t][0] for t in titles if t in spots]
    free = _free_rows(sheet, max(above) + 1 if above else _bottom(sheet) + 2)
    lines = missing if above else [FILTERS.get(lang), *missing]
    changes = [_typed(sheet, spot, None) for spot in left[len(lines) :]]
    for number, line in enumerate(lines):
        changes.append(_typed(sheet, left[number] if number < len(left) else (next(free), 0), line))
    return changes


def _bottom(sheet: Sheet) -> int:
    """The last row on which anything stands."""
    ends = [end[0] for _, end in sheet.merged]
    return max([len(sheet.rows), *ends, *(row for row, _ in (*sheet.formulas, *sheet.errors))])


def _free_rows(sheet: Sheet, first: int) -> Iterator[int]:
    """The blank rows from that one on."""
    taken = {row for row, _ in (*sheet.formulas, *sheet.errors)}
    taken.update(row for start, end in sheet.merged for row in range(start[0], end[0] + 1))
    taken.update(number for number, row in enumerate(sheet.rows, 1) if not all(map(is_blank, row)))
    return (row for row in count(first) if row not in taken)


def _typed(sheet: Sheet, spot: Spot, new: str | None) -> Change:
    row, column = spot
    old = str(sheet.rows[row - 1][column]) if row <= len(sheet.rows) and column < len(sheet.rows[row - 1]) else None
    return Change(sheet.title, None, letters(column), old or None, new, row)
