"""How a record describes itself: the column each field is, and the table each record class is.

A field's `Annotated` metadata is the single source of its header, template column, check, drop-down and
documentation: a `Kind` (what its cells mean) and a `Col` (what its column is).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from sheetcrm.schema import kinds
from sheetcrm.schema.kinds import ChoiceKind, Kind, RefKind
from sheetcrm.schema.words import fold
from sheetcrm.table import MARK
from sheetcrm.text import Label

_UPPER = {"id": "ID", "inn": "INN", "kpp": "KPP", "vip": "VIP", "abcd": "ABCD", "ltv": "LTV", "no": "no."}


def english(code: str) -> str:
    """A field code in words: `need_qty` → Need qty."""
    words = [_UPPER.get(word, word) for word in code.split("_")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


@dataclass(frozen=True, init=False, slots=True)
class Col:
    """What a field's column is.

    Attributes:
        ru: The Russian header.
        aliases: Other headers that are understood, in either language.
        en: The English header where it is not the code in words.
        unit: `days`, `%`, `currency`, `years`; "" for none.
        gates: The gates from which a company (G…) or deal (D…) needs the column.
        low: The least value allowed.
        high: The greatest value allowed.
        derived: Computed by us, marked ▦ and grey.
        hidden: Never shown (links).
        group: The collapsed column group it stands in, "" for the columns that always show.
        key: Whether it must not be blank.
        width: In characters, 0 for the kind's own.
    """

    ru: str
    aliases: tuple[str, ...]
    en: str
    unit: str
    gates: tuple[str, ...]
    low: Decimal | None
    high: Decimal | None
    derived: bool
    hidden: bool
    group: str
    key: bool
    width: float

    def __init__(
        self,
        ru: str,
        *aliases: str,
        en: str = "",
        unit: str = "",
        gates: str = "",
        low: int | None = None,
        high: int | None = None,
        derived: bool = False,
        hidden: bool = False,
        group: str = "",
        key: bool = False,
        width: float = 0,
    ) -> None:
        """Take the Russian header and the aliases in order; `gates` as words, `"G1 G2"`."""
        for name, value in {
            "ru": ru,
            "aliases": aliases,
            "en": en,
            "unit": unit,
            "gates": tuple(gates.split()),
            "low": None if low is None else Decimal(low),
            "high": None if high is None else Decimal(high),
            "derived": derived,
            "hidden": hidden,
            "group": group,
            "key": key,
            "width": width,
        }.items():
            object.__setattr__(self, name, value)


TabGroup = Literal["work", "reference", "settings", "system"]


@dataclass(frozen=True, slots=True)
class TableInfo:
    """What a record class's table is.

    Attributes:
        name: The table's code, `companies`.
        label: The tab's title.
        prefix: Of its ids, `C`; "" where rows have no id.
        star: Whether it stands in a fresh book.
        group: What kind of tab it is.
        aliases: Other tab titles that are understood.
        dated: The field whose date tells when the row came to be; `--as-of` leaves out later rows.
        title_field: The field that people call the record by.
    """

    name: str
    label: Label
    prefix: str = ""
    star: bool = False
    group: TabGroup = "reference"
    aliases: tuple[str, ...] = ()
    dated: str = ""
    title_field: str = ""


class Record(BaseModel):
    """A row of a table, its values canonical. Built only where somebody asks for one."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    info: ClassVar[TableInfo]


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A field of a record with all that its column says.

    Attributes:
        table: The table's code.
        code: The field code.
        label: The header in both languages, mark included where it is derived.
        kind: What its cells mean.
        col: The rest of its description.
    """

    table: str
    code: str
    label: Label
    kind: Kind
    col: Col

    @property
    def reference(self) -> str:
        """The table it refers to, "" where it is no reference."""
        return self.kind.table if isinstance(self.kind, RefKind) else ""

    @property
    def enumeration(self) -> str:
        """The enumeration its values come from, "" where it is none."""
        return self.kind.enumeration if isinstance(self.kind, ChoiceKind) else ""

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header by which the column is known, folded.

        A derived column is known only by its marked header or its code: a firm's own «Долг» is theirs.
        """
        if self.col.derived or self.col.hidden:
            return (*(fold(label) for label in self.label), self.code)
        return (*(fold(word) for word in (*self.label, self.code, *self.col.aliases)),)


@cache
def fields(record: type[Record]) -> Mapping[str, FieldInfo]:
    """The fields of a record class by code, in column order."""
    found = {}
    for code, info in record.model_fields.items():
        col = next(item for item in info.metadata if isinstance(item, Col))
        kind = next(item for item in info.metadata if isinstance(item, Kind))
        mark = f"{MARK} " if col.derived or col.hidden else ""
        label = Label(mark + (col.en or english(code)), mark + col.ru)
        found[code] = FieldInfo(record.info.name, code, label, kind, col)
    return found


Text = Annotated[str | None, kinds.TEXT]
Plain = Annotated[str | None, kinds.PLAIN]
Id = Annotated[str | None, kinds.ID]
Integer = Annotated[int | None, kinds.INTEGER]
Quantity = Annotated[Decimal | None, kinds.QUANTITY]
Money = Annotated[Decimal | None, kinds.MONEY]
Day = Annotated[date | None, kinds.DATE]
Moment = Annotated[datetime | None, kinds.MOMENT]
YesNo = Annotated[bool | None, kinds.BOOL]
Phone = Annotated[str | None, kinds.PHONE]
Email = Annotated[str | None, kinds.EMAIL]
Inn = Annotated[str | None, kinds.INN]
Kpp = Annotated[str | None, kinds.KPP]
CompanyRef = Annotated[str | None, kinds.ref("companies")]
ContactRef = Annotated[str | None, kinds.ref("contacts")]
DealRef = Annotated[str | None, kinds.ref("deals")]
ManagerRef = Annotated[str | None, kinds.ref("managers")]
ProductRef = Annotated[str | None, kinds.ref("products")]
CampaignRef = Annotated[str | None, kinds.ref("campaigns")]
TerritoryRef = Annotated[str | None, kinds.ref("territories")]

COMPANY_ALIASES = ("Клиент", "Контрагент", "Организация", "Фирма", "Название", "Client", "Account", "Customer")
CONTACT_ALIASES = ("Контакт", "ФИО контакта", "Имя")
PHONE_ALIASES = ("Тел.", "Тел", "Телефоны", "Моб.", "Моб", "Phone number", "Phones", "Номер телефона")
EMAIL_ALIASES = ("Почта", "Эл. почта", "E-mail", "Email", "Электронная почта", "Mail")
MANAGER_ALIASES = ("Менеджер", "Продавец", "Owner", "Ответственный менеджер", "Salesperson")
STAGE_ALIASES = ("Статус", "Стадия", "Status", "Этап")
AMOUNT_ALIASES = ("Сумма заказа", "Total", "Сумма сделки", "Итого")
NOTE_ALIASES = ("Комментарий", "Заметки", "Примечания", "Comment", "Comments", "Notes")
CITY_ALIASES = ("Город/Регион", "Регион", "Town", "Region")
