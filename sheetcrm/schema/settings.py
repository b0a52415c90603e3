"""The firm's settings: what each is called, what it means, what it is by default, and how a typed one is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from sheetcrm.schema.figures import number_of
from sheetcrm.schema.kinds import BOOL, DEFAULT_CONTEXT, UnfitError
from sheetcrm.schema.words import fold
from sheetcrm.text import LANGUAGES, Label, Lang, Message, msg, show

_PLACEHOLDERS = (
    "нет",
    "н/д",
    "нд",
    "уточнить",
    "?",
    "-",
    "–",
    "—",
    "n/a",
    "na",
    "none",
    "tbd",
    "unknown",
    "неизвестно",
)
ESTIMATORS = ("pooled_mean", "median", "client_mean", "product_group")
_LONGEST_PERIOD = 3650


class BadSettingError(ValueError):
    """A typed setting that cannot be read."""

    def __init__(self, message: Message) -> None:
        """Carry what is wrong."""
        self.message = message
        super().__init__(message.id)


def _int(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = number_of(text, "en")
        if number is None or number != number.to_integral_value():
            raise BadSettingError(msg("not a whole number"))
        if not low <= number <= high:
            raise BadSettingError(msg("out of range: it goes from {low} to {high}", low=low, high=high))
        return int(number)

    return read


def _hours(text: str) -> int:
    return _int(1, 24 * 30)(text.removesuffix("ч").removesuffix("h"))


def _yes_no(text: str) -> bool:
    try:
        return bool(BOOL.convert(text, DEFAULT_CONTEXT))
    except UnfitError as unfit:
        raise BadSettingError(unfit.problem.message) from None


def _lang(text: str) -> Lang:
    for lang, names in {"en": ("en", "english", "английский"), "ru": ("ru", "russian", "русский")}.items():
        if fold(text) in names:
            return next(known for known in LANGUAGES if known == lang)
    raise BadSettingError(msg("not a language; it is en or ru"))


def _region(text: str) -> str:
    if len(text) == 2 and text.isalpha() and text.isascii():
        return text.upper()
    raise BadSettingError(msg("not a country code; it has two letters, like RU"))


def _estimator(text: str) -> str:
    word = fold(text)
    if word in ESTIMATORS:
        return word
    number = number_of(text, "en")
    if number is not None and 0 < number <= _LONGEST_PERIOD:
        return str(number)
    raise BadSettingError(msg("neither a number of days nor one of: {values}", values=ESTIMATORS))


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace(";", ",").split(",") if part.strip())


def _text(text: str) -> str:
    return text


def _currency(text: str) -> str:
    if 1 <= len(text) <= 4:
        return text.upper()
    raise BadSettingError(msg("not a currency; it is a code like RUB"))


def _read(read: Callable[[str], object], en: str, ru: str) -> Mapping[str, object]:
    """How a setting is read, and what it means."""
    return {"read": read, "meaning": Label(en, ru)}


@dataclass(frozen=True, slots=True)
class Settings:
    """The firm's settings, each with its default; the tab Settings lays its own over them."""

    language: Lang = field(
        default="en", metadata=_read(_lang, "The language of the book: en or ru", "Язык книги: en или ru")
    )
    currency: str = field(default="RUB", metadata=_read(_currency, "The currency of the amounts", "Валюта сумм"))
    region: str = field(
        default="RU",
        metadata=_read(
            _region, "The country of phone numbers typed without a code", "Страна телефонов, набранных без кода"
        ),
    )
    default_manager: str = field(
        default="",
        metadata=_read(
            _text,
            "Who answers for a company whose manager is blank: a name or an id",
            "Кто отвечает за компанию без ответственного: имя или ID",
        ),
    )
    p_estimator: str = field(
        default="pooled_mean",
        metadata=_read(
            _estimator,
            "How the average purchase period P is found: pooled_mean, median, client_mean, product_group, "
            "or a number of days",
            "Как считать средний период покупки P: pooled_mean, median, client_mean, product_group или число дней",
        ),
    )
    regular_min_deals: int = field(
        default=2,
        metadata=_read(
            _int(1, 100), "Purchases that make a regular buyer", "Сколько покупок делают покупателя постоянным"
        ),
    )
    inn_required: bool = field(
        default=True,
        metadata=_read(_yes_no, "Whether a buyer needs an INN", "Нужен ли ИНН, чтобы считаться покупателем"),
    )
    strict_phone: bool = field(
        default=False,
        metadata=_read(
            _yes_no,
            "Whether only a phone counts as a way to reach a lead, not an e-mail or a messenger",
            "Считать ли связью с лидом только телефон, без почты и мессенджера",
        ),
    )
    placeholders: tuple[str, ...] = field(
        default=_PLACEHOLDERS,
        metadata=_read(
            _list,
            "Words that mean “nothing known”; a cell with one counts as blank",
            "Слова, которые значат «неизвестно»; ячейка с ними считается пустой",
        ),
    )
    cadence_A: int = field(
        default=14, metadata=_read(_int(1, 3650), "Days between contacts, class A", "Дней между контактами, класс A")
    )
    cadence_B: int = field(
        default=30, metadata=_read(_int(1, 3650), "Days between contacts, class B", "Дней между контактами, класс B")
    )
    cadence_C: int = field(
        default=60, metadata=_read(_int(1, 3650), "Days between contacts, class C", "Дней между контактами, класс C")
    )
    cadence_D: int = field(
        default=180, metadata=_read(_int(1, 3650), "Days between contacts, class D", "Дней между контактами, класс D")
    )
    sla_A: int = field(default=2, metadata=_read(_hours, "Hours to answer, class A", "Часов на ответ, класс A"))
    sla_B: int = field(default=4, metadata=_read(_hours, "Hours to answer, class B", "Часов на ответ, класс B"))
    sla_C: int = field(default=8, metadata=_read(_hours, "Hours to answer, class C", "Часов на ответ, класс C"))
    sla_D: int = field(default=8, metadata=_read(_hours, "Hours to answer, class D", "Часов на ответ, класс D"))
    tasks_a_day: int = field(
        default=25,
        metadata=_read(
            _int(1, 1000), "Most tasks a manager gets a day", "Сколько задач в день получает один ответственный"
        ),
    )
    ltv_horizon: int = field(
        default=3, metadata=_read(_int(1, 50), "Years that LTV looks ahead", "На сколько лет вперёд считать LTV")
    )
    stale_days: int = field(
        default=90,
        metadata=_read(
            _int(1, 3650), "Days after which an untouched lead is stale", "Через сколько дней без касаний лид протух"
        ),
    )
    publish: tuple[str, ...] = field(
        default=("stages", "pipeline", "reactivation", "concentration", "quality", "check"),
        metadata=_read(
            _list,
            "Tabs that update publishes: names of reports, and check",
            "Вкладки, которые публикует update: имена отчётов и check",
        ),
    )

    def cadence(self, abcd: str | None) -> int:
        """Days between contacts for a class; D where it is unknown."""
        return {"A": self.cadence_A, "B": self.cadence_B, "C": self.cadence_C}.get(abcd or "D", self.cadence_D)

    @property
    def fixed_period(self) -> Decimal | None:
        """P in days where the firm fixed it."""
        return number_of(self.p_estimator, "en")


