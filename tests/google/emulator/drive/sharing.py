"""Who may do what with a file, and what people say about it."""

from __future__ import annotations

import secrets

from tests.google.emulator.call import Call
from tests.google.emulator.drive.files import page_of
from tests.google.emulator.errors import ApiError, Json, invalid
from tests.google.emulator.store import account_id

_SHORT = ("id", "type", "kind", "role")
_ROLES = {"owner", "organizer", "fileOrganizer", "writer", "commenter", "reader"}


def _told(call: Call, permission: Json) -> Json:
    named = call.mask or "fields" in call.query
    return permission if named else {name: permission[name] for name in _SHORT}


def _named(call: Call, role: str = "reader") -> tuple[Json, Json]:
    file = call.store.file(call.path["fileId"], call.caller, role)
    for permission in file["permissions"]:
        if permission["id"] == call.path["permissionId"]:
            return file, permission
    raise ApiError(404, f"Permission not found: {call.path['permissionId']}.", reason="notFound")


def listed(call: Call) -> Json:
    file = call.store.file(call.path["fileId"], call.caller)
    start, size = page_of(call)
    page = [_told(call, permission) for permission in file["permissions"][start : start + size]]
    answer: Json = {"kind": "drive#permissionList", "permissions": page}
    return answer | ({"nextPageToken": str(start + size)} if start + size < len(file["permissions"]) else {})


def get(call: Call) -> Json:
    return _told(call, _named(call)[1])


def create(call: Call) -> Json:
    file = call.store.file(call.path["fileId"], call.caller, "writer")
    asked = call.body
    kind, role = asked.get("type", ""), asked.get("role", "")
    if kind not in {"user", "group", "domain", "anyone"} or role not in _ROLES:
        raise invalid("The permission type and role fields are required.")
    permission: Json = {"kind": "drive#permission", "id": _id(asked), "type": kind, "role": role}
    permission |= {name: asked[name] for name in ("emailAddress", "domain", "allowFileDiscovery") if name in asked}
    if kind in {"user", "group"}:
        if "@" not in permission.get("emailAddress", ""):
            raise invalid("The specified emailAddress is invalid or not applicable for the given permission type.")
        permission |= {"displayName": permission["emailAddress"], "deleted": False, "pendingOwner": False}
    if any(one["id"] == permission["id"] and one["role"] == "owner" for one in file["permissions"]) and role == "owner":
        return _told(call, permission)
    others = [one for one in file["permissions"] if one["id"] != permission["id"]]
    file["permissions"] = [*others, permission]
    if role == "owner":
        _hand_over(call, file, permission)
    call.store.save(file["id"])
    return _told(call, permission)


def _id(asked: Json) -> str:
    if asked["type"] == "anyone":
        return "anyoneWithLink" if not asked.get("allowFileDiscovery") else "anyone"
    return account_id(asked.get("emailAddress") or asked.get("domain") or "")


def _hand_over(call: Call, file: Json, permission: Json) -> None:
    """Make it the owner's; who owned the file may write from now on."""
    if not call.query.get("transferOwnership"):
        message = "The transferOwnership parameter must be enabled when the permission role is 'owner'."
        raise ApiError(403, message, reason="forbidden")
    for other in file["permissions"]:
        if other["role"] == "owner" and other is not permission:
            other["role"] = "writer"
    permission |= {"role": "owner", "pendingOwner": False}


def update(call: Call) -> Json:
    file, permission = _named(call, "writer")
    asked = call.body
    if asked.get("role") == "owner":
        _hand_over(call, file, permission)
    permission |= {name: asked[name] for name in ("role", "pendingOwner") if name in asked}
    call.store.save(file["id"])
    return _told(call, permission)


def delete(call: Call) -> None:
    file, permission = _named(call, "reader" if call.path["permissionId"] == account_id(call.caller) else "writer")
    if permission["role"] == "owner":
        raise ApiError(403, "The owner of a file cannot be removed.", reason="cannotRemoveOwner")
    file["permissions"].remove(permission)
    call.store.save(file["id"])


def comments(call: Call) -> Json:
    file = call.store.file(call.path["fileId"], call.caller)
    return {"kind": "drive#commentList", "comments": call.store.comments.get(file["id"], [])}


def comment(call: Call) -> Json:
    file = call.store.file(call.path["fileId"], call.caller, "commenter")
    if "content" not in call.body:
        raise invalid("The comment's content is required.")
    kept = {
        "kind": "drive#comment",
        "id": secrets.token_urlsafe(8),
        "createdTime": call.store.clock.stamp(),
        **call.body,
    }
    call.store.comments.setdefault(file["id"], []).append(kept)
    call.store.save(file["id"])
    return kept
