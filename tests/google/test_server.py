"""The process: where it listens, what it keeps, how it speaks HTTP."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import requests

from tests.google.emulator.server import served as listening
from tests.google.emulator.service import Google
from tests.google.local import Book, Local, RefusedError, Served, serving

ANYONE = {"Authorization": "Bearer x"}


def test_the_state_outlives_the_process(tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        made = requests.post(f"{first.url}/v4/spreadsheets", json={"properties": {"title": "Клиенты"}}, headers=ANYONE)
        book = made.json()["spreadsheetId"]
        url = f"/v4/spreadsheets/{book}/values/A1"
        query = {"valueInputOption": "USER_ENTERED"}
        requests.put(f"{first.url}{url}", json={"values": [["=1+1", "👍"]]}, params=query, headers=ANYONE)
    assert sorted(path.name for path in tmp_path.iterdir()) == [book, f"{book}.json"]
    with serving(tmp_path) as second:
        told = requests.get(f"{second.url}{url}:B1", headers=ANYONE).json()
        assert told["values"] == [["2", "👍"]]
        found = requests.get(f"{second.url}/drive/v3/files", headers=ANYONE).json()
        assert [file["name"] for file in found["files"]] == ["Клиенты"]


def test_a_call_writes_only_the_tabs_that_it_changed(tmp_path: Path) -> None:
    local = Local(Google(tmp_path))
    book = local.book("Clients", "Deals")

    def files() -> set[str]:
        return {path.name for path in (tmp_path / book.id).iterdir()}

    before = files()
    book.write("Deals!A1", ["x"])
    assert sorted(name[0] for name in before ^ files()) == ["1", "1"]
    with pytest.raises(RefusedError):
        book.update({"updateCells": {"start": {}, "rows": [], "fields": "*"}}, {"deleteSheet": {"sheetId": 9}})
    again = Local(Google(tmp_path))
    assert Book(again, book.id).get(includeGridData=True) == book.get(includeGridData=True)
    local.call("DELETE", f"/drive/v3/files/{book.id}")
    assert list(tmp_path.iterdir()) == []


def test_it_listens_on_this_machine_only() -> None:
    server = listening(0)
    try:
        assert server.server_address[0] == "127.0.0.1"
    finally:
        server.server_close()


def test_a_connection_is_kept_and_content_is_zipped_both_ways(served: Served) -> None:
    with requests.Session() as session:
        session.headers.update(ANYONE)
        body = gzip.compress(json.dumps({"properties": {"title": "T"}}).encode())
        zipped = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
        made = session.post(f"{served.url}/v4/spreadsheets", data=body, headers=zipped)
        assert made.json()["properties"]["title"] == "T"
        assert made.headers["Content-Encoding"] == "gzip"
        assert made.raw.version == 11
        assert "close" not in made.headers.get("Connection", "").lower()


def test_print_can_be_plain_or_pretty(served: Served) -> None:
    url = f"{served.url}/drive/v3/files"
    assert requests.get(url, headers=ANYONE).text.startswith('{\n  "kind"')
    assert "\n" not in requests.get(url, params={"prettyPrint": "false"}, headers=ANYONE).text.rstrip("\n")


def test_a_defect_of_its_own_is_told_as_one(local: Local) -> None:
    book = local.book()
    del local.google.store.books[book.id].properties["locale"]
    with pytest.raises(RefusedError, match="The local Google is broken: KeyError") as refused:
        book.values("A1")
    assert refused.value.status == 500
