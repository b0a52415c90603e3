"""When to try again: never a write that may have been applied, never for ever, never all at once."""

import pytest

from sheetcrm.workbook.google.connection.policy import PATIENCE, TRIES, GiveUp, Renew, Tried, Wait, next_step
from sheetcrm.workbook.google.connection.trouble import Trouble, What

FIRST_READ = Tried(is_write=False, times=1, spent=0)
FIRST_WRITE = Tried(is_write=True, times=1, spent=0)


def refused(status: int, retry_after: float | None = None) -> Trouble:
    return Trouble(What.REFUSED, status, retry_after)


PASSING = [refused(status) for status in (408, 429, 500, 502, 503, 504)] + [
    Trouble(what)
    for what in (What.NO_NAME, What.NO_CONNECTION, What.PROXY, What.TIMEOUT, What.DROPPED, What.PAGE, What.TORN)
]
NEVER_SENT = [
    Trouble(What.NO_NAME),
    Trouble(What.NO_CONNECTION),
    Trouble(What.PROXY),
    Trouble(What.NOT_RENEWED, passing=True),
]
FOR_GOOD = [refused(status) for status in (400, 403, 404, 413, 501)] + [
    Trouble(What.CERTIFICATE),
    Trouble(What.NO_BUNDLE),
    Trouble(What.NOT_RENEWED, reason="invalid_grant"),
]
UNCERTAIN = [refused(status) for status in (408, 500, 501, 502, 503, 504)] + [
    Trouble(what) for what in (What.TIMEOUT, What.DROPPED, What.PAGE, What.TORN)
]


@pytest.mark.parametrize("trouble", PASSING, ids=str)
def test_a_read_is_asked_again_after_anything_that_may_pass(trouble: Trouble) -> None:
    assert isinstance(next_step(trouble, FIRST_READ, 0.5), Wait)


@pytest.mark.parametrize("trouble", [refused(429), *NEVER_SENT], ids=str)
def test_a_write_is_sent_again_where_it_surely_changed_nothing(trouble: Trouble) -> None:
    assert isinstance(next_step(trouble, FIRST_WRITE, 0.5), Wait)


@pytest.mark.parametrize("trouble", UNCERTAIN, ids=str)
def test_a_write_that_may_have_been_applied_is_never_sent_again(trouble: Trouble) -> None:
    assert next_step(trouble, FIRST_WRITE, 0.5) == GiveUp(may_be_applied=True)


@pytest.mark.parametrize("tried", [FIRST_READ, FIRST_WRITE], ids=str)
@pytest.mark.parametrize("trouble", FOR_GOOD, ids=str)
def test_what_will_not_pass_is_told_at_once(trouble: Trouble, tried: Tried) -> None:
    step = next_step(trouble, tried, 0.5)
    assert step == GiveUp(may_be_applied=tried.is_write and trouble.status == 501)


@pytest.mark.parametrize("is_write", [False, True])
def test_a_token_is_renewed_once(is_write: bool) -> None:
    assert next_step(refused(401), Tried(is_write, 1, 0), 0.5) == Renew()
    assert next_step(refused(401), Tried(is_write, 2, 0, renewed=True), 0.5) == GiveUp(may_be_applied=False)


def test_waits_double_and_chance_takes_from_none_of_it_to_all_of_it() -> None:
    def waits(trouble: Trouble, chance: float) -> list[float]:
        steps = [next_step(trouble, Tried(False, times, 0), chance) for times in range(1, TRIES)]
        return [step.seconds for step in steps if isinstance(step, Wait)]

    assert waits(refused(503), 1.0) == [2, 4, 8, 16, 32]
    assert waits(refused(503), 0.5) == [1, 2, 4, 8, 16]
    assert waits(refused(503), 0.0) == [0, 0, 0, 0, 0]
    assert waits(refused(429), 1.0) == [5, 10, 20, 40, 60]
    assert waits(Trouble(What.NO_CONNECTION), 1.0) == [0.5, 1, 2, 4, 8]


def test_at_most_six_tries() -> None:
    assert isinstance(next_step(refused(503), Tried(False, TRIES - 1, 0), 0.5), Wait)
    assert next_step(refused(503), Tried(False, TRIES, 0), 0.5) == GiveUp(may_be_applied=False)
    assert TRIES == 6


def test_no_try_is_begun_after_three_minutes_and_no_wait_goes_beyond_them() -> None:
    assert next_step(Trouble(What.TIMEOUT), Tried(False, 1, 190), 0.5) == GiveUp(may_be_applied=False)
    assert next_step(refused(429), Tried(False, 5, PATIENCE - 3), 1.0) == Wait(3)


def test_google_is_given_the_time_it_asks_for_and_a_little_more() -> None:
    assert next_step(refused(429, retry_after=30), FIRST_WRITE, 0.25) == Wait(30.25)
    assert next_step(refused(503, retry_after=30), FIRST_READ, 0.25) == Wait(30.25)


def test_a_longer_time_than_is_left_is_not_waited_for() -> None:
    assert next_step(refused(429, retry_after=3600), FIRST_WRITE, 0.5) == GiveUp(may_be_applied=False)
    assert next_step(refused(429, retry_after=60), Tried(False, 3, 130), 0.5) == GiveUp(may_be_applied=False)


def test_a_network_that_sends_us_elsewhere_is_not_asked_again() -> None:
    assert isinstance(next_step(Trouble(What.PAGE, status=302), Tried(False, 1, 0.0), 0.5), GiveUp)
    assert isinstance(next_step(Trouble(What.PAGE), Tried(False, 1, 0.0), 0.5), Wait)
