"""What editors lose: the same small work on many books, and then a look at what is gone.

Run `python -m benchmarks.lossless [FOLDER…]` from a checkout: over the books that `tests/lossless` makes, and over
every .xlsx and .xlsm in the folders that are named. The work: a text, a number and a blank set in plain cells, a row
added below. What a book held before and does not hold afterwards is a loss, whatever part it stood in; not counted are
the cells of the work itself, and values of formulas that may depend on them. openpyxl and sheetcrm are measured
always, wolfxl and excelize where they are installed, LibreOffice (which only opens and saves) where it is.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.editors import ALL, Work, installed
from benchmarks.validate import line
from tests.lossless.allowed import Allowed
from tests.lossless.books import books, suffix
from tests.lossless.cells import cells_of, child, rows_of, spot
from tests.lossless.inventory import lost
from tests.lossless.opened import Opened, opened
from tests.lossless.somewhere import plain_cells

CACHED = "cached values"
EDITORS = ("sheetcrm", "wolfxl", "excelize", "openpyxl")


@dataclass
class Score:
    """How an editor did: books it edited, books that lost something, and in how many each kind of thing was lost."""

    books: int = 0
    edited: int = 0
    harmed: int = 0
    harmed_beyond_values: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)

    def count(self, name: str, gone: Counter[str] | None) -> None:
        """Take in a book: what it lost, None where it was not edited."""
        self.books += 1
        if gone is None:
            self.refused.append(name)
            return
        self.edited += 1
        self.harmed += bool(gone)
        self.harmed_beyond_values += bool(gone.keys() - {CACHED})
        self.kinds.update(gone.keys())


def work_for(book: Opened) -> Work:
    """The work on a book: its last plain cells on the first sheet that has any, and a row below the last."""
    for sheet in book.sheets:
        cells = plain_cells(book, sheet)[::-1] if sheet.kind == "worksheet" else []
        if cells:
            values = dict(zip(cells[:3], ("edited & kept", 17.5, None), strict=False))
            row = 1 + max(spot(cell)[0] for cell in cells)
            return Work(sheet.title, values, {re.sub(r"\d", "", min(cells, key=spot)): "added"}, row)
    return Work(book.sheets[0].title, {})


def allowance(book: Opened, work: Work, row: int) -> Allowed:
    """What the work may change: its cells, the added row, a row of totals that moves, and what may depend on them."""
    rows = {row + step for step in (0, 1)} if row else set()
    own = {cell for sheet in book.sheets if sheet.title == work.sheet for cell in _cells(book, sheet.part, rows)}
    new = {f"{column}{row}" for column in work.added for row in rows}
    return Allowed(
        cells={work.sheet: {*work.cells, *own, *new}},
        stale={sheet.title: set(_dependents(book, sheet.part, sheet.title == work.sheet, work.sheet))
               for sheet in book.sheets if sheet.kind == "worksheet"},
        grown=[(row - 1, row) for row in sorted(rows)],
    )  # fmt: skip


def _cells(book: Opened, part: str, rows: set[int]) -> Iterable[str]:
    return (at for at, _ in cells_of(rows_of(book, part)) if spot(at)[0] in rows)


def _dependents(book: Opened, part: str, same: bool, edited: str) -> Iterable[str]:
    """The formulas that may depend on the edited sheet: they name it, or something whose meaning we do not look up."""
    for at, cell in cells_of(rows_of(book, part)):
        formula = child(cell, "f")
        text = str(formula.text or "") if formula is not None else ""
        if formula is not None and (same or edited in text or not text or re.search(r"[A-Za-z_]{4,}(?![\w(!'])", text)):
            yield at


def judge(scores: Mapping[str, Score], name: str, source: Path, folder: Path) -> None:
    """Let every editor work on a book, and see what is gone."""
    data = source.read_bytes()
    try:
        book = opened(data)
        work = work_for(book)
    except Exception as error:
        print(f"left out: {name} ({type(error).__name__}: {error})")
        return
    for editor in installed(EDITORS):
        target = folder / f"{editor}{source.suffix}"
        target.unlink(missing_ok=True)
        try:
            row = ALL[editor](source, target, work)
            gone = lost(data, target.read_bytes(), allowance(book, work, row))
        except Exception:
            gone = None
        scores[editor].count(name, gone)


def judge_libreoffice(soffice: str, score: Score, sources: Sequence[Path], folder: Path) -> None:
    """Let LibreOffice open and save all books in one go."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, sources)], check=False, capture_output=True)
    for source in sources:
        made = folder / f"{source.stem}.xlsx"
        try:
            book = opened(source.read_bytes())
            gone = lost(source.read_bytes(), made.read_bytes(), allowance(book, work_for(book), 0))
        except Exception:
            gone = None
        score.count(source.name, gone)


def told(name: str, score: Score) -> str:
    """An editor's row of the table."""
    kinds = ", ".join(f"{kind} {count}" for kind, count in score.kinds.most_common())
    harmed, beyond = _share(score.harmed, score.edited), _share(score.harmed_beyond_values, score.edited)
    return line((name, _share(score.edited, score.books), harmed, beyond, kinds or "–"))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"


def main() -> None:
    """Work, look, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", help="folders of books of your own")
    parser.add_argument("--refused", action="store_true", help="name the books that could not be edited")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    scores = {editor: Score() for editor in installed(EDITORS)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [folder / f"{title}{suffix(title)}" for title in books()]
        for source in sources:
            source.write_bytes(books()[source.stem])
        for given in asked.folders:
            sources += [path for path in sorted(given.rglob("*")) if path.suffix.lower() in (".xlsx", ".xlsm")]
        (folder / "edited").mkdir()
        for source in sources:
            judge(scores, source.name, source, folder / "edited")
        soffice = shutil.which("soffice")
        if soffice:
            scores["LibreOffice, open and save"] = Score()
            judge_libreoffice(soffice, scores["LibreOffice, open and save"], sources, folder / "edited")
    print(
        line(("Editor", "Edited, %", "Any loss, %", "Not only calculated values, %", "What is lost, in how many books"))
    )
    print(line(("-", "-:", "-:", "-:", "-")))
    for editor, score in scores.items():
        print(told(editor, score))
    for editor, score in scores.items() if asked.refused else ():
        print(f"{editor}: {', '.join(score.refused) or 'nothing'} not edited")


if __name__ == "__main__":
    main()
