"""The filter language: `city = Perm and (amount > 10 000 or stage in (buyer, regular))`.

    either     = both { "or" both }
    both       = negated { "and" negated }
    negated    = "not" negated | "(" either ")" | comparison
    comparison = column sign value | column ["not"] "in" "(" value { "," value } ")"
    sign       = "=" "!=" "<" "<=" ">" ">=" "~" "!~"

A column or a value is a run of bare words or a text in quotes; `` `…` `` and `[…]` quote as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn

from sheetcrm.errors import UsageError
from sheetcrm.schema.base import Base
from sheetcrm.schema.comparing import Test, UnfitLiteralError, compare
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.named import Named, find, nearest
from sheetcrm.schema.words import fold
from sheetcrm.text import Message, msg

# ── what a filter is once it is understood ──


@dataclass(frozen=True, slots=True)
class Comparison:
    """A column, and the test that its values must pass."""

    column: Named
    test: Test


@dataclass(frozen=True, slots=True)
class Not:
    """All rows but these."""

    part: Node


@dataclass(frozen=True, slots=True)
class Both:
    """The rows that are in every part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """The rows that are in any part."""

    parts: tuple[Node, ...]


Node = Comparison | Not | Both | Either


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a table's rows.

    Attributes:
        text: As it was written.
        table: The table whose rows it picks.
        node: What it says.
        words: The columns that it names, as written.
    """

    text: str
    table: str
    node: Node
    words: tuple[str, ...]

    def positions(self, facts: Facts) -> frozenset[int]:
        """The rows that pass."""
        return _select(self.node, facts, frozenset(range(facts.base.size(self.table))))


def _select(node: Node, facts: Facts, rows: frozenset[int]) -> frozenset[int]:
    match node:
        case Comparison(column, test):
            return frozenset(position for position, value in enumerate(column.read(facts)) if test(value))
        case Not(part):
            return rows - _select(part, facts, rows)
        case Both(parts):
            return rows.intersection(*(_select(part, facts, rows) for part in parts))
        case Either(parts):
            return frozenset().union(*(_select(part, facts, rows) for part in parts))


# ── words and signs ──

_TOKEN = re.compile(
    r"""(?P<sign> <= | >= | <> | != | !~ | == | [=<>~≠≤≥] )
    | (?P<mark> [(),] )
    | "(?P<double> [^"]* )" | '(?P<single> [^']* )' | «(?P<chevron> [^»]* )» | “(?P<curly> [^”]* )”
    | `(?P<tick> [^`]* )` | \[(?P<bracket> [^\]]* )\]
    | (?P<word> [^\s()<>=!~≠≤≥,"«»“”`\[\]'] [^\s()<>=!~≠≤≥,"«»“”`\[\]]* )""",
    re.VERBOSE,
)
_SIGNS = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">="}
_KEYWORDS = {"and": "and", "и": "and", "or": "or", "или": "or", "not": "not", "не": "not"}
_IN = ("in", "в")
_BARE = ("word", "not", "in", ",")
_IN_A_LIST = ("word", "not", "in")
"""What a value without quotes may be made of: 1 234,50 holds a comma, except where commas part values."""

_DEEPEST = 50
"""How deep parentheses and `not` may nest."""

_SHOWN = 100
"""How much of a long filter is shown on either side of the place that is marked."""


class Token(NamedTuple):
    """A word, a quoted text, a sign, a parenthesis, a comma, a keyword or the end, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The filter's words and signs, the end last.

    Raises:
        UsageError: If a quote is not closed or a character means nothing.
    """
    found: list[Token] = []
    place = 0
    while (place := place + len(text[place:]) - len(text[place:].lstrip())) < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            _refuse(text, place, msg("a quote that is not closed, or a sign that means nothing here"), _QUOTE)
        found.append(_token(match))
        place = match.end()
    found.append(Token("end", "", len(text), len(text)))
    return [_keyword(one, after) for one, after in zip(found, (*found[1:], found[-1]), strict=True)]


def _token(match: re.Match[str]) -> Token:
    kind, text = str(match.lastgroup), match[str(match.lastgroup)]
    if kind == "sign":
        text = _SIGNS.get(text, text)
    elif kind == "mark":
        kind = text
    elif kind != "word":
        kind = "quoted"
    return Token(kind, text, match.start(), match.end())


def _keyword(token: Token, after: Token) -> Token:
    """A word as the keyword it is; `in` is one only before a parenthesis, so that «в» may stand in a name."""
    if token.kind != "word":
        return token
    word = fold(token.text)
    if word in _IN and after.kind == "(":
        return token._replace(kind="in")
    return token._replace(kind=_KEYWORDS.get(word, "word"))


