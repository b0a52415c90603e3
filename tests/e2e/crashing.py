"""Saves a book again and again, each time dying one step later; run as a program, since dying takes the process along.

`python -m tests.e2e.crashing BOOK FOLDER` copies the book into folders 0, 1, 2… and dies in each of them before the
first, second, third… call that touches the disk; prints the steps, one a line.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

SEAM: tuple[tuple[ModuleType, str], ...] = (
    (tempfile, "mkstemp"),
    (io, "open"),
    (os, "fdopen"),
    (os, "fsync"),
    (os, "chmod"),
    (os, "chown"),
    (os, "mkdir"),
    (os, "link"),
    (os, "replace"),
    (os, "unlink"),
    (shutil, "copystat"),
)
"""The calls by which a save touches the disk."""

Seen = Callable[[str, tuple[Any, ...]], None]


def watch(seen: Seen, replace: Callable[[ModuleType, str, object], None] = setattr) -> None:
    """Let somebody see every call of the seam before it is made.

    Args:
        seen: Told the call's name and its arguments; may raise, or end the process.
        replace: How a function is put in the place of another.
    """
    for module, name in SEAM:
        replace(module, name, _watched(name, getattr(module, name), seen))


def write(book: Path) -> None:
    """The save that is watched: two cells of a book."""
    from sheetcrm.workbook.xlsx import Patch

    with Patch(book) as patch:
        patch.set("Data", "E3", "written")
        patch.set("Data", "C4", 17)
        patch.save(book)


def _watched(name: str, call: Callable[..., Any], seen: Seen) -> Callable[..., Any]:
    def made(*args: Any, **options: Any) -> Any:
        seen(name, args)
        return call(*args, **options)

    return made


def _steps(book: Path) -> list[str]:
    """The names of the calls of one save."""
    steps: list[str] = []
    read, sent = os.pipe()
    if not (child := os.fork()):
        watch(lambda name, _: steps.append(name))
        write(book)
        os.write(sent, "\n".join(steps).encode())
        os._exit(0)
    os.waitpid(child, 0)
    return os.read(read, 1 << 16).decode().split("\n")


def _die_before(number: int, book: Path) -> None:
    """Save in a process that ends before a step; what was not yet synced is only half there."""
    left = number

    def seen(name: str, args: tuple[Any, ...]) -> None:
        nonlocal left
        if left == 0:
            if name == "fsync":
                os.ftruncate(args[0], os.fstat(args[0]).st_size // 2)
            os._exit(9)
        left -= 1

    if not (child := os.fork()):
        watch(seen)
        write(book)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def _copy(book: Path, folder: Path, number: int) -> Path:
    target = folder / str(number) / book.name
    target.parent.mkdir()
    shutil.copy(book, target)
    return target


def main(book: Path, folder: Path) -> None:
    """Die at every step."""
    steps = _steps(_copy(book, folder, -1))
    for number, _ in enumerate(steps):
        _die_before(number, _copy(book, folder, number))
    sys.stdout.write("\n".join(steps))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
