"""The address of a finding: what a person can type into the name box of their office program."""

import pytest

from sheetcrm.findings import Place


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (Place(sheet="Companies", row=17, column=1), "Companies!B17"),
        (Place(sheet="Companies", row=17), "Companies!17"),
        (Place(sheet="Companies", column=27), "Companies!AB"),
        (Place(sheet="Компании"), "Компании"),
        (Place(sheet="▦ Check", row=1, column=0), "'▦ Check'!A1"),
        (Place(sheet="Bob's", row=1, column=0), "'Bob''s'!A1"),
    ],
)
def test_an_address_is_spelt_as_a_formula_needs_it(place: Place, address: str) -> None:
    assert place.address == address
