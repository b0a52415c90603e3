"""The same small work done by several editors: some cells of one sheet set, perhaps a row added, the book saved.

`python -m benchmarks.editors NAME BOOK ROWS` lets one of them set a hundred cells all over a book of so many rows, and
throws the result away; `bare` only reads it. For `benchmarks.write`.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Cells = Mapping[str, str | float | None]

CELLS = 100


@dataclass(frozen=True)
class Work:
    """What is to be done.

    Attributes:
        sheet: The sheet's title.
        cells: New values by address, None for a blank.
        added: The values of a new row by the letters of their columns; none for no row.
        row: Where it goes in an editor that does not find that out.
    """

    sheet: str
    cells: Cells
    added: Cells = field(default_factory=dict)
    row: int = 0

    @property
    def plainly(self) -> Cells:
        """All cells, those of the new row among them."""
        return {**self.cells, **{f"{column}{self.row}": value for column, value in self.added.items()}}


def by_sheetcrm(source: Path, target: Path, work: Work) -> int:
    """Our own."""
    from sheetcrm.workbook.xlsx import Patch

    with Patch(source) as book:
        for cell, value in work.cells.items():
            book.set(work.sheet, cell, value)
        row = book.append(work.sheet, work.added) if work.added else 0
        book.save(target)
    return row


def unchecked(source: Path, target: Path, work: Work) -> int:
    """Our own without its last look at the finished book, to see what that costs."""
    from sheetcrm.workbook.xlsx import patch

    hidden: Any = patch
    hidden.verify_rest = hidden.verify_cells = lambda *_: None
    return by_sheetcrm(source, target, work)


def by_openpyxl(source: Path, target: Path, work: Work) -> int:
    """Load and save."""
    import openpyxl

    return _like_openpyxl(openpyxl.load_workbook(source, keep_vba=source.suffix.lower() == ".xlsm"), target, work)


def by_wolfxl(source: Path, target: Path, work: Work) -> int:
    """A Rust editor that is asked like openpyxl."""
    import wolfxl

    return _like_openpyxl(wolfxl.load_workbook(source, modify=True), target, work)


def by_excelize(source: Path, target: Path, work: Work) -> int:
    """A Go editor."""
    import excelize

    book = excelize.open_file(str(source))
    for cell, value in work.plainly.items():
        book.set_cell_value(work.sheet, cell, "" if value is None else value)
    book.save_as(str(target))
    book.close()
    return work.row


def bare(source: Path, target: Path, work: Work) -> int:
    """No editor at all: python-calamine reads the cells."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(source))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return 0


def _like_openpyxl(book: Any, target: Path, work: Work) -> int:
    for cell, value in work.plainly.items():
        book[work.sheet][cell] = value
    book.save(target)
    book.close()
    return work.row


Edit = Callable[[Path, Path, Work], int]
"""Does the work on a book, saves another, and tells which row was added, 0 for none."""
ALL: Mapping[str, Edit] = {
    "bare": bare,
    "sheetcrm": by_sheetcrm,
    "unchecked": unchecked,
    "openpyxl": by_openpyxl,
    "wolfxl": by_wolfxl,
    "excelize": by_excelize,
}


def installed(names: tuple[str, ...]) -> list[str]:
    """Those of the editors that can be had here."""
    return [name for name in names if name in ("bare", "sheetcrm", "unchecked") or importlib.util.find_spec(name)]


def main(name: str, book: Path, rows: int) -> None:
    """A hundred cells: a text in a column of texts and a number in one of numbers in turn."""
    spread = ((2 + number * (rows // CELLS), number) for number in range(CELLS))
    cells: Cells = {
        f"{'DE'[number % 2]}{row}": number * 1.5 if number % 2 else f"edited {number}" for row, number in spread
    }
    with tempfile.TemporaryDirectory() as folder:
        ALL[name](book, Path(folder) / "copy.xlsx", Work("Data", cells))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
