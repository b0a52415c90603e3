"""Who may change what is protected, where a test made Google strict: the owner, and the editors that a range names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.google.emulator.errors import ApiError, Json, invalid

if TYPE_CHECKING:
    from tests.google.emulator.book import Book, Sheet


def may_edit(protected: Json, caller: str, owner: str) -> bool:
    """Whether the caller may change the protected range; a mere warning stops no program."""
    if protected.get("warningOnly") or caller.casefold() == owner.casefold():
        return True
    editors = protected.get("editors", {})
    if editors.get("domainUsersCanEdit") and caller.partition("@")[2] == owner.partition("@")[2]:
        return True
    return caller.casefold() in {user.casefold() for user in editors.get("users", [])}


def lock(book: Book, caller: str, owner: str) -> None:
    """Keep the caller from the ranges that are closed to him, for the edit that he begins."""
    for sheet in book.sheets:
        ranges = sheet.parts.get("protectedRanges", [])
        closed = [one["protectedRangeId"] for one in ranges if not may_edit(one, caller, owner)]
        sheet.closed = frozenset(closed)


def told(protected: Json, caller: str, owner: str) -> Json:
    """The protected range as that caller is told of it: who may not change it does not learn who may."""
    if may_edit(protected, caller, owner):
        return protected | {"requestingUserCanEdit": True}
    return {name: part for name, part in protected.items() if name not in {"editors", "requestingUserCanEdit"}}


def check_lines(sheet: Sheet, rows: bool, first: int, last: int) -> None:
    """Refuse to touch whole rows or columns where some of their cells are closed.

    Raises:
        ApiError: 400, in Google's words.
    """
    start, end = ("startRowIndex", "endRowIndex") if rows else ("startColumnIndex", "endColumnIndex")
    for one in _closed(sheet):
        where = one.get("range", {})
        if where.get(start, 0) < last and (end not in where or where[end] > first):
            raise refused()


def check_cell(sheet: Sheet, row: int, column: int) -> None:
    """Refuse to touch a closed cell.

    Raises:
        ApiError: 400, in Google's words.
    """
    for one in _closed(sheet):
        free = any(_holds(hole, row, column) for hole in one.get("unprotectedRanges", []))
        if _holds(one.get("range", {}), row, column) and not free:
            raise refused()


def check_sheet(sheet: Sheet) -> None:
    """Refuse to delete a tab that holds something closed.

    Raises:
        ApiError: 400, in Google's words.
    """
    if sheet.closed:
        raise refused()


def _closed(sheet: Sheet) -> list[Json]:
    return [one for one in sheet.parts.get("protectedRanges", []) if one["protectedRangeId"] in sheet.closed]


def _holds(grid: Json, row: int, column: int) -> bool:
    rows = grid.get("startRowIndex", 0) <= row and ("endRowIndex" not in grid or row < grid["endRowIndex"])
    columns = grid.get("startColumnIndex", 0) <= column
    return rows and columns and ("endColumnIndex" not in grid or column < grid["endColumnIndex"])


def refused() -> ApiError:
    """400: it is protected."""
    return invalid(
        "You are trying to edit a protected cell or object. "
        "Please contact the spreadsheet owner to remove protection if you need to edit."
    )