def meanings() -> Mapping[str, Label]:
    """What each setting means, by name, in the order of the tab."""
    return {item.name: item.metadata["meaning"] for item in fields(Settings)}


@cache
def _readers() -> Mapping[str, Callable[[str], object]]:
    return {item.name: item.metadata["read"] for item in fields(Settings)}


def as_typed(settings: Settings, name: str) -> str:
    """A setting's value as it stands in the tab."""
    value = getattr(settings, name)
    return show(value, settings.language) if isinstance(value, bool | tuple) else str(value)


class SettingFault(NamedTuple):
    """A typed setting that was not taken: which row, which cell of it, and why."""

    position: int
    column: str
    message: Message


def read_settings(names: list[str], values: list[str]) -> tuple[Settings, list[SettingFault]]:
    """Read the tab Settings over the defaults.

    Args:
        names: The typed names, a row each.
        values: The typed values; a blank one keeps the default.

    Returns:
        The settings, and a fault for every name that is unknown or twice and every value that cannot be read.
    """
    faults = []
    taken: dict[str, Any] = {}
    known = {fold(name): name for name in _readers()}
    for position, (typed, value) in enumerate(zip(names, values, strict=True)):
        name = known.get(fold(typed))
        if name is None:
            if typed.strip():
                faults.append(SettingFault(position, "name", msg("no such setting; it is not used")))
            continue
        if name in taken:
            faults.append(SettingFault(position, "name", msg("this setting stands twice; the first one counts")))
            continue
        if not value.strip():
            continue
        try:
            taken[name] = _readers()[name](value.strip())
        except BadSettingError as bad:
            faults.append(SettingFault(position, "value", bad.message))
    return replace(Settings(), **taken), faults
