import pytest

from sheetcrm.errors import UsageError
from sheetcrm.workbook import Address
from sheetcrm.workbook.google.address import spreadsheet_id, tab_url

ID = "1HIOC2vUCy99s4nbHA4WJS8hPay_mezBhdMs41Vc4uNs"


@pytest.mark.parametrize(
    "text",
    [
        f"gsheet:{ID}",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0",
        f"https://docs.google.com/spreadsheets/d/{ID}",
        f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit?usp=sharing",
        f"docs.google.com/spreadsheets/d/{ID}/",
        f"GSheet:{ID}",
        f" gsheet:{ID} ",
        f"HTTPS://DOCS.google.com/spreadsheets/d/{ID}/edit",
        f"https://docs.google.com/a/firm.example/spreadsheets/d/{ID}/edit",
        f"gsheet:https://docs.google.com/spreadsheets/d/{ID}/edit",
    ],
)
def test_the_id_is_found_in_what_people_copy(text: str) -> None:
    assert not Address(text).is_file
    assert spreadsheet_id(text) == ID


@pytest.mark.parametrize(
    "text",
    [
        "gsheet:",
        "gsheet:a b",
        "https://docs.google.com/document/d/1abcdefgh/edit",
        "https://docs.google.com/spreadsheets/d/e/2PACX-1vQ/pubhtml",
        "gsheet:../../etc",
        "https://drive.google.com/file/d/1abcdefgh/view",
    ],
)
def test_what_is_no_sheets_address_is_named(text: str) -> None:
    with pytest.raises(UsageError, match="is no Google Sheet's address"):
        spreadsheet_id(text)


def test_a_tab_opens_in_the_browser() -> None:
    assert tab_url(ID, 7) == f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=7"
