"""Which method of which service a request is for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from tests.google.emulator import discovery, spreadsheets
from tests.google.emulator.call import Call
from tests.google.emulator.discovery import Document
from tests.google.emulator.drive import content, files, sharing
from tests.google.emulator.values import append, clear, read, write

_READS_BY_POST = ("getByDataFilter", "batchGetByDataFilter", "search")


@dataclass(frozen=True)
class Route:
    """A method of a service: how it is reached, and who answers."""

    api: str
    method: str
    pattern: re.Pattern[str]
    handler: Callable[[Call], Any]
    root: str = ""

    @property
    def service(self) -> str:
        return self.api.partition(".")[0]

    @property
    def document(self) -> Document:
        return discovery.sheets() if self.service == "sheets" else discovery.drive()

    @property
    def kind(self) -> str:
        """read or write, as Sheets' quotas count, or drive."""
        if self.service == "drive":
            return "drive"
        return "read" if self.method == "GET" or self.api.endswith(_READS_BY_POST) else "write"

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """The parameters in the path, if the request is for this method."""
        found = self.pattern.fullmatch(path) if method == self.method else None
        return {name: unquote(text) for name, text in found.groupdict().items()} if found else None


def _route(api: str, method: str, path: str, handler: Callable[[Call], Any], root: str = "") -> Route:
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/:]+)", path.replace("{range}", "(?P<range>[^/]+?)"))
    return Route(api, method, re.compile(pattern), handler, root)


_BOOK = "/v4/spreadsheets/{spreadsheetId}"
_VALUES = f"{_BOOK}/values"
_FILES = "/drive/v3/files"
_FILE = f"{_FILES}/{{fileId}}"
_SHARED = f"{_FILE}/permissions"

ROUTES = (
    _route("sheets.spreadsheets.create", "POST", "/v4/spreadsheets", spreadsheets.create, "spreadsheet"),
    _route("sheets.spreadsheets.get", "GET", _BOOK, spreadsheets.get),
    _route("sheets.spreadsheets.getByDataFilter", "POST", f"{_BOOK}:getByDataFilter", spreadsheets.get_by_data_filter),
    _route("sheets.spreadsheets.batchUpdate", "POST", f"{_BOOK}:batchUpdate", spreadsheets.batch_update),
    _route("sheets.spreadsheets.sheets.copyTo", "POST", f"{_BOOK}/sheets/{{sheetId}}:copyTo", spreadsheets.copy_to),
    _route(
        "sheets.spreadsheets.developerMetadata.get",
        "GET",
        f"{_BOOK}/developerMetadata/{{metadataId}}",
        spreadsheets.metadata_get,
    ),
    _route(
        "sheets.spreadsheets.developerMetadata.search",
        "POST",
        f"{_BOOK}/developerMetadata:search",
        spreadsheets.metadata_search,
    ),
    _route("sheets.spreadsheets.values.batchGet", "GET", f"{_VALUES}:batchGet", read.batch_get),
    _route(
        "sheets.spreadsheets.values.batchGetByDataFilter",
        "POST",
        f"{_VALUES}:batchGetByDataFilter",
        read.batch_get_by_data_filter,
    ),
    _route("sheets.spreadsheets.values.batchUpdate", "POST", f"{_VALUES}:batchUpdate", write.batch_update),
    _route(
        "sheets.spreadsheets.values.batchUpdateByDataFilter",
        "POST",
        f"{_VALUES}:batchUpdateByDataFilter",
        write.batch_update_by_data_filter,
    ),
    _route("sheets.spreadsheets.values.batchClear", "POST", f"{_VALUES}:batchClear", clear.batch_clear),
    _route(
        "sheets.spreadsheets.values.batchClearByDataFilter",
        "POST",
        f"{_VALUES}:batchClearByDataFilter",
        clear.batch_clear_by_data_filter,
    ),
    _route("sheets.spreadsheets.values.append", "POST", f"{_VALUES}/{{range}}:append", append.append, "data"),
    _route("sheets.spreadsheets.values.clear", "POST", f"{_VALUES}/{{range}}:clear", clear.clear),
    _route("sheets.spreadsheets.values.get", "GET", f"{_VALUES}/{{range}}", read.get),
    _route("sheets.spreadsheets.values.update", "PUT", f"{_VALUES}/{{range}}", write.update, "data"),
    _route("drive.about.get", "GET", "/drive/v3/about", files.about),
    _route("drive.files.list", "GET", _FILES, files.listed),
    _route("drive.files.create", "POST", _FILES, files.create),
    _route("drive.files.get", "GET", _FILE, files.get),
    _route("drive.files.update", "PATCH", _FILE, files.update),
    _route("drive.files.delete", "DELETE", _FILE, files.delete),
    _route("drive.files.copy", "POST", f"{_FILE}/copy", files.copy),
    _route("drive.files.export", "GET", f"{_FILE}/export", content.export),
    _route("drive.permissions.list", "GET", _SHARED, sharing.listed),
    _route("drive.permissions.create", "POST", _SHARED, sharing.create),
    _route("drive.permissions.get", "GET", f"{_SHARED}/{{permissionId}}", sharing.get),
    _route("drive.permissions.update", "PATCH", f"{_SHARED}/{{permissionId}}", sharing.update),
    _route("drive.permissions.delete", "DELETE", f"{_SHARED}/{{permissionId}}", sharing.delete),
    _route("drive.comments.list", "GET", f"{_FILE}/comments", sharing.comments),
    _route("drive.comments.create", "POST", f"{_FILE}/comments", sharing.comment),
    # Version 2, whose upload gspread's import_csv still uses, is checked by no document.
    _route("drive.v2.upload", "PUT", "/upload/drive/v2/files/{fileId}", content.import_csv),
)


def find(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """The method that a request is for, and the parameters in its path."""
    for route in ROUTES:
        parameters = route.match(method, path)
        if parameters is not None:
            return route, parameters
    return None
