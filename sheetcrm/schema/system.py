"""The firm's settings tabs, and the hidden tabs that the tool appends to."""

from typing import Annotated, ClassVar

from sheetcrm.schema import kinds
from sheetcrm.schema.record import (
    Col,
    CompanyRef,
    ContactRef,
    Day,
    Integer,
    ManagerRef,
    Moment,
    Money,
    Plain,
    Record,
    TableInfo,
)
from sheetcrm.text import Label


class ListRow(Record):
    """A value that the firm adds to an enumeration, or its own label for one."""

    info: ClassVar[TableInfo] = TableInfo(
        "lists", Label("Lists", "Списки"), star=True, group="settings", aliases=("Справочники",)
    )

    list: Annotated[Plain, Col("Список", key=True, width=20)] = None
    code: Annotated[Plain, Col("Код", key=True, width=18)] = None
    en: Annotated[Plain, Col("По-английски", en="English", width=24)] = None
    ru: Annotated[Plain, Col("По-русски", en="Russian", width=24)] = None
    order: Annotated[Integer, Col("Порядок", width=10)] = None


class SettingRow(Record):
    """A setting of the firm: a name, a value, and what it means."""

    info: ClassVar[TableInfo] = TableInfo(
        "settings", Label("Settings", "Настройки"), star=True, group="settings", aliases=("Параметры",)
    )

    name: Annotated[Plain, Col("Настройка", "Параметр", "Setting", key=True, width=24)] = None
    value: Annotated[Plain, Col("Значение", width=60)] = None
    meaning: Annotated[Plain, Col("Что значит", width=100)] = None


class FirmRule(Record):
    """A rule of the firm's own: which columns a stage needs, and how."""

    info: ClassVar[TableInfo] = TableInfo("rules", Label("Rules", "Правила"), star=True, group="settings")

    stage: Annotated[Plain, Col("Этап", "Стадия", width=22)] = None
    table: Annotated[Plain, Col("Таблица", "Лист", key=True, width=18)] = None
    columns: Annotated[Plain, Col("Колонки", key=True, width=42)] = None
    need: Annotated[Plain, Col("Требование", key=True, width=20)] = None
    severity: Annotated[str | None, kinds.choice("severity"), Col("Важность")] = None
    starts: Annotated[Day, Col("С даты", en="From")] = None
    message: Annotated[Plain, Col("Сообщение", width=60)] = None


class BaselineRow(Record):
    """A finding that was accepted as it stands."""

    info: ClassVar[TableInfo] = TableInfo("baseline", Label("Baseline", "Baseline"), group="system")

    code: Annotated[Plain, Col("Code", en="Code")] = None
    table: Annotated[Plain, Col("Table", en="Table")] = None
    id: Annotated[Plain, Col("ID", en="ID")] = None
    column: Annotated[Plain, Col("Column", en="Column")] = None
    hash: Annotated[Plain, Col("Hash", en="Hash")] = None
    accepted: Annotated[Day, Col("Accepted", en="Accepted")] = None


class StageMove(Record):
    """A transition of a company or a deal from one stage to another (S-08, S-121)."""

    info: ClassVar[TableInfo] = TableInfo("stage_log", Label("StageLog", "StageLog"), group="system", dated="at")

    entity: Annotated[Plain, Col("Entity", en="Entity")] = None
    id: Annotated[Plain, Col("ID", en="ID")] = None
    source: Annotated[Plain, Col("From", en="From")] = None
    target: Annotated[Plain, Col("To", en="To")] = None
    at: Annotated[Moment, Col("At", en="At")] = None
    by: Annotated[Plain, Col("By", en="By")] = None
    manager: Annotated[ManagerRef, Col("Manager then", en="Manager then")] = None
    cause: Annotated[Plain, Col("Cause", en="Cause")] = None


class ChangeRow(Record):
    """One change of one cell: when, by which run, by whom, from what, to what."""

    info: ClassVar[TableInfo] = TableInfo("change_log", Label("ChangeLog", "ChangeLog"), group="system", dated="at")

    at: Annotated[Moment, Col("At", en="At")] = None
    run: Annotated[Plain, Col("Run", en="Run")] = None
    by: Annotated[Plain, Col("By", en="By")] = None
    tab: Annotated[Plain, Col("Tab", en="Tab")] = None
    id: Annotated[Plain, Col("ID", en="ID")] = None
    column: Annotated[Plain, Col("Column", en="Column")] = None
    old: Annotated[Plain, Col("Old", en="Old")] = None
    new: Annotated[Plain, Col("New", en="New")] = None


class Employment(Record):
    """Where a contact worked, from when to when (S-35)."""

    info: ClassVar[TableInfo] = TableInfo("employment", Label("Employment", "Employment"), group="system")

    contact: Annotated[ContactRef, Col("Contact", en="Contact")] = None
    company: Annotated[CompanyRef, Col("Company", en="Company")] = None
    position: Annotated[Plain, Col("Position", en="Position")] = None
    starts: Annotated[Day, Col("From", en="From")] = None
    ends: Annotated[Day, Col("To", en="To")] = None


class Merged(Record):
    """A record that was merged into another: loser → winner."""

    info: ClassVar[TableInfo] = TableInfo("merged", Label("Merged", "Merged"), group="system")

    loser: Annotated[Plain, Col("Loser", en="Loser")] = None
    winner: Annotated[Plain, Col("Winner", en="Winner")] = None
    at: Annotated[Moment, Col("At", en="At")] = None


class Snapshot(Record):
    """A company as it stood at the end of a month (S-76)."""

    info: ClassVar[TableInfo] = TableInfo("snapshots", Label("Snapshots", "Snapshots"), group="system", dated="month")

    month: Annotated[Day, Col("Month", en="Month")] = None
    company: Annotated[CompanyRef, Col("Company", en="Company")] = None
    stage: Annotated[Plain, Col("Stage", en="Stage")] = None
    abcd: Annotated[Plain, Col("Class", en="Class")] = None
    manager: Annotated[ManagerRef, Col("Manager", en="Manager")] = None
    revenue: Annotated[Money, Col("Revenue", en="Revenue")] = None


class Run(Record):
    """One run of a command that wrote: when, which, and how much."""

    info: ClassVar[TableInfo] = TableInfo("runs", Label("Runs", "Runs"), group="system", aliases=("Runs (sheetcrm)",))

    run: Annotated[Moment, Col("Run", en="Run")] = None
    command: Annotated[Plain, Col("Command", en="Command")] = None
    counts: Annotated[Plain, Col("Counts", en="Counts")] = None
