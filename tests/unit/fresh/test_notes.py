"""The note on a header says what belongs into the column."""

from sheetcrm.fresh.notes import about
from sheetcrm.schema.record import fields
from sheetcrm.schema.tables import SCHEMA, field_of
from sheetcrm.schema.words import ENUMERATIONS


def note(table: str, code: str) -> str:
    return about(field_of(table, code), "en", ENUMERATIONS)


def test_it_names_the_stage_that_asks_for_the_column() -> None:
    assert "Asked for from the stage “Buyer” (Company stage)." in note("companies", "inn")
    assert "Asked for from the stage “Offer sent” (Deal stage)." in note("deals", "expected_close")


def test_it_lists_the_values() -> None:
    assert note("companies", "key_client") == "One of: No, Potential, Key."


def test_it_says_where_a_name_comes_from() -> None:
    assert "A name from the tab Companies." in note("deals", "company")
    assert "An id from the tab Contacts." in note("deals", "contact")


def test_it_tells_the_bounds_and_the_unit() -> None:
    assert note("companies", "discount") == "A number from 0 to 100.\nIn per cent."


def test_a_derived_column_is_not_for_typing() -> None:
    assert "Computed" in note("companies", "debt")


def test_a_plain_text_needs_no_note() -> None:
    assert note("companies", "tags") == ""


def test_the_rules_tab_explains_itself() -> None:
    """Its rows would be live rules, so the examples stand in the notes."""
    for code in ("stage", "table", "columns", "need", "starts"):
        assert note("rules", code)


def test_a_note_fits_a_comment() -> None:
    for name, record in SCHEMA.items():
        assert all(len(note(name, code)) < 500 for code in fields(record))
