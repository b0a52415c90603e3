"""The controls under /_test/: how a test makes trouble, looks at the log, and starts afresh.

POST   /_test/faults   {"kind": "429", "path": ":batchUpdate", "times": 2, "retryAfter": 1}
POST   /_test/edits    {"spreadsheetId": …, "requests": […], "when": "before", "call": 2, "method": "POST"}
POST   /_test/quota    {"reads": 60, "writes": 60}
POST   /_test/policy   {"enforce_permissions": true, "enforce_scopes": true, "service_accounts_may_create": false}
POST   /_test/clock    {"advance": 60}
POST   /_test/reset    forgets everything
GET    /_test/log      counts and calls          DELETE /_test/log      empties it
GET    /_test/faults   those still to come       DELETE /_test/faults   calls them off, the edits too
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.google.emulator.errors import Json
from tests.google.emulator.faults import Quota, Trouble, edit_of, fault_of
from tests.google.emulator.store import Policy
from tests.google.emulator.tokens import Tokens

if TYPE_CHECKING:
    from tests.google.emulator.service import Google


def answer(google: Google, method: str, path: str, body: bytes) -> tuple[int, Json]:
    """Do what a test asks for."""
    name = f"{method} {path.removeprefix('/_test/')}"
    actions = {
        "POST faults": _add_fault,
        "GET faults": lambda google, _: google.trouble.told(),
        "DELETE faults": _calm,
        "POST edits": _add_edit,
        "POST quota": _set_quota,
        "POST policy": _set_policy,
        "POST clock": _advance,
        "POST reset": _reset,
        "GET log": lambda google, _: google.log.told(),
        "DELETE log": _clear_log,
    }
    if name not in actions:
        return 404, {"error": f"no such control: {name}"}
    try:
        asked = json.loads(body) if body.strip() else {}
        return 200, actions[name](google, asked)
    except (ValueError, TypeError) as wrong:
        return 400, {"error": str(wrong)}


def _add_fault(google: Google, asked: Json) -> Json:
    google.trouble.faults.append(fault_of(asked))
    return google.trouble.told()


def _add_edit(google: Google, asked: Json) -> Json:
    google.trouble.edits.append(edit_of(asked))
    return google.trouble.told()


def _calm(google: Google, _: Json) -> Json:
    google.trouble.faults.clear()
    google.trouble.edits.clear()
    google.wake()
    return google.trouble.told()


def _set_quota(google: Google, asked: Json) -> Json:
    google.trouble.quota = Quota(**asked)
    return asked


def _set_policy(google: Google, asked: Json) -> Json:
    google.store.policy = Policy(**{**asdict(google.store.policy), **asked})
    return asdict(google.store.policy)


def _advance(google: Google, asked: Json) -> Json:
    google.store.clock.ahead += timedelta(seconds=float(asked["advance"]))
    return {"now": google.store.clock.stamp()}


def _reset(google: Google, _: Json) -> Json:
    google.store.clear()
    google.tokens = Tokens()
    google.trouble = Trouble()
    google.log.clear()
    google.wake()
    return {}


def _clear_log(google: Google, _: Json) -> Json:
    google.log.clear()
    return {}
