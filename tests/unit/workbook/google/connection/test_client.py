"""gspread's calls, with our patience: what is sent, how often, and what comes of it."""

from typing import Any

import pytest
from gspread.utils import ExportFormat
from requests import Response, exceptions

from sheetcrm.errors import AccessError, CannotReadError, NetworkError
from sheetcrm.workbook.google.connection.client import TIMEOUT
from sheetcrm.workbook.google.connection.refusals import MaybeAppliedError
from tests.unit.workbook.google.connection.wire import (
    PAGE,
    REFRESH,
    TOKEN,
    Script,
    Timing,
    Told,
    answer,
    client,
    refusal,
)

UPDATE = {"requests": [{"updateCells": {"fields": "*"}}]}
RENEWED = {"access_token": "ya29.SECOND", "expires_in": 3599, "token_type": "Bearer"}
DROPPED = exceptions.ConnectionError("Connection aborted.")


def cut_short() -> Response:
    return answer(200, b'{"spreadsheetId": "1Ab', Content_Type="application/json; charset=UTF-8")


def test_a_read_survives_whatever_passes(script: Script, timing: Timing) -> None:
    script.answers(refusal(503), DROPPED, answer(502, PAGE), cut_short(), exceptions.ReadTimeout("slow"))
    script.answers(answer(200, {"spreadsheetId": "1Ab"}))
    assert client(timing).fetch_sheet_metadata("1Ab") == {"spreadsheetId": "1Ab"}
    assert len(script.sent) == 6
    assert timing.sleeps == [1, 2, 4, 8, 16]


def test_a_read_is_given_up_after_six_tries_with_one_sentence(script: Script, timing: Timing) -> None:
    script.answers(*[refusal(503)] * 9)
    with pytest.raises(NetworkError, match="Google is in trouble just now \\(error 503\\)"):
        client(timing).values_batch_get("1Ab", ["A1"])
    assert len(script.sent) == 6


@pytest.mark.parametrize(
    "outcome",
    [refusal(503), refusal(500), answer(502, PAGE), answer(200, PAGE), cut_short(), DROPPED, exceptions.ReadTimeout()],
    ids=lambda outcome: type(outcome).__name__ if isinstance(outcome, Exception) else outcome.status_code,
)
def test_a_write_of_which_nobody_knows_is_sent_once(
    script: Script, timing: Timing, outcome: Response | Exception
) -> None:
    script.answers(outcome)
    with pytest.raises(MaybeAppliedError):
        client(timing).batch_update("1Ab", UPDATE)
    assert len(script.sent) == 1
    assert timing.sleeps == []


def test_a_write_out_of_quota_waits_as_long_as_google_asks_and_says_so(script: Script, timing: Timing) -> None:
    told = Told()
    script.answers(refusal(429), answer(429, {}, Retry_After="20"), answer(200, {"replies": []}))
    assert client(timing, told).batch_update("1Ab", UPDATE) == {"replies": []}
    assert timing.sleeps == [2.5, 20.5]
    assert told.lines == ["waiting for Google's quota, 3 s", "waiting for Google's quota, 21 s"]


def test_out_of_quota_for_ever_ends(script: Script, timing: Timing) -> None:
    script.answers(*[refusal(429)] * 9)
    with pytest.raises(NetworkError, match="quota is used up"):
        client(timing).batch_update("1Ab", UPDATE)
    assert len(script.sent) == 6
    assert timing.passed < 180


def test_waiting_for_an_hour_is_left_to_the_person(script: Script, timing: Timing) -> None:
    script.answers(answer(429, {}, Retry_After="3600"))
    with pytest.raises(NetworkError):
        client(timing).fetch_sheet_metadata("1Ab")
    assert timing.sleeps == []


def test_a_line_says_that_it_is_tried_again(script: Script, timing: Timing) -> None:
    told = Told()
    script.answers(refusal(503), answer())
    client(timing, told).fetch_sheet_metadata("1Ab")
    assert told.lines == ["Google does not answer, trying again in 1 s"]


