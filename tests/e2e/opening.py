"""Opens every book of a folder in one process that is given little memory, and prints what was said of each.

`python -m tests.e2e.opening FOLDER MEGABYTES` prints a JSON object: by file name the exit code and what was printed,
by a command that reads, a command that writes, and the editor; and under "" the peak of memory in megabytes.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
from pathlib import Path

from sheetcrm.cli.program import run
from sheetcrm.errors import SheetcrmError
from sheetcrm.text import say
from sheetcrm.workbook.xlsx import Patch


def asked(*words: str) -> tuple[int, str]:
    """The exit code of a command, and all that it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        code = int(run(list(words)))
    return code, printed.getvalue()


def edited(book: Path) -> tuple[int, str]:
    """The same for the editor."""
    try:
        with Patch(book) as patch:
            title = patch.sheet_names[0]
            patch.set(title, "E3", "written")
            patch.append(title, {"A": "x"})
            patch.save(book.with_name(f"{book.stem} copy.xlsx"))
    except SheetcrmError as stop:
        return int(stop.exit_code), say(stop.message, "en")
    return 0, ""


def main(folder: Path, memory: int) -> None:
    """Open them all."""
    resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))
    said: dict[str, object] = {}
    for book in sorted(folder.glob("*.xlsx")):
        said[book.name] = {
            "validate": asked("validate", str(book)),
            "update": asked("update", str(book)),
            "edit": edited(book),
        }
    said[""] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
