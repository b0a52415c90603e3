"""A large Google Sheet costs no more calls than a small one, and goes out in parts as large as Google recommends."""

from __future__ import annotations

from sheetcrm.errors import Exit
from tests.e2e.conftest import Make
from tests.e2e.google_large import fill_large
from tests.e2e.google_shore import Shore

RECOMMENDED = 2_000_000
"""Bytes of a request at most."""


def large(make: Make, count: int) -> Shore:
    base = make({})
    fill_large(base.book, count)
    return base


def test_eight_tabs_of_ten_thousand_rows_are_read_in_two_calls_and_reported_on_in_one_more(make: Make) -> None:
    base = large(make, 10_000)
    assert base("validate", "-q").code == Exit.FINDINGS
    assert base.counts() == (2, 0)
    ran = base("report", "stages", "--format", "json")
    assert base.counts() == (2, 1)
    assert ran.json["reports"][0]["totals"][0]["clients"] == 10_000


def test_what_is_too_long_for_one_batch_goes_out_in_parts_and_once(make: Make) -> None:
    count = 1_000
    base = large(make, count)
    assert base("update").code == Exit.DONE
    sizes = [call["request_bytes"] for call in base.calls() if call["requests"]]
    reads, writes = base.counts()
    assert (reads, writes) == (3, len(sizes))
    assert 1 < len(sizes) <= sum(sizes) // RECOMMENDED + 2
    assert max(sizes) <= RECOMMENDED
    stands = base.stands()
    for title in ("Companies", "Contacts", "Deals"):
        assert [row[0] for row in stands[title][1:]] == sorted({row[0] for row in stands[title][1:]}, key=str)
        assert len(stands[title]) == count + 1
    ran = base("update", "--format", "json")
    assert (ran.json["ids"], ran.json["refreshed"]) == (0, 0)
    assert base.stands() == stands