def test_a_refusal_is_told_at_once(script: Script, timing: Timing) -> None:
    script.answers(refusal(404))
    with pytest.raises(CannotReadError, match="1Ab"):
        client(timing).fetch_sheet_metadata("1Ab")
    assert len(script.sent) == 1


def test_a_token_that_is_refused_is_renewed_once_and_the_write_goes_out_again(script: Script, timing: Timing) -> None:
    script.answers(refusal(401), answer(200, RENEWED), answer(200, {"replies": [{}]}))
    assert client(timing).batch_update("1Ab", UPDATE) == {"replies": [{}]}
    first, renewal, second = script.sent
    assert first.headers["authorization"] == f"Bearer {TOKEN}"
    assert renewal.url == "https://oauth2.googleapis.com/token"
    assert second.headers["authorization"] == "Bearer ya29.SECOND"


def test_a_token_that_is_refused_twice_is_given_up(script: Script, timing: Timing) -> None:
    script.answers(refusal(401), answer(200, RENEWED), refusal(401))
    with pytest.raises(AccessError, match="no longer honours"):
        client(timing).batch_update("1Ab", UPDATE)


def test_a_write_is_uncertain_after_its_renewal_too(script: Script, timing: Timing) -> None:
    script.answers(refusal(401), answer(200, RENEWED), refusal(503))
    with pytest.raises(MaybeAppliedError):
        client(timing).batch_update("1Ab", UPDATE)


def test_a_page_in_place_of_a_token_is_no_crash(script: Script, timing: Timing) -> None:
    script.answers(refusal(401), answer(200, PAGE))
    with pytest.raises(NetworkError, match="Something answered in Google's place"):
        client(timing).fetch_sheet_metadata("1Ab")


def test_a_write_that_found_no_token_was_never_sent(script: Script, timing: Timing) -> None:
    script.answers(refusal(401), DROPPED, answer(200, RENEWED), answer(200, {"replies": []}))
    assert client(timing).batch_update("1Ab", UPDATE) == {"replies": []}


def test_expired_access_is_told_with_the_seven_days(script: Script, timing: Timing) -> None:
    script.answers(refusal(401), answer(400, {"error": "invalid_grant", "error_description": f"{REFRESH} expired"}))
    with pytest.raises(AccessError, match="You are signed out of Google"):
        client(timing).fetch_sheet_metadata("1Ab")


def test_bodies_are_utf_8_and_short(script: Script, timing: Timing) -> None:
    script.answers(answer())
    client(timing).batch_update("1Ab", {"requests": [{"addSheet": {"properties": {"title": "Ёлка 🎄"}}}]})
    assert script.sent[0].body == '{"requests":[{"addSheet":{"properties":{"title":"Ёлка 🎄"}}}]}'.encode()
    assert script.sent[0].headers["Content-Type"] == "application/json; charset=UTF-8"


def test_compressed_answers_are_asked_for(script: Script, timing: Timing) -> None:
    script.answers(answer())
    client(timing).fetch_sheet_metadata("1Ab")
    assert script.sent[0].headers["Accept-Encoding"] == "gzip"
    assert script.sent[0].headers["User-Agent"].endswith("(gzip)")


def test_no_password_of_netrc_takes_the_tokens_place(
    script: Script, timing: Timing, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / "netrc").write_text("default login me password mine")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    script.answers(answer())
    client(timing).fetch_sheet_metadata("1Ab")
    assert script.sent[0].headers["authorization"] == f"Bearer {TOKEN}"


def test_what_is_no_json_comes_as_it_is(script: Script, timing: Timing) -> None:
    script.answers(answer(200, b"a,b\n", Content_Type="text/csv"))
    assert client(timing).export("1Ab", ExportFormat.CSV) == b"a,b\n"


def test_the_pace_is_kept(script: Script, timing: Timing) -> None:
    told = Told()
    script.answers(*[answer() for _ in range(61)])
    paced = client(timing, told)
    for _ in range(61):
        paced.fetch_sheet_metadata("1Ab")
    assert told.lines == ["waiting for Google's quota, 60 s"]


def test_no_call_waits_for_ever(script: Script, timing: Timing) -> None:
    assert client(timing).timeout == TIMEOUT == (10, 190)
