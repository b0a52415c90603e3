"""LibreOffice as a calculator: it opens a copy of a book out of everybody's way, and saves what it makes of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sheetcrm.errors import CannotWriteError, UsageError
from sheetcrm.text import Message, msg

Calculate = Callable[[bytes], bytes]
"""Gives a book back as LibreOffice saves it: formulas that had no value have one."""

PATIENCE = 600.0
"""Seconds that LibreOffice is given for one book."""

_NAMES = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
)
# Its own profile, in which no macro runs, no link is followed, and whatever asks for the network meets a closed door.
_SETTINGS = (
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def calculator() -> Calculate:
    """The LibreOffice of this computer.

    Raises:
        UsageError: If there is none.
    """
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise UsageError(
            msg("--recalculate needs LibreOffice, and there is none on this computer; nothing was written."),
            msg("Install it, or leave --recalculate out: formulas are calculated when the book is opened."),
        )
    return partial(calculated, program)


def calculated(program: str, data: bytes, patience: float = PATIENCE) -> bytes:
    """A book as that LibreOffice calculates and saves it.

    Args:
        program: The path of `soffice`.
        data: The book; the file itself is not touched.
        patience: Seconds it is given.

    Raises:
        CannotWriteError: If it does not come to an end, or makes no book.
    """
    try:
        # What it leaves open for a moment longer must not stop us.
        with TemporaryDirectory(prefix="sheetcrm-", ignore_cleanup_errors=True) as folder:
            return _converted(program, Path(folder), data, patience)
    except subprocess.TimeoutExpired:
        raise _failed(msg("LibreOffice did not finish within {n} seconds.", n=round(patience))) from None
    except OSError:
        raise _failed(msg("LibreOffice could not calculate the book.")) from None


def _converted(program: str, folder: Path, data: bytes, patience: float) -> bytes:
    profile, made = folder / "profile", folder / "made"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(), "utf-8")
    book = folder / "book.xlsx"
    book.write_bytes(data)
    own = f"-env:UserInstallation={profile.as_uri()}"
    quiet = ("--headless", "--norestore", "--nolockcheck")
    _run([program, own, *quiet, "--convert-to", "xlsx", "--outdir", str(made), str(book)], folder, patience)
    return (made / book.name).read_bytes()


def _run(command: Sequence[str], folder: Path, patience: float) -> None:
    """Run it to its end, or end it with all that it started."""
    none = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, stdin=none, stdout=none, stderr=none, start_new_session=True) as process:
        try:
            process.wait(patience)
        except BaseException:
            _end(process)
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process; `soffice` is a mere starter, and what it started must not live on."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    head = '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{items}</oor:items>'


def _failed(what: Message) -> CannotWriteError:
    return CannotWriteError(
        msg("{what} Nothing was written.", what=what),
        msg("Leave --recalculate out: formulas are calculated when the book is opened."),
    )
