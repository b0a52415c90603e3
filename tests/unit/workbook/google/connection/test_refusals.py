"""Each refusal is one sentence and a way out, in words that the person at the keyboard can act on."""

import re

import pytest

from sheetcrm.errors import AccessError, CannotReadError, CannotWriteError, NetworkError, SheetcrmError
from sheetcrm.text import say
from sheetcrm.workbook.google.connection.call import Call
from sheetcrm.workbook.google.connection.refusals import maybe_applied, stop
from sheetcrm.workbook.google.connection.trouble import NO_TOKEN, Trouble, What
from sheetcrm.workbook.google.connection.who import Kind, Source, Who
from tests.unit.workbook.google.connection.wire import PERSON, ROBOT

READ, WRITE = Call(False, "1AbC"), Call(True, "1AbC")
GCLOUD = Who(Kind.PERSON, Source.ENVIRONMENT)
MACHINE = Who(Kind.OTHER, Source.ENVIRONMENT)


def refused(status: int, words: str = "", reason: str = "", **facts: str) -> Trouble:
    return Trouble(What.REFUSED, status, reason=reason, words=words, facts=facts)


def told(error: SheetcrmError) -> str:
    return f"{error} {say(error.hint, 'en') if error.hint else ''}"


@pytest.mark.parametrize(("call", "verb"), [(READ, "open"), (WRITE, "write to")])
def test_a_sheet_that_is_not_shared_with_the_service_account(call: Call, verb: str) -> None:
    error = stop(refused(403, "The caller does not have permission", "PERMISSION_DENIED"), call, ROBOT)
    assert told(error) == (
        f"Google does not let robot@local.iam.gserviceaccount.com {verb} this sheet. Open the sheet in the browser,"
        " press Share, and add robot@local.iam.gserviceaccount.com as an editor."
    )
    assert isinstance(error, AccessError)


@pytest.mark.parametrize("who", [PERSON, MACHINE])
def test_a_sheet_that_is_not_shared_with_the_person(who: Who) -> None:
    assert "Ask the owner" in told(stop(refused(403, "The caller does not have permission"), READ, who))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"consumer": "projects/123"}, "…"),
        ({}, "Google Sheets API has not been used in project 123 before or it is disabled."),
    ],
)
def test_an_api_that_is_not_switched_on(facts: dict[str, str], words: str) -> None:
    error = stop(refused(403, words, "SERVICE_DISABLED", **facts), READ, ROBOT)
    assert "is not switched on in the project 123" in told(error)
    assert "library/sheets.googleapis.com?project=123" in told(error)


def test_googles_own_tools_need_a_project() -> None:
    words = "The sheets.googleapis.com API requires a quota project, which is not set by default."
    assert "set-quota-project" in told(stop(refused(403, words, "SERVICE_DISABLED"), READ, GCLOUD))


@pytest.mark.parametrize(
    ("who", "way_out"),
    [
        (GCLOUD, "gcloud auth application-default login"),
        (PERSON, "sheetcrm auth login"),
        (MACHINE, "--credentials FILE"),
        (ROBOT, "Make another key"),
    ],
)
def test_credentials_for_something_else(who: Who, way_out: str) -> None:
    words = "Request had insufficient authentication scopes."
    error = stop(refused(403, words, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"), READ, who)
    assert "not good for Google Sheets" in told(error)
    assert way_out in told(error)


def test_a_project_of_somebody_elses() -> None:
    error = stop(refused(403, "…", "USER_PROJECT_DENIED", consumer="projects/9"), READ, GCLOUD)
    assert "the project 9" in told(error)


def test_a_sheet_that_is_not_there_is_named() -> None:
    error = stop(refused(404, "Requested entity was not found."), READ, ROBOT)
    assert isinstance(error, CannotReadError)
    assert "1AbC" in told(error)


def test_a_protection_in_the_way() -> None:
    words = "You are trying to edit a protected cell or object. Please contact the spreadsheet owner."
    error = stop(refused(400, words), WRITE, ROBOT)
    assert isinstance(error, CannotWriteError)
    assert "Protect sheets and ranges" in told(error)


@pytest.mark.parametrize(
    "words", ["This operation is not supported for this document", "The document must not be an Office file."]
)
def test_an_excel_file_in_google_drive(words: str) -> None:
    assert "Save as Google Sheets" in told(stop(refused(400, words), READ, ROBOT))


@pytest.mark.parametrize(("call", "kind"), [(READ, CannotReadError), (WRITE, CannotWriteError)])
def test_what_google_alone_can_explain_is_told_in_its_words(call: Call, kind: type[SheetcrmError]) -> None:
    error = stop(refused(400, "Unable to parse range:\n Nowhere!A1"), call, ROBOT)
    assert type(error) is kind
    assert "Google refuses: Unable to parse range: Nowhere!A1" in told(error)


def test_a_refusal_without_words_tells_its_number() -> None:
    assert told(stop(refused(413), WRITE, ROBOT)) == "Google refuses: 413 Nothing was written."


def test_out_of_quota_for_ever() -> None:
    error = stop(refused(429), READ, ROBOT)
    assert isinstance(error, NetworkError)
    assert "quota" in told(error)
    asked = stop(Trouble(What.REFUSED, 429, retry_after=3600), READ, ROBOT)
    assert "Google asks to wait 60 min" in told(asked)


@pytest.mark.parametrize(
    ("reason", "who", "way_out"),
    [
        ("invalid_grant", PERSON, "7 days"),
        ("invalid_grant", GCLOUD, "gcloud auth"),
        ("clock", ROBOT, "Set the clock"),
        ("key_gone", ROBOT, "Make another key"),
        ("account_gone", ROBOT, "Make another service account"),
        ("deleted_client", PERSON, "Desktop app"),
        ("invalid_scope", PERSON, "(invalid_scope)"),
        ("", ROBOT, "(?)"),
        (NO_TOKEN, ROBOT, "a page and no data"),
    ],
)
def test_a_token_that_is_not_renewed(reason: str, who: Who, way_out: str) -> None:
    assert way_out in told(stop(Trouble(What.NOT_RENEWED, reason=reason), READ, who))


def test_a_token_endpoint_in_trouble() -> None:
    assert isinstance(stop(Trouble(What.NOT_RENEWED, passing=True), READ, ROBOT), NetworkError)


@pytest.mark.parametrize("what", [what for what in What if what not in {What.REFUSED, What.NOT_RENEWED}])
def test_every_way_of_not_getting_through_has_its_sentence(what: What) -> None:
    error = stop(Trouble(what), READ, ROBOT)
    assert isinstance(error, NetworkError)
    assert error.hint
    assert not re.search(r"[{}]", told(error))


def test_an_uncertain_write_says_that_it_is_uncertain_and_what_to_do() -> None:
    assert "did not say whether" in told(maybe_applied())
    assert "Run the command again" in told(maybe_applied())
