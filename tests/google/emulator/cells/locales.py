"""How people of a country write numbers, dates and truth: the two locales that the local Google speaks."""

from __future__ import annotations

from dataclasses import dataclass

from tests.google.emulator.errors import not_here


@dataclass(frozen=True)
class Locale:
    """One locale's habits; patterns are Google's number format patterns."""

    decimal: str
    group: str
    typed_groups: str
    true: str
    false: str
    day_first: bool
    date_separators: str
    separator: str
    patterns: dict[str, str]
    months: tuple[str, ...]
    months_of: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    currency: str
    currency_pattern: str


_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

EN_US = Locale(
    decimal=".",
    group=",",
    typed_groups=",",
    true="TRUE",
    false="FALSE",
    day_first=False,
    date_separators="/-",
    separator=",",
    patterns={
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "CURRENCY": '"$"#,##0.00',
        "DATE": "M/d/yyyy",
        "TIME": "h:mm:ss am/pm",
        "DATE_TIME": "M/d/yyyy H:mm:ss",
        "SCIENTIFIC": "0.00E+00",
    },
    months=_ENGLISH_MONTHS,
    months_of=_ENGLISH_MONTHS,
    short_months=tuple(name[:3] for name in _ENGLISH_MONTHS),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    short_weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    currency="$",
    currency_pattern='"$"{}',
)

RU_RU = Locale(
    decimal=",",
    group="\N{NO-BREAK SPACE}",
    typed_groups=" \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}",
    true="ИСТИНА",
    false="ЛОЖЬ",
    day_first=True,
    date_separators="./-",
    separator=";",
    patterns={
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "CURRENCY": "#,##0.00\N{NO-BREAK SPACE}[$₽]",
        "DATE": "dd.MM.yyyy",
        "TIME": "H:mm:ss",
        "DATE_TIME": "dd.MM.yyyy H:mm:ss",
        "SCIENTIFIC": "0.00E+00",
    },
    months=(
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ),
    months_of=(
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ),
    short_months=("янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."),
    weekdays=("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    short_weekdays=("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    currency="₽",
    currency_pattern="{}\N{NO-BREAK SPACE}[$₽]",
)

_KNOWN = {"en_US": EN_US, "en": EN_US, "ru_RU": RU_RU, "ru": RU_RU}


def locale(name: str) -> Locale:
    """The locale of that name.

    Raises:
        ApiError: 501 for any other; a guess would be a lie about Google.
    """
    if name not in _KNOWN:
        raise not_here(f"the locale {name}; it speaks {' and '.join(_KNOWN)}")
    return _KNOWN[name]
