"""What only the owner of a stranger's list can tell: what its colours mean, and the words of its own."""

from __future__ import annotations

import colorsys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from sheetcrm.findings import Place
from sheetcrm.schema.foreign.columns import ForeignColumn
from sheetcrm.schema.foreign.looks import typed
from sheetcrm.schema.foreign.reading import ForeignList
from sheetcrm.schema.foreign.words import STAGE_HINTS
from sheetcrm.schema.kinds import Context, nearest_choice
from sheetcrm.schema.words import fold
from sheetcrm.table import is_blank
from sheetcrm.text import Label, Message, msg, nmsg
from sheetcrm.validators.foreign.faults import place_of


@dataclass(frozen=True, slots=True)
class Word:
    """A word that the list uses where the client base has a list of values.

    Attributes:
        typed: The word as most people type it.
        rows: In how many rows it stands.
        means: The value of ours that it is or may be; None where nothing comes near.
        sure: Whether it is that value; else it is only suggested.
    """

    typed: str
    rows: int
    means: Label | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the owner of the list.

    Attributes:
        about: What it is about.
        message: The question, in plain words.
        rows: How many rows it concerns.
        places: Where they stand.
        clue: What may answer it, None where we see nothing.
        words: The words in question, the most frequent first.
    """

    about: Literal["colour", "words", "dates"]
    message: Message
    rows: int
    places: tuple[Place, ...]
    clue: Message | None = None
    words: tuple[Word, ...] = ()


_DECOR = 0.5
_CLUE = 0.8
_FEW_WORDS = 20
_RED = Label("red", "красным")
_HUES: Sequence[tuple[float, Label]] = (
    (15, _RED),
    (45, Label("orange", "оранжевым")),
    (70, Label("yellow", "жёлтым")),
    (165, Label("green", "зелёным")),
    (195, Label("light blue", "голубым")),
    (260, Label("blue", "синим")),
    (300, Label("violet", "фиолетовым")),
    (340, Label("pink", "розовым")),
    (360, _RED),
)
_GREY = Label("grey", "серым")
_BLACK = Label("black", "чёрным")
_WHITE = 0.97


def colour_name(rgb: str) -> Label | None:
    """What people call a background `RRGGBB`, as in «залито красным»; None for white."""
    hue, light, saturation = colorsys.rgb_to_hls(*(int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4)))
    if light > _WHITE:
        return None
    if light < 0.1:
        return _BLACK
    if saturation < 0.15:
        return _GREY
    return next(name for bound, name in _HUES if hue * 360 <= bound)


def questions(rows: ForeignList, context: Context) -> list[Question]:
    """What has to be asked about one list, colours first."""
    words = [asked for column in rows.columns if (asked := _about_words(rows, column, context)) is not None]
    dates = [_about_dates(rows, column) for column in rows.columns if not column.understood and column.dated]
    return [*_about_colours(rows), *words, *dates]


def _about_colours(rows: ForeignList) -> list[Question]:
    """A question for each colour that marks some rows; a colour of most rows is decoration."""
    by_colour: dict[Label, list[int]] = {}
    for position, (tab, number) in enumerate(rows.rows):
        rgb = rows.shapes[tab].sheet.fills.get(number)
        if rgb is not None and (name := colour_name(rgb)) is not None:
            by_colour.setdefault(name, []).append(position)
    found = [
        _about_colour(rows, name, marked)
        for name, marked in by_colour.items()
        if len(marked) < _DECOR * len(rows) and not _striped(marked, len(rows))
    ]
    return sorted(found, key=lambda question: -question.rows)


def _striped(marked: Sequence[int], size: int) -> bool:
    """Whether every second row is marked: stripes for the eye."""
    steps = Counter(b - a for a, b in pairwise(marked))
    return len(marked) > 2 and 3 * len(marked) > size and steps[2] > _CLUE * (len(marked) - 1)


def _about_colour(rows: ForeignList, name: Label, marked: Sequence[int]) -> Question:
    n = len(marked)
    message = nmsg(
        "{n} row is filled {colour}: what does that mean?",
        "{n} rows are filled {colour}: what does that mean?",
        n,
        n=n,
        colour=name,
    )
    named = next(iter(rows.fields("companies.name", "contacts.full_name")), None)
    places = tuple(place_of(rows, position, named) for position in marked)
    return Question("colour", message, n, places, _clue(rows, marked))


def _clue(rows: ForeignList, marked: Sequence[int]) -> Message | None:
    """The word that most marked rows share and the others mostly don't."""
    for column in rows.columns:
        if column.field is None or not (column.field.enumeration or column.field.code == "manager"):
            continue
        (word, inside), *_ = Counter(fold(typed(column.cells[at])) for at in marked).most_common(1)
        whole = sum(fold(typed(cell)) == word for cell in column.cells)
        if word and len(marked) > 1 and inside >= _CLUE * len(marked) and inside * 2 > whole:
            shown = next(typed(column.cells[at]) for at in marked if fold(typed(column.cells[at])) == word)
            return msg("{n} of them have “{word}” in “{column}”", n=inside, word=shown, column=column.title)
    return None


def _about_words(rows: ForeignList, column: ForeignColumn, context: Context) -> Question | None:
    """The words of a column that ours has a list of values for, where some of them are not on it."""
    if column.field is None or not column.field.enumeration:
        return None
    unknown = [position for position, problem in column.problems.items() if problem.name == "choice"]
    if not unknown:
        return None
    words = _words(column, context)
    strange = sum(not word.sure for word in words)
    message = nmsg(
        "“{column}” holds {n} word of your own: which value of “{field}” is it?",
        "“{column}” holds {n} words of your own: which values of “{field}” are they?",
        strange,
        n=strange,
        column=column.title,
        field=column.field.label,
    )
    places = tuple(place_of(rows, position, column) for position in unknown)
    return Question("words", message, len(unknown), places, None, words)


def _words(column: ForeignColumn, context: Context) -> tuple[Word, ...]:
    spellings: dict[str, Counter[str]] = {}
    for cell in column.cells:
        if not is_blank(cell):
            spellings.setdefault(fold(typed(cell)), Counter())[typed(cell)] += 1
    found = [_word(column, word, shown, context) for word, shown in spellings.items()]
    return tuple(sorted(found, key=lambda word: (word.sure, -word.rows, word.typed)))


def _word(column: ForeignColumn, word: str, shown: Counter[str], context: Context) -> Word:
    name = column.field.enumeration if column.field else ""
    enumeration = context.vocabulary.enumerations[name]
    code = context.vocabulary.words[name].get(word)
    hint = STAGE_HINTS.get(word) if name == "company_stage" else None
    guess = code or hint or nearest_choice(name, word, context)
    return Word(
        shown.most_common(1)[0][0], shown.total(), enumeration.label_of(guess) if guess else None, code is not None
    )


def _about_dates(rows: ForeignList, column: ForeignColumn) -> Question:
    message = msg("“{column}” holds dates: of what?", column=column.title)
    places = tuple(place_of(rows, at, column) for at, cell in enumerate(column.cells) if not is_blank(cell))
    return Question("dates", message, len(places), places[:1])
