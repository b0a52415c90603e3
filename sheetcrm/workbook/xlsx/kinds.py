"""What a file is that should be a workbook: every other kind is refused by name."""

from __future__ import annotations

import difflib
import os
import stat
from pathlib import Path

from sheetcrm.errors import CannotReadError
from sheetcrm.text import Message, msg

SUFFIXES = (".xlsx", ".xlsm")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_HEAD = 4096


def bytes_of(path: Path) -> bytes:
    """The file's bytes, once it is known to be a zip.

    Raises:
        CannotReadError: If it is missing, a folder, not allowed, or another kind of file.
    """
    name = path.name
    try:
        mode = path.stat().st_mode
        # A pipe or a device would keep us waiting for ever.
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise CannotReadError(
                msg("{book} is a pipe or a device, not a file.", book=name),
                msg("Save the book as a file, and name that."),
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise _missing(path) from None
    except PermissionError:
        raise CannotReadError(
            msg("{book} may not be read: this account has no permission.", book=name),
            msg("Ask the owner of the file for access."),
        ) from None
    except OSError as error:
        if os.path.isdir(path):  # unlike `Path.is_dir`, it takes a name of any length
            raise CannotReadError(
                msg("{book} is a folder, not a workbook.", book=name or str(path)),
                msg("Name the .xlsx file itself."),
            ) from None
        raise CannotReadError(
            msg("{book} cannot be read: {reason}.", book=name, reason=error.strerror or str(error))
        ) from None
    if not data.startswith(_ZIP):
        raise _not_a_zip(name, data)
    return data


def damaged(book: str, why: Message) -> CannotReadError:
    """The refusal of a book that is broken inside."""
    return CannotReadError(
        msg("{book} is damaged: {why}.", book=book, why=why),
        msg("Open it in Excel or LibreOffice, let it repair the file, and save it anew; or take a backup."),
    )


def too_large(book: str, why: Message) -> CannotReadError:
    """The refusal of a book that would exhaust the memory."""
    return CannotReadError(
        msg("{book} is too large to be opened safely: {why}.", book=book, why=why),
        msg("A client base never needs that much; ask for a fresh copy, or save the needed tabs as a new book."),
    )


def not_a_workbook(book: str, parts: set[str], mimetype: bytes) -> CannotReadError:
    """The refusal of a zip that holds no .xlsx workbook, by what it holds instead."""
    if "opendocument" in mimetype.decode("latin-1"):
        return _convert(book, msg("an OpenDocument file (.ods)"))
    if any(part.endswith("workbook.bin") for part in parts):
        return _convert(book, msg("a binary workbook (.xlsb)"))
    if any(part.startswith("word/") for part in parts):
        return _convert(book, msg("a Word document"))
    return CannotReadError(
        msg("{book} is a zip archive without a workbook in it.", book=book),
        msg("Name the .xlsx file itself; an archive has to be unpacked first."),
    )


def _missing(path: Path) -> CannotReadError:
    message = msg("There is no file {book}.", book=str(path))
    folder = path.parent
    if not os.path.isdir(folder):
        return CannotReadError(message, msg("The folder {folder} does not exist either.", folder=str(folder)))
    books = _books(folder)
    near = difflib.get_close_matches(path.name, books, 3, 0.5)
    if near:
        return CannotReadError(message, msg("Did you mean {names}?", names=near))
    if books:
        return CannotReadError(message, msg("The folder holds {names}.", names=books[:5]))
    return CannotReadError(message, msg("Make one with: sheetcrm init {book}", book=path.name))


def _books(folder: Path) -> list[str]:
    """The names of the books in the folder; none where nobody lets us look."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [name for name in names if name.lower().endswith(SUFFIXES) and not name.startswith("~$")]


def _not_a_zip(book: str, data: bytes) -> CannotReadError:
    if not data:
        return CannotReadError(
            msg("{book} is empty: the file has no content at all.", book=book),
            msg("Take a backup, or copy the file again."),
        )
    if data.startswith(_OLE):
        return _ole(book, data)
    if data.startswith(b"PK"):
        return damaged(book, msg("it is cut short, or its list of contents is broken"))
    head = data[:_HEAD]
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _convert(book, msg("a web page or XML under the name of a workbook"))
    if b"\x00" not in head:
        return _convert(book, msg("a text file, such as .csv"))
    return CannotReadError(
        msg("{book} is not an .xlsx workbook.", book=book), msg("Open it where it was made and save it as .xlsx.")
    )


def _ole(book: str, data: bytes) -> CannotReadError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return CannotReadError(
            msg("{book} is protected with a password.", book=book),
            msg("Open it, save it without a password, and try again."),
        )
    return _convert(book, msg("an old Excel file (.xls)"))


def _convert(book: str, kind: Message) -> CannotReadError:
    return CannotReadError(
        msg("{book} is {kind}, not an .xlsx workbook.", book=book, kind=kind),
        msg("Open it in Excel or LibreOffice and save it as .xlsx."),
    )
