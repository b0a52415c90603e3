"""Drive's files: told, found, made, copied, renamed, deleted."""

from __future__ import annotations

import copy as copying
import re
from typing import Any

from tests.google.emulator import defaults
from tests.google.emulator.book import Book
from tests.google.emulator.call import Call
from tests.google.emulator.errors import ApiError, Json, invalid, not_here
from tests.google.emulator.requests.sheets import add_sheet
from tests.google.emulator.store import FOLDER, ROOT, SPREADSHEET, account_id, new_id

_SHORT = ("kind", "id", "name", "mimeType")
_TERM = re.compile(
    r"""\s*(?:(?P<field>\w+)\s*(?P<sign>=|!=|contains|in)\s*(?P<value>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|true|false)"""
    r"""|(?P<member>'[^']*'|"[^"]*")\s+in\s+(?P<list>parents|owners|writers|readers))\s*(?:and\s+|$)"""
)


def told(call: Call, file: Json) -> Json:
    """The file as its caller sees it: short unless fields were named."""
    if not call.mask and "fields" not in call.query:
        return {name: file[name] for name in _SHORT}
    return full(call, file)


def full(call: Call, file: Json) -> Json:
    """All that is known of a file, for that caller."""
    store, permissions = call.store, file["permissions"]
    may_edit = store.allowed(file, call.caller, "writer")
    owners = [one for one in permissions if one["role"] == "owner"]
    return {
        **{name: part for name, part in file.items() if name != "content"},
        "owners": [user(one["emailAddress"], call.caller) for one in owners],
        "ownedByMe": any(one["emailAddress"] == call.caller for one in owners),
        "shared": len(permissions) > 1,
        "permissionIds": [one["id"] for one in permissions],
        "spaces": ["drive"],
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{file['id']}/edit?usp=drivesdk",
        "capabilities": {
            "canEdit": may_edit,
            "canCopy": True,
            "canDownload": True,
            "canShare": may_edit,
            "canRename": may_edit,
            "canDelete": store.allowed(file, call.caller, "owner"),
        },
    }


def user(email: str, caller: str) -> Json:
    """An account as Drive's User."""
    known = {"kind": "drive#user", "displayName": email, "emailAddress": email, "me": email == caller}
    return {**known, "permissionId": account_id(email)}


def about(call: Call) -> Json:
    if "fields" not in call.query:
        raise invalid("The 'fields' parameter is required for this method.")
    return {"kind": "drive#about", "user": user(call.caller, call.caller)}


def get(call: Call) -> Json:
    if call.path["fileId"] in {"root", ROOT}:
        root = {"kind": "drive#file", "id": ROOT, "name": "My Drive", "mimeType": FOLDER}
        return root | ({"trashed": False, "ownedByMe": True, "spaces": ["drive"]} if call.mask else {})
    file = call.store.file(call.path["fileId"], call.caller)
    if call.query.get("alt") == "media":
        message = "Only files with binary content can be downloaded. Use Export with Docs Editors files."
        raise ApiError(403, message, reason="fileNotDownloadable")
    return told(call, file)


def listed(call: Call) -> Json:
    """The files that the query finds, the youngest first unless told otherwise, page by page."""
    store = call.store
    seen = [file for file in store.files.values() if store.allowed(file, call.caller, "reader")]
    wanted = _terms(call.query.get("q", ""))
    matching = [file for file in seen if all(_meets(file, *term) for term in wanted)]
    ordered = _ordered(matching, call.query.get("orderBy", "modifiedTime desc"))
    start, size = page_of(call)
    page = ordered[start : start + size]
    answer: Json = {"kind": "drive#fileList", "incompleteSearch": False, "files": [told(call, file) for file in page]}
    return answer | ({"nextPageToken": str(start + size)} if start + size < len(ordered) else {})


def page_of(call: Call) -> tuple[int, int]:
    """Where the page that is asked for starts, and how long it may be."""
    token = call.query.get("pageToken") or "0"
    if not token.isdecimal():
        raise invalid("Invalid Value")
    return int(token), call.query.get("pageSize", 100)


