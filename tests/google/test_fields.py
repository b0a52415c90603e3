"""Field masks."""

import pytest

from tests.google.emulator import discovery, fields
from tests.google.emulator.errors import ApiError, Json


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("*", {}),
        ("a", {"a": {}}),
        ("a,b.c", {"a": {}, "b": {"c": {}}}),
        ("a/b,a/c", {"a": {"b": {}, "c": {}}}),
        ("a(b,c(d)),e", {"a": {"b": {}, "c": {"d": {}}}, "e": {}}),
        ("a.b,a", {"a": {}}),
        ("a(*)", {"a": {}}),
        ("user_entered_value", {"userEnteredValue": {}}),
    ],
)
def test_a_mask_is_a_tree(text: str, tree: fields.Mask) -> None:
    assert fields.read(text) == tree


@pytest.mark.parametrize("text", ["a,", "a(b", "a)", ",a", "a..b", "a b;c"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(ApiError):
        fields.read(text)


def test_a_name_that_the_message_lacks_is_refused_in_googles_words() -> None:
    with pytest.raises(ApiError) as refused:
        fields.check(discovery.sheets(), "Spreadsheet", fields.read("sheets(properties.titel)"))
    description = refused.value.details[0]["fieldViolations"][0]["description"]
    expected = "Error expanding 'fields' parameter. Cannot find matching fields for path 'sheets.properties.titel'."
    assert description == expected


@pytest.mark.parametrize(
    ("mask", "before", "asked", "after"),
    [
        ("note", {"note": "a", "x": 1}, {"note": "b"}, {"note": "b", "x": 1}),
        ("note", {"note": "a", "x": 1}, {}, {"x": 1}),
        (
            "format.bold",
            {"format": {"bold": True, "size": 9}},
            {"format": {"bold": False}},
            {"format": {"bold": False, "size": 9}},
        ),
        ("format.bold", {"format": {"bold": True}}, {}, {}),
        ("*", {"note": "a"}, {"x": 1}, {"x": 1}),
    ],
)
def test_an_update_sets_what_it_brings_and_clears_what_it_lacks(
    mask: str, before: Json, asked: Json, after: Json
) -> None:
    assert fields.apply(fields.read(mask), before, asked) == after


def test_selection_keeps_places_in_lists() -> None:
    row = {"values": [{"note": "a", "x": 1}, {"x": 2}]}
    assert fields.select(fields.read("values.note"), row) == {"values": [{"note": "a"}, {}]}
