"""Answers as text: as Python's own printer has them, only faster."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.google.emulator.printing import printed

SCALAR = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
ANYTHING = st.recursive(SCALAR, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(ANYTHING)
def test_pretty_is_as_python_prints_it(body: Any) -> None:
    assert printed(body).decode() == json.dumps(body, ensure_ascii=False, indent=2) + "\n"


@given(ANYTHING)
def test_plain_is_one_line(body: Any) -> None:
    text = printed(body, pretty=False).decode()
    assert json.loads(text) == body
    assert text.count("\n") == 1