def _terms(query: str) -> list[tuple[str, str, str]]:
    """A query's conditions as (field, sign, value); all must hold."""
    terms, at = [], 0
    while at < len(query):
        found = _TERM.match(query, at)
        if not found or found.end() == at:
            raise not_here(f"the file query {query}")
        value = found["value"] or found["member"]
        value = re.sub(r"\\(.)", r"\1", value[1:-1]) if value[0] in "'\"" else value
        terms.append((found["field"] or found["list"], found["sign"] or "in", value))
        at = found.end()
    return terms


def _meets(file: Json, name: str, sign: str, value: str) -> bool:
    if name == "trashed":
        return bool(file["trashed"]) == (value == "true") if sign == "=" else bool(file["trashed"]) != (value == "true")
    if name == "parents":
        return (ROOT if value == "root" else value) in file["parents"]
    if name in {"owners", "writers", "readers"}:
        return any(one["role"] == name[:-1] and one.get("emailAddress") == value for one in file["permissions"])
    if name not in {"name", "mimeType", "modifiedTime", "createdTime", "id"}:
        raise not_here(f"a file query by {name}")
    own = str(file[name])
    if sign == "contains":
        return own.casefold().startswith(value.casefold()) or f" {value}".casefold() in own.casefold()
    return (own == value) == (sign == "=")


def _ordered(files: list[Json], order: str) -> list[Json]:
    for key in reversed([part.strip() for part in order.split(",") if part.strip()]):
        name, _, down = key.partition(" ")
        if name not in {"name", "createdTime", "modifiedTime", "folder"}:
            raise not_here(f"files ordered by {name}")
        files = sorted(files, key=lambda file: _order_key(file, name), reverse=down == "desc")
    return files


def _order_key(file: Json, name: str) -> Any:
    return file["mimeType"] != FOLDER if name == "folder" else str(file[name]).casefold()


def create(call: Call) -> Json:
    kind = call.body.get("mimeType", "application/octet-stream")
    more = {
        name: call.body[name] for name in ("parents", "description", "properties", "appProperties") if name in call.body
    }
    if kind == SPREADSHEET:
        title = call.body.get("name", "Untitled")
        book = Book(new_id(), defaults.book_properties({"title": title}), [])
        add_sheet(book, {"sheetId": 0, "title": "Sheet1"})
        return told(call, call.store.add(book, call.caller, **more))
    if kind == FOLDER:
        return told(call, call.store.add_file(new_id(), call.body.get("name", "Untitled"), kind, call.caller, **more))
    raise not_here(f"a file of type {kind}")


def copy(call: Call) -> Json:
    """Copy a spreadsheet with its cells; permissions and comments stay behind."""
    file = call.store.file(call.path["fileId"], call.caller)
    if file["id"] not in call.store.books:
        raise ApiError(403, "This file cannot be copied by the user.", reason="cannotCopyFile")
    book = call.store.books[file["id"]].copied()
    book.id = new_id()
    book.properties["title"] = call.body.get("name") or f"Copy of {file['name']}"
    more = {"parents": copying.copy(call.body.get("parents", file["parents"]))}
    return told(call, call.store.add(book, call.caller, **more))


def update(call: Call) -> Json:
    """Rename, describe, trash or move a file; its content is not taken here."""
    file = call.store.file(call.path["fileId"], call.caller, "writer")
    known = {"name", "description", "trashed", "starred", "properties", "appProperties"}
    if call.body.keys() - known - {"mimeType"}:
        raise not_here(f"changing {', '.join(sorted(call.body.keys() - known))} of a file")
    file |= {name: part for name, part in call.body.items() if name in known}
    added, removed = (_folders(call.query.get(name, "")) for name in ("addParents", "removeParents"))
    file["parents"] = [parent for parent in file["parents"] if parent not in removed] + added
    if "name" in call.body and file["id"] in call.store.books:
        call.store.books[file["id"]].properties["title"] = call.body["name"]
    call.store.touch(file["id"])
    return told(call, file)


def _folders(listed: str) -> list[str]:
    return [ROOT if name == "root" else name for name in listed.split(",") if name]


def delete(call: Call) -> None:
    call.store.file(call.path["fileId"], call.caller, "owner")
    call.store.remove(call.path["fileId"])
