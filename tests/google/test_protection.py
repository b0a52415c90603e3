"""Protected cells, where a test made Google strict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.google.asking import cells, put, span
from tests.google.emulator.tokens import JWT_GRANT
from tests.google.local import Asked, Book, Json, RefusedError, Served
from tests.google.test_access import ROBOT, assertion


@pytest.fixture
def book(asked: Asked) -> Book:
    return asked.book()


@pytest.fixture
def robots(served: Served, book: Book) -> Book:
    """The person's book as a service account sees it, with whom it is shared, and Google strict."""
    form = {"grant_type": JWT_GRANT, "assertion": assertion()}
    token = requests.post(f"{served.url}/token", data=form, timeout=9).json()["access_token"]
    sharing = {"type": "user", "role": "writer", "emailAddress": ROBOT}
    book.local.call("POST", f"/drive/v3/files/{book.id}/permissions", sharing)
    served.control("POST", "policy", enforce_permissions=True)
    assert isinstance(book.local, Asked)
    return Book(Asked(served.url, book.local.session, token), book.id)


def protect(**more: Any) -> Json:
    return {"addProtectedRange": {"protectedRange": {"protectedRangeId": 3, **more}}}


WRITES: list[Callable[[Book], Any]] = [
    lambda book: book.update(put(cells("x"), at=(1, 1))),
    lambda book: book.write("B2", ["x"]),
    lambda book: book.call("POST", "/values/B2:clear"),
    lambda book: book.update({"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}}}),
    lambda book: book.update({"deleteProtectedRange": {"protectedRangeId": 3}}),
]


@pytest.mark.parametrize("write", WRITES)
def test_what_is_protected_from_the_caller_is_refused_in_googles_words(
    book: Book, robots: Book, write: Callable[[Book], Any]
) -> None:
    book.update(put(cells("kept"), at=(1, 1)), protect(range=span(1, 2, 1, 2), editors={"users": ["ada@example.com"]}))
    with pytest.raises(RefusedError, match=r"You are trying to edit a protected cell or object\. Please contact") as no:
        write(robots)
    assert no.value.status == 400
    assert book.raw("B2") == [["kept"]]
    robots.update(put(cells("free"), at=(0, 0)))
    (told,) = robots.sheet()["protectedRanges"]
    assert "editors" not in told
    assert "requestingUserCanEdit" not in told
    write(book)


def test_a_warning_stops_no_program_and_a_hole_in_a_protected_tab_is_open(book: Book, robots: Book) -> None:
    book.update(protect(range={"sheetId": 0}, warningOnly=True))
    robots.update(put(cells("x")))
    book.update({"deleteProtectedRange": {"protectedRangeId": 3}})
    book.update(protect(range={"sheetId": 0}, unprotectedRanges=[span(1, 9, 2, 3)]))
    robots.update(put(cells("open"), at=(4, 2)))
    with pytest.raises(RefusedError, match="protected cell"):
        robots.update(put(cells("closed"), at=(4, 3)))
    with pytest.raises(RefusedError, match="only supported on protected sheets"):
        book.update(
            {
                "addProtectedRange": {
                    "protectedRange": {"range": span(0, 9, 0, 9), "unprotectedRanges": [span(0, 1, 0, 1)]}
                }
            }
        )
