"""Whether the book is open in Excel or LibreOffice, and who has it: their lock files stand beside it."""

from __future__ import annotations

from pathlib import Path

from sheetcrm.errors import BusyError
from sheetcrm.text import msg

_OWNER_BYTES = 54


def check_unlocked(path: Path) -> None:
    """Do nothing if nobody has the book open.

    Raises:
        BusyError: If an office lock file stands beside it.
    """
    for lock, holder in (
        (path.with_name(f"~${path.name}"), _excel_holder),
        (path.with_name(f".~lock.{path.name}#"), _libreoffice_holder),
    ):
        try:
            content = lock.read_bytes()
        except FileNotFoundError:
            continue
        except OSError:
            # Excel keeps its lock file locked on Windows: it stands, and that is the answer.
            content = b""
        raise _busy(path, lock, holder(content))


def _busy(path: Path, lock: Path, holder: str) -> BusyError:
    hint = msg("Close it there and try again; if nobody has it open, delete the file {lock}.", lock=lock.name)
    if holder:
        return BusyError(msg("{book} is open in another program ({holder}).", book=path.name, holder=holder), hint)
    return BusyError(msg("{book} is open in another program.", book=path.name), hint)


def _excel_holder(content: bytes) -> str:
    """The user's name: a length in a byte, then the name in one-byte letters; and again in UTF-16 after byte 54."""
    count = int.from_bytes(content[_OWNER_BYTES + 1 : _OWNER_BYTES + 3], "little")
    wide = content[_OWNER_BYTES + 3 : _OWNER_BYTES + 3 + 2 * count].decode("utf-16-le", "ignore").strip("\0 ")
    if wide:
        return wide
    return content[1 : 1 + content[0]].decode("cp1251", "ignore").strip("\0 ") if content else ""


def _libreoffice_holder(content: bytes) -> str:
    """`name,account,host,date,profile;`: the name or the account, and the host."""
    fields = content.decode("utf-8", "replace").rstrip(";").split(",")
    person = next((field for field in fields[:2] if field.strip()), "")
    host = fields[2].strip() if len(fields) > 2 else ""
    return f"{person} · {host}" if person and host else person or host
