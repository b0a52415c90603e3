"""google-api-python-client with Google's discovery documents, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from google.api_core.client_options import ClientOptions
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from tests.google.local import Served


def somebody() -> Credentials:
    return Credentials(token="x")


@pytest.fixture
def sheets(served: Served) -> Iterator[Any]:
    options = ClientOptions(api_endpoint=served.url)
    with build("sheets", "v4", credentials=somebody(), client_options=options) as service:
        yield service.spreadsheets()


@pytest.fixture
def drive(served: Served) -> Iterator[Any]:
    options = ClientOptions(api_endpoint=f"{served.url}/drive/v3/")
    with build("drive", "v3", credentials=somebody(), client_options=options) as service:
        yield service.files()


def test_a_book_from_its_making_to_its_deletion(sheets: Any, drive: Any) -> None:
    body = {"properties": {"title": "Клиенты", "locale": "ru_RU", "timeZone": "Europe/Moscow"}}
    book = sheets.create(body=body).execute()["spreadsheetId"]
    values = sheets.values()
    where = {"spreadsheetId": book, "range": "Sheet1!A1:B1", "valueInputOption": "RAW"}
    values.update(**where, body={"values": [["ООО «Ромашка»", 1.5]]}).execute()
    assert values.get(spreadsheetId=book, range="A1:B1").execute()["values"] == [["ООО «Ромашка»", "1,5"]]
    request = {"updateSheetProperties": {"properties": {"title": "Компании"}, "fields": "title"}}
    sheets.batchUpdate(spreadsheetId=book, body={"requests": [request]}).execute()
    told = sheets.get(spreadsheetId=book, fields="sheets.properties.title").execute()
    assert told == {"sheets": [{"properties": {"title": "Компании"}}]}
    assert drive.export(fileId=book, mimeType="text/csv").execute() == 'ООО «Ромашка»,"1,5"'.encode()
    drive.delete(fileId=book).execute()
    with pytest.raises(HttpError, match="Requested entity was not found"):
        sheets.get(spreadsheetId=book).execute()
