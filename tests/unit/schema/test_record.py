"""A record as an object: built where somebody asks for one, its values canonical."""

from datetime import date

import pytest
from pydantic import ValidationError

from sheetcrm.schema.clients import Company
from sheetcrm.schema.record import english, fields
from sheetcrm.schema.tables import SCHEMA
from tests.books import base_of

BASE = base_of(
    {
        "Companies": """
            Company ID | Name  | Stage | Phone            | Lost on
            C-000001   | Aurum | Buyer | 8 912 345-67-89  |
            C-000002   | Berg  | ?     | many             | 2026-11-01
        """
    }
)


def test_a_record_holds_what_its_cells_mean_and_nothing_where_they_mean_nothing() -> None:
    aurum, berg = BASE.records("companies")
    assert isinstance(aurum, Company)
    assert isinstance(berg, Company)
    assert (aurum.company_id, aurum.stage, aurum.phone) == ("C-000001", "buyer", "+79123456789")
    assert (berg.stage, berg.phone, berg.lost_on) == (None, None, date(2026, 11, 1))
    assert BASE.record("companies", 1) == berg


def test_a_record_is_not_changed() -> None:
    with pytest.raises(ValidationError):
        BASE.record("companies", 0).name = "Other"  # type: ignore[attr-defined]  # what a careless plug-in would do


def test_a_record_class_reads_raw_cells_as_the_base_does() -> None:
    assert Company.model_validate({"phone": "8 (912) 345-67-89", "city": "\u00a0"}).phone == "+79123456789"
    with pytest.raises(ValidationError):
        Company.model_validate({"inn": "1234567890"})


@pytest.mark.parametrize("name", SCHEMA)
def test_every_column_is_called_something_of_its_own_in_both_languages(name: str) -> None:
    labels = [info.label for info in fields(SCHEMA[name]).values()]
    for spoken in (0, 1):
        assert len({label[spoken] for label in labels}) == len(labels)


def test_a_column_s_english_header_is_its_code_in_words() -> None:
    assert [english(code) for code in ("company_id", "need_qty", "inn", "order_no")] == [
        "Company ID",
        "Need qty",
        "INN",
        "Order no.",
    ]
