"""`update` on a Google Sheet: filter views and their links on Start, and nothing at all where nothing is new."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from sheetcrm.app.founding import Wish, init
from sheetcrm.app.updating import update
from sheetcrm.schema.tables import recognise
from sheetcrm.table import Change
from sheetcrm.text import Lang
from sheetcrm.workbook import Address
from sheetcrm.workbook.google import GoogleWorkbook
from tests.google.inside import Inside
from tests.google.local import Json, Local

NOW = datetime(2026, 11, 20, 9, 30)


class Shore:
    """A small firm in a Google Sheet of this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, lang: Lang) -> None:
        self.client = Inside(Local().book(locale="ru_RU" if lang == "ru" else "en_US"))
        self.address = f"gsheet:{self.client.book.id}"
        monkeypatch.setattr("sheetcrm.app.opening.open_workbook", lambda *_: self.workbook())
        init(Address(self.address), Wish(lang, lang, "", demo=False, clean=False, as_of=NOW.date()), NOW, dry_run=False)
        managers = ({"name": name} for name in ("Анна", "Boris", "=1+1"))
        clients = ({"name": "Ромашка", "manager": "Анна"}, {"name": "Daisy", "manager": "Boris"})
        self.change(
            *(Change("managers", None, None, None, record) for record in managers),
            *(Change("companies", None, None, None, record) for record in clients),
        )

    def workbook(self) -> GoogleWorkbook:
        return GoogleWorkbook(self.address, self.client, recognise)

    def update(self, minutes: int = 0) -> list[Json]:
        """Run `update`; the requests of its only batch, its mark left out."""
        before = len(self.client.batches)
        update(Address(self.address), NOW + timedelta(minutes=minutes), dry_run=False)
        (batch,) = self.client.batches[before:]
        return [request for request in batch if not any("DeveloperMetadata" in kind for kind in request)]

    def change(self, *changes: Change) -> None:
        workbook = self.workbook()
        workbook.write(changes, (), workbook.read().revision)

    def views(self) -> dict[str, str]:
        """The titles of all views, and where a link must lead to reach them."""
        sheets = self.client.book.get(fields="sheets(properties.sheetId,filterViews)")["sheets"]
        return {
            view["title"]: f"#gid={sheet['properties'].get('sheetId', 0)}&fvid={view['filterViewId']}"
            for sheet in sheets
            for view in sheet.get("filterViews", [])
        }

    def links(self) -> dict[str, str]:
        """The texts on Start that lead to a view, and where they lead."""
        start = self.client.book.sheet(
            ranges="A1:A99", fields="sheets.data.rowData.values(formattedValue,userEnteredFormat)"
        )
        data = start["data"][0]["rowData"]
        cells = [cell for row in data for cell in row.get("values", [])]
        found = {
            cell["formattedValue"]: cell["userEnteredFormat"]["textFormat"]["link"]["uri"]
            for cell in cells
            if "link" in cell.get("userEnteredFormat", {}).get("textFormat", {}) and "formattedValue" in cell
        }
        return {text: link for text, link in found.items() if "fvid" in link}


def test_start_leads_to_every_view_and_a_second_update_writes_only_its_line_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shore = Shore(monkeypatch, "en")
    shore.update()
    assert len(shore.views()) == 4
    assert shore.links() == shore.views()
    (request,) = shore.update(minutes=5)
    ((cell,),) = [row["values"] for row in request["updateCells"]["rows"]]
    assert cell["userEnteredValue"]["stringValue"].endswith("09:35")


def test_a_renamed_manager_has_a_renamed_view_and_line_and_the_others_keep_theirs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shore = Shore(monkeypatch, "ru")
    shore.update()
    before = shore.links()
    managers = shore.workbook().read().by_name["managers"]
    row, name = managers.numbers[0], str(managers.cells("name")[0])
    shore.change(Change("managers", None, "name", name, "Новая Фамилия", row))
    shore.update()
    after = shore.links()
    assert after == shore.views()
    assert {text for text in before if text not in after} == {text for text in before if text.endswith(name)}
    (new,) = (text for text in after if text not in before)
    assert new.endswith("— Новая Фамилия")
    assert list(before).index(next(text for text in before if text.endswith(name))) == list(after).index(new)
    assert before.items() - after.items() == {(text, link) for text, link in before.items() if text.endswith(name)}
