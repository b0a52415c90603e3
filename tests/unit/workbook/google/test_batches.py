from hypothesis import given
from hypothesis import strategies as st

from sheetcrm.workbook.google import batches
from sheetcrm.workbook.google.edits import Piece


def piece(size: int) -> Piece:
    return Piece([{"x": "ж" * (size // 2)}])


def test_what_fits_is_one_batch() -> None:
    assert len(batches.packed([piece(600_000), piece(600_000), piece(600_000)])) == 1


def test_a_larger_write_is_cut_between_pieces() -> None:
    pieces = [piece(900_000), piece(900_000), piece(900_000)]
    assert batches.packed(pieces) == [pieces[:2], pieces[2:]]


def test_a_piece_that_is_larger_than_a_batch_goes_alone() -> None:
    pieces = [piece(100), piece(3_000_000), piece(100)]
    assert batches.packed(pieces) == [[one] for one in pieces]


def test_nothing_is_nothing() -> None:
    assert batches.packed([]) == []


@given(st.lists(st.integers(0, 3_000_000), max_size=20))
def test_no_piece_is_lost_moved_or_split(sizes: list[int]) -> None:
    pieces = [piece(size) for size in sizes]
    assert [one for batch in batches.packed(pieces) for one in batch] == pieces
