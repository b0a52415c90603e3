"""Sixty reads and sixty writes a minute, and a line that says why one waits."""

from sheetcrm.workbook.google.connection.pace import A_MINUTE, Pace
from tests.unit.workbook.google.connection.wire import Timing, Told


def test_a_call_too_many_waits_until_the_first_one_is_a_minute_old(timing: Timing) -> None:
    told = Told()
    pace = Pace(timing.clock, told)
    for _ in range(A_MINUTE):
        pace.take(is_write=False)
        timing.passed += 0.5
    assert timing.sleeps == []
    pace.take(is_write=False)
    assert timing.sleeps == [30]
    assert told.lines == ["waiting for Google's quota, 30 s"]


def test_reads_and_writes_are_counted_apart(timing: Timing) -> None:
    pace = Pace(timing.clock, Told(), limit=2)
    for is_write in (False, True, False, True):
        pace.take(is_write)
    assert timing.sleeps == []


def test_what_is_a_minute_old_no_longer_counts(timing: Timing) -> None:
    pace = Pace(timing.clock, Told(), limit=2)
    for _ in range(10):
        pace.take(is_write=True)
        timing.passed += 30
    assert timing.sleeps == []


def test_never_more_than_the_limit_in_any_minute(timing: Timing) -> None:
    pace, times = Pace(timing.clock, Told(), limit=3), []
    for _ in range(20):
        pace.take(is_write=False)
        times.append(timing.passed)
        timing.passed += 7
    assert all(later - earlier >= 60 for earlier, later in zip(times, times[3:], strict=False))
