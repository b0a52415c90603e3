"""F: the firm's own rules, from the tab Rules; and S012, the rows of that tab that are not understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetcrm.schema.facts import Facts
from sheetcrm.text import Message, msg, nmsg
from sheetcrm.validators.firm_judging import faults_of, is_below, label_of, text_of, values_of
from sheetcrm.validators.firm_rows import FirmRule, firm_rules
from sheetcrm.validators.pattern import LONGEST
from sheetcrm.validators.rule import Fault, rule


@rule("S012", "unfit-rule", msg("A row of Rules that is not understood"))
def unfit_rule(facts: Facts) -> Iterator[Fault]:
    """A row of the tab Rules names no table, column or stage that there is, or asks for something unheard-of.

    A pattern after `regex:` must be a regular expression; one that could run for ever is refused.

    Why it matters:
        The rule is not in force, and nobody notices.

    Broken (Rules!D2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Rules
        Stage       | Table     | Columns       | Need
        Information | Companies | Phone, E-mail | any three

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Rules
        Stage       | Table     | Columns       | Need
        Information | Companies | Phone, E-mail | any 1

    What to do:
        Correct the cell. The need is all, any 2, regex:…, range:a..b, a <= b or unique.
    """
    for fault in firm_rules(facts.base)[1]:
        yield Fault("rules", fault.position, fault.column, fault.message, fault.hint)


@rule("F001", "firm-needs-all", msg("The firm asks for a column that is blank"))
def firm_needs_all(facts: Facts) -> Iterator[Fault]:
    """A rule of the firm asks for `all` of its columns, and one is blank.

    Why it matters:
        The firm said so on its tab Rules; whether it blocks, the row of the rule says.

    Broken (Companies!F2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Industry
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 |

        Rules
        Stage       | Table     | Columns  | Need
        Information | Companies | Industry | all

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Industry
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | Steel

        Rules
        Stage       | Table     | Columns  | Need
        Information | Companies | Industry | all

    What to do:
        Fill the cell in, or change the rule.
    """

    def judge(one: FirmRule, facts: Facts, rows: Sequence[int]) -> Iterator[tuple[int, str, Message]]:
        for column in one.columns:
            values = values_of(facts.base, one.table, column)
            text = msg("{column} is blank", column=label_of(one.table, column))
            yield from ((position, column, text) for position in rows if values[position] is None)

    return faults_of(facts, "all", judge)


@rule("F002", "firm-needs-some", msg("The firm asks for more of these columns"))
def firm_needs_some(facts: Facts) -> Iterator[Fault]:
    """A rule of the firm asks for `any 2` (or another number) of its columns, and fewer are filled.

    Why it matters:
        The firm said so on its tab Rules; whether it blocks, the row of the rule says.

    Broken (Companies!D2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Email
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 |

        Rules
        Stage       | Table     | Columns      | Need
        Information | Companies | Phone, Email | any 2

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Email
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | info@aurum.com

        Rules
        Stage       | Table     | Columns      | Need
        Information | Companies | Phone, Email | any 2

    What to do:
        Fill in one more of the columns, or change the rule.
    """

    def judge(one: FirmRule, facts: Facts, rows: Sequence[int]) -> Iterator[tuple[int, str, Message]]:
        columns = [values_of(facts.base, one.table, column) for column in one.columns]
        labels = [label_of(one.table, column) for column in one.columns]
        for position in rows:
            filled = sum(values[position] is not None for values in columns)
            if filled < one.need.least:
                n = one.need.least
                yield (
                    position,
                    one.columns[0],
                    nmsg(
                        "{n} of these is needed: {columns}",
                        "{n} of these are needed: {columns}",
                        n,
                        n=n,
                        columns=labels,
                    ),
                )

    return faults_of(facts, "any", judge)


@rule("F003", "firm-wants-pattern", msg("A value is not of the firm's form"))
def firm_wants_pattern(facts: Facts) -> Iterator[Fault]:
    """A rule of the firm asks for `regex:…`, and a value does not match the pattern as a whole. Blanks pass.

    Why it matters:
        The firm said so on its tab Rules; whether it blocks, the row of the rule says.

    Broken (Companies!F2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Price list
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | cheap

        Rules
        Table     | Columns    | Need
        Companies | Price list | regex:P-[0-9]{2}

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Price list
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | P-07

        Rules
        Table     | Columns    | Need
        Companies | Price list | regex:P-[0-9]{2}

    What to do:
        Write the value as the firm wants it, or change the rule.
    """

    def judge(one: FirmRule, facts: Facts, rows: Sequence[int]) -> Iterator[tuple[int, str, Message]]:
        pattern = one.need.pattern
        for column in one.columns:
            values = values_of(facts.base, one.table, column)
            texts: dict[object, str] = {value: text_of(value) for value in values if value is not None}
            bad = {
                v for v, t in texts.items() if pattern is not None and (len(t) > LONGEST or not pattern.fullmatch(t))
            }
            for position in rows:
                if values[position] in bad:
                    text = msg(
                        "{column} “{value}” is not of the form the firm wants",
                        column=label_of(one.table, column),
                        value=texts[values[position]][:60],
                    )
                    yield position, column, text

    return faults_of(facts, "regex", judge)


@rule("F004", "firm-wants-range", msg("A value is out of the firm's range"))
def firm_wants_range(facts: Facts) -> Iterator[Fault]:
    """A rule of the firm asks for `range:a..b`, numbers or dates, and a value is outside. Blanks pass.

    Why it matters:
        The firm said so on its tab Rules; whether it blocks, the row of the rule says.

    Broken (Companies!F2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Discount
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 25

        Rules
        Table     | Columns  | Need
        Companies | Discount | range:0..15

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Discount
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 15

        Rules
        Table     | Columns  | Need
        Companies | Discount | range:0..15

    What to do:
        Correct the value, or change the rule.
    """

    def judge(one: FirmRule, facts: Facts, rows: Sequence[int]) -> Iterator[tuple[int, str, Message]]:
        low, high = one.need.low, one.need.high
        for column in one.columns:
            values = values_of(facts.base, one.table, column)
            header = label_of(one.table, column)
            for position in rows:
                value = values[position]
                if is_below(value, low):
                    fault = msg("less than {low}", low=low)
                elif is_below(high, value):
                    fault = msg("more than {high}", high=high)
                else:
                    continue
                yield position, column, msg("{column} “{value}”: {fault}", column=header, value=value, fault=fault)

    return faults_of(facts, "range", judge)


@rule("F005", "firm-wants-order", msg("A value is after the one it must not exceed"))
def firm_wants_order(facts: Facts) -> Iterator[Fault]:
    """A rule of the firm asks for `a <= b`, and the value of its first column is greater than that of the second.

    Why it matters:
        The firm said so on its tab Rules; whether it blocks, the row of the rule says.

    Broken (Companies!G2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Contract date | Contract until
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 2026-02-01    | 2026-01-01

        Rules
        Table     | Columns                       | Need
        Companies | Contract date, Contract until | a <= b

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Contract date | Contract until
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 2026-02-01    | 2027-01-31

        Rules
        Table     | Columns                       | Need
        Companies | Contract date, Contract until | a <= b

    What to do:
        Correct one of the two values, or change the rule.
    """

    def judge(one: FirmRule, facts: Facts, rows: Sequence[int]) -> Iterator[tuple[int, str, Message]]:
        first, second = one.columns
        before, after = (values_of(facts.base, one.table, column) for column in one.columns)
        for position in rows:
            if is_below(after[position], before[position]):
                text = msg(
                    "{first} {before} is greater than {second} {after}",
                    first=label_of(one.table, first),
                    before=before[position],
                    second=label_of(one.table, second),
                    after=after[position],
                )
                yield position, second, text

    return faults_of(facts, "order", judge)


@rule("F006", "firm-wants-unique", msg("A value stands twice in a column that the firm wants unique"))
def firm_wants_unique(facts: Facts) -> Iterator[Fault]:
    """A rule of the firm asks for `unique`, and a row has the values of an earlier one. Blanks pass.

    Why it matters:
        The firm said so on its tab Rules; whether it blocks, the row of the rule says.

    Broken (Companies!F3):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Contract no.
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 17
        C-000002   | Berg  | Information | +7 912 345-67-80 | Lenina 2 | 17

        Rules
        Table     | Columns      | Need
        Companies | Contract no. | unique

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Contract no.
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 17
        C-000002   | Berg  | Information | +7 912 345-67-80 | Lenina 2 | 18

        Rules
        Table     | Columns      | Need
        Companies | Contract no. | unique

    What to do:
        Correct one of the two values, or change the rule.
    """

    def judge(one: FirmRule, facts: Facts, rows: Sequence[int]) -> Iterator[tuple[int, str, Message]]:
        seen: dict[tuple[object, ...], int] = {}
        columns = [values_of(facts.base, one.table, column) for column in one.columns]
        for position in rows:
            key = tuple(values[position] for values in columns)
            if None in key:
                continue
            first = seen.setdefault(key, position)
            if first != position:
                row = facts.base.place(one.table, first).row
                yield (
                    position,
                    one.columns[0],
                    msg("the same stands in row {row}: {values}", row=row, values=[text_of(v) for v in key]),
                )

    return faults_of(facts, "unique", judge)


RULES = (
    unfit_rule,
    firm_needs_all,
    firm_needs_some,
    firm_wants_pattern,
    firm_wants_range,
    firm_wants_order,
    firm_wants_unique,
)
