"""No token, key or Authorization header in a log, a message, a repr or a traceback."""

import json
import logging
import traceback
from pathlib import Path

import pytest
from requests import Response, exceptions

from sheetcrm.errors import SheetcrmError
from sheetcrm.text import say
from sheetcrm.workbook.google.connection.endpoint import find_endpoint
from sheetcrm.workbook.google.connection.oauth import login, logout
from tests.google.local import Served
from tests.unit.workbook.google.connection.test_oauth import DESKTOP, Browser
from tests.unit.workbook.google.connection.wire import (
    PAGE,
    REFRESH,
    SECRETS,
    Script,
    Timing,
    answer,
    client,
    key_file,
    refusal,
)

TELLTALE = {"error": "invalid_grant", "error_description": f"{REFRESH} of GOCSPX-SECRET", "refresh_token": REFRESH}


def shown(error: BaseException) -> str:
    """All that a traceback, a repr or a log of it could show."""
    return "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))


@pytest.mark.parametrize(
    "outcomes",
    [
        [refusal(403)],
        [refusal(404)],
        [refusal(401), answer(400, TELLTALE)],
        [refusal(401), answer(400, {"error": REFRESH})],
        [refusal(401), answer(200, PAGE)],
        [refusal(401), answer(200, {"refresh_token": REFRESH})],
        [exceptions.SSLError(f"Bearer {SECRETS[0]}")],
        [exceptions.ConnectionError(f"Bearer {SECRETS[0]}")],
    ],
)
def test_no_error_shows_a_secret(
    script: Script, timing: Timing, outcomes: list[Response | Exception], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    script.answers(*outcomes)
    asked = client(timing)
    with pytest.raises(SheetcrmError) as stopped:
        asked.batch_update("1AbC", {"requests": []})
    error = stopped.value
    # An exception of requests holds the whole call, its token too.
    assert error.__context__ is None
    texts = [shown(error), caplog.text, repr(asked), repr(vars(asked)), say(error.message, "ru")]
    assert not [secret for secret in SECRETS for text in texts if secret in text]


def test_signing_in_and_out_logs_no_secret(
    served: Served, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    endpoint, browser = find_endpoint(served.url, {}), Browser()
    desktop = key_file(tmp_path / "client.json", {"installed": DESKTOP})
    login(desktop, endpoint, lambda _: None, tmp_path, browse=browser.open)
    browser.threads[0].join()
    kept = json.loads((tmp_path / "emulator" / "token.json").read_text())
    logout(endpoint, tmp_path)
    told = "".join(record.getMessage() for record in caplog.records if record.threadName == "MainThread")
    secrets = [kept["refresh_token"], kept["client_secret"]]
    assert not [secret for secret in secrets for text in (told, *capfd.readouterr()) if secret in text]