# ── what they say ──

_QUOTE = msg("Put names and texts of several words in quotes.")


def _refuse(text: str, place: int, what: Message, hint: Message) -> NoReturn:
    """Stop, the place marked under the filter."""
    first = max(0, place - _SHOWN)
    line = " ".join(text[first : place + _SHOWN].split("\n"))
    raise UsageError(
        msg(
            "The filter is not clear: {what}\n  {text}\n  {mark}",
            what=what,
            text=line,
            mark=" " * (place - first) + "^",
        ),
        hint,
    )


def parse(text: str, table: str, base: Base) -> Filter:
    """Understand a filter.

    Args:
        text: What `--where` says.
        table: The table whose rows it picks.
        base: The base, whose columns and words it names.

    Raises:
        UsageError: If it cannot be understood; the place is marked under the text.
    """
    parser = _Parser(text, table, base, tokens(text))
    node = parser.either()
    parser.expect("end", msg("“and”, “or” or the end is expected here"))
    return Filter(text, table, node, tuple(parser.words))


@dataclass
class _Parser:
    """Reads the tokens from left to right; a method a rule of the grammar."""

    text: str
    table: str
    base: Base
    tokens: list[Token]
    place: int = 0
    depth: int = 0
    words: list[str] = field(default_factory=list)

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def take(self) -> Token:
        token = self.next
        self.place += 1
        return token

    def expect(self, kind: str, what: Message) -> Token:
        if self.next.kind != kind:
            self.refuse(self.next, what)
        return self.take()

    def refuse(self, token: Token, what: Message, hint: Message = _QUOTE) -> NoReturn:
        _refuse(self.text, token.start, what, hint)

    def either(self) -> Node:
        return self._joined("or", self.both, Either)

    def both(self) -> Node:
        return self._joined("and", self.negated, Both)

    def _joined(self, keyword: str, part: Callable[[], Node], join: Callable[[tuple[Node, ...]], Node]) -> Node:
        parts = [part()]
        while self.next.kind == keyword:
            self.take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else join(tuple(parts))

    def negated(self) -> Node:
        if self.next.kind not in ("not", "("):
            return self.comparison()
        token = self.take()
        self.depth += 1
        if self.depth > _DEEPEST:
            self.refuse(token, msg("too many parentheses"), msg("Say it in a simpler way."))
        node = Not(self.negated()) if token.kind == "not" else self.either()
        if token.kind == "(":
            self.expect(")", msg("a closing parenthesis is expected here"))
        self.depth -= 1
        return node

    def comparison(self) -> Node:
        column = self.column()
        negative = self.next.kind == "not"
        if negative:
            self.take()
        if self.next.kind == "in":
            test = self.listed(column)
        else:
            sign = self.expect("sign", msg("a comparison is expected here: =, !=, <, >, ~ or in (…)")).text
            test, negative = self.compared(column, sign.removeprefix("!")), sign.startswith("!")
        return Not(Comparison(column, test)) if negative else Comparison(column, test)

    def column(self) -> Named:
        first = self.next
        word = self.run(("word",), msg("a column is expected here"))
        column = find(self.base, self.table, word)
        if column is None:
            close = nearest(self.base, self.table, word)
            hint = msg("Did you mean: {names}?", names=close) if close else _QUOTE
            self.refuse(first, msg("there is no column “{word}”", word=word), hint)
        self.words.append(word)
        return column

    def run(self, kinds: tuple[str, ...], what: Message) -> str:
        """A text in quotes, or bare words in a row, just as they stand between."""
        first = self.next
        if first.kind == "quoted":
            return self.take().text
        if first.kind not in kinds:
            self.refuse(first, what)
        while self.next.kind in kinds:
            last = self.take()
        return self.text[first.start : last.end]

    def compared(self, column: Named, sign: str, kinds: tuple[str, ...] = _BARE) -> Test:
        """The test that a sign and the value after it make."""
        first = self.next
        literal = self.run(kinds, msg("a value is expected here"))
        try:
            return compare(column, sign, literal, self.base)
        except UnfitLiteralError as unfit:
            self.refuse(first, unfit.message, unfit.hint)

    def listed(self, column: Named) -> Test:
        """The test that `in ( … )` makes; a comma parts the values here."""
        self.take()
        self.expect("(", msg("an opening parenthesis is expected here"))
        tests = [self.compared(column, "=", _IN_A_LIST)]
        while self.next.kind == ",":
            self.take()
            tests.append(self.compared(column, "=", _IN_A_LIST))
        self.expect(")", msg("a comma or a closing parenthesis is expected here"))
        return lambda value: any(test(value) for test in tests)
