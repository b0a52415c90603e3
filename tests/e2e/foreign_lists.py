"""Lists that sheetcrm did not make, as firms keep them: what is wrong in each is known by how it was built."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

RED = PatternFill("solid", fgColor="FF6B6B")
YELLOW = PatternFill("solid", fgColor="FFFF66")
GREY = PatternFill("solid", fgColor="D9D9D9")

Row = list[object]


@dataclass(frozen=True)
class Known:
    """What is known of a list by how it was built.

    Attributes:
        rows: How many rows are records.
        sheets: The tabs that are lists.
        columns: How many columns there are, and how many of them can be understood.
        counts: How many faults of each kind were put in.
        cells: Some of their addresses, by kind.
        colours: How many rows are filled, by the colour's English name.
        asides: How many rows are something else, by what they are.
        ready: How many rows hold enough for a client of the first stage.
    """

    rows: int
    sheets: tuple[str, ...]
    columns: tuple[int, int]
    counts: Mapping[str, int]
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    colours: Mapping[str, int] = field(default_factory=dict)
    asides: Mapping[str, int] = field(default_factory=dict)
    ready: int = 0


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


FIRST = words("Вектор Альфа Гранит Восход Северсталь Меридиан Горизонт Атлант Каскад Премьер Лидер Фаворит")
SECOND = words("Строй Торг Сервис Пром Снаб Инвест Логистик Мебель Техно Агро Мед Дизайн")
FORMS = ("ООО", "АО", "ООО", "ЗАО")
CITIES = ("Екатеринбург", "Пермь", "Челябинск", "Тюмень", "Уфа")
SURNAMES = words("Кузнецов Попов Соколов Лебедев Козлов Новиков Морозов Волков Зайцев Павлов Семёнов Голубев")
NAMES = ("Иван", "Сергей", "Дмитрий", "Андрей", "Олег", "Павел", "Николай")
PATRONYMICS = ("Петрович", "Иванович", "Сергеевич", "Олегович", "Павлович")


def firm(i: int) -> str:
    """The i-th firm's name, all different for i < 144."""
    return f"{FORMS[i % 4]} «{FIRST[i % 12]}{SECOND[i // 12 % 12].lower()}»"


def person(i: int) -> str:
    """The i-th person, all different for i < 420."""
    return f"{SURNAMES[i % 12]} {NAMES[i % 7]} {PATRONYMICS[i % 5]}"


def inn(i: int) -> str:
    """The i-th firm's tax number, its check digit right."""
    digits = f"6658{i * 137 % 100_000:05d}"
    check = sum(int(d) * w for d, w in zip(digits, (2, 4, 10, 3, 5, 9, 4, 6, 8), strict=True)) % 11 % 10
    return f"{digits}{check}"


def wrong_inn(i: int) -> str:
    """A tax number whose check digit is off by one."""
    right = inn(i)
    return right[:-1] + str((int(right[-1]) + 1) % 10)


def phone(i: int) -> str:
    """The i-th phone, spelt as people spell phones."""
    number = f"{2_000_000 + i * 7_919 % 7_000_000:07d}"
    a, b, c = number[:3], number[3:5], number[5:]
    return (f"8 912 {a}-{b}-{c}", f"+7 (922) {a}-{b}-{c}", f"8-904-{a}-{b}-{c}", f"7965{number}")[i % 4]


def wrong_phone(i: int) -> str:
    """A phone with a digit too few or too many."""
    return (f"8-912-{i:04d}", f"8 912 345-67-{i:04d}", f"+7 343 {i:03d}")[i % 3]


def mail(i: int) -> str:
    """The i-th address."""
    return f"zakaz{i}@firma{i}.ru"


def title_rows(path: Path) -> Known:
    """One tab with title rows above the header, a row of totals, red rows, and columns that only the firm knows."""
    book = Workbook()
    sheet = _sheet(book, "База 2026")
    sheet.append(["База клиентов ООО «Уралснаб»"])
    sheet.merge_cells("A1:K1")
    sheet.append(["обновлено 12.03.2026, Лена"])
    sheet.append([])
    sheet.append(["№", "Клиент", "ИНН", "Контактное лицо", "Телефон", "Почта", "Менеджер", "Статус",
                  "Шоурум", "Подарок на НГ", "Код 1С"])  # fmt: skip
    managers = ("Иванова", "Петров", "Смирнова")
    statuses = ("В работе", "Думает", "Покупатель", "Перезвонить")
    rows: list[Row] = [
        [i + 1, firm(i), inn(i), person(i), phone(i), mail(i), managers[i % 3], statuses[i % 4],
         ("был", "не был", "")[i % 3], ("конфеты", "коньяк", "", "ежедневник")[i % 4], f"00-{i:05d}"]
        for i in range(120)
    ]  # fmt: skip
    cells: dict[str, list[str]] = {"inn": [], "phone": [], "duplicate": []}
    for i in range(3, 120, 13):
        rows[i][2] = wrong_inn(i)
        cells["inn"].append(f"C{5 + i}")
    for i in range(5, 120, 9):
        rows[i][4] = wrong_phone(i)
        cells["phone"].append(f"E{5 + i}")
    for n, i in enumerate((1, 10, 20, 30, 40, 52, 60)):
        twin = list(rows[i])
        twin[0], twin[1] = 121 + n, str(rows[i][1]).upper().replace("«", '"').replace("»", '"')
        twin[2] = "" if n % 2 else twin[2]
        twin[10] = f"01-{i:05d}"
        cells["duplicate"].append(f"B{5 + len(rows)}")
        rows.append(twin)
    red = range(7, 120, 10)
    for i in red:
        rows[i][7] = "Отказ"
    for i, row in enumerate(rows):
        sheet.append(row)
        if i in red:
            _fill(sheet, 5 + i, 11, RED)
    sheet.append(["", "Итого", "", "", "", "", "", "", "", "", len(rows)])
    book.save(path)
    counts = {kind: len(found) for kind, found in cells.items()}
    # Seven rows lost their phone and keep name and e-mail: two of three are enough.
    return Known(127, ("База 2026",), (11, 8), counts, {k: tuple(v) for k, v in cells.items()}, {"red": len(red)},
                 {"total": 1}, 127)  # fmt: skip


def tabs_per_manager(path: Path) -> Known:
    """A tab for each manager, the columns in another order on one of them, and a tab of sums that is no list."""
    book = Workbook()
    header = [
        "Компания",
        "Город",
        "ФИО",
        "Должность",
        "Тел.",
        "E-mail",
        "Последний звонок",
        "Следующий звонок",
        "Прим.",
    ]
    cells: dict[str, list[str]] = {"duplicate": [], "email": [], "date": [], "placeholder": []}
    posts = ("директор", "закупщик", "гл. бухгалтер", "снабженец")
    managers = ("Иванова Мария", "Петров Олег", "Смирнова")
    for tab, manager in enumerate(managers):
        sheet = _sheet(book, manager)
        order = [0, 4, 5, 2, 3, 1, 6, 7, 8] if tab == 1 else list(range(9))
        rows: list[Row] = []
        for n in range(45):
            i = tab * 45 + n
            last = date(2026, 1, 12) + timedelta(days=i * 3 % 60)
            typed: object = last if n % 5 else last.strftime("%d.%m.%Y")
            rows.append([firm(i), CITIES[i % 5], person(i), posts[i % 4], phone(i), mail(i), typed,
                         last + timedelta(days=14), ("", "ждёт прайс", "тендер в мае")[i % 3]])  # fmt: skip
        letter = {
            code: "ABCDEFGHI"[order.index(at)] for code, at in (("name", 0), ("email", 5), ("phone", 4), ("date", 7))
        }
        for n in (4, 17):
            rows[n][5] = f"firma{n}.ru"
            cells["email"].append(_address(manager, f"{letter['email']}{n + 2}"))
        rows[9][7] = "31.02.2026"
        cells["date"].append(_address(manager, f"{letter['date']}11"))
        rows[11][4] = "уточнить"
        cells["placeholder"].append(_address(manager, f"{letter['phone']}13"))
        if tab:
            for n in (20, 30):
                rows[n][0], rows[n][1] = firm(n), CITIES[n % 5]
                cells["duplicate"].append(_address(manager, f"{letter['name']}{n + 2}"))
        sheet.append([header[at] for at in order])
        for row in rows:
            sheet.append([row[at] for at in order])
    _sums(_sheet(book, "Итоги"), managers)
    book.save(path)
    counts = {kind: len(found) for kind, found in cells.items()}
    return Known(135, managers, (9, 9), counts, {k: tuple(v) for k, v in cells.items()}, ready=135)


def merged_and_red(path: Path) -> Known:
    """Two header rows, sections, several phones in a cell, firms merged over their people, red and yellow rows."""
    book = Workbook()
    sheet = _sheet(book, "Лист1")
    sheet.append(["КЛИЕНТЫ УРАЛ"])
    sheet.append(["№ п/п", "Организация", "ИНН/КПП", "Контакты", "", "", "Адрес", "Источник", "Сумма, руб."])
    sheet.append(["", "", "", "ФИО", "Телефоны", "Эл. почта", "", "", ""])
    sheet.merge_cells("D2:F2")
    for letter in "ABCGHI":
        sheet.merge_cells(f"{letter}2:{letter}3")
    cells: dict[str, list[str]] = {"inn": [], "phone": [], "merged": [], "placeholder": [], "error": []}
    for section, city in enumerate(CITIES[:3]):
        _section(sheet, city)
        if section == 1:
            one_line = ["ФИО", "Телефоны", "Эл. почта", "Адрес", "Источник", "Сумма, руб."]
            sheet.append(["№ п/п", "Организация", "ИНН/КПП", *one_line])
        for n in range(22):
            _firm_with_people(sheet, section * 22 + n, city, 3 if n in (4, 15) else 1, cells)
            _spoil(sheet, n, section * 22 + n, cells)
        sheet.append(["", "Итого по городу", "", "", "", "", "", "", 220_000 + section])
        sheet.append([])
    book.save(path)
    counts = {kind: len(found) for kind, found in cells.items()} | {"merged": 3 * len(cells["merged"])}
    asides = {"section": 3, "total": 3, "header": 1, "blank": 2}
    known = {kind: tuple(found) for kind, found in cells.items()}
    return Known(78, ("Лист1",), (9, 9), counts, known, {"red": 9, "yellow": 3}, asides, 78)


def _section(sheet: Worksheet, city: str) -> None:
    sheet.append([city])
    row = sheet.max_row
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=9)
    _fill(sheet, row, 9, GREY)


def _firm_with_people(sheet: Worksheet, i: int, city: str, people: int, cells: dict[str, list[str]]) -> None:
    """A firm with a row for each of its people, merged over them."""
    top = sheet.max_row + 1
    for nth in range(people):
        who = i + 70 * (nth + 1)
        phones = (
            phone(who),
            f"{phone(who)} доб. 12; {phone(who + 400)} Ольга",
            f"{phone(who)}\n{phone(who + 400)}",
        )[who % 3]
        contact = [person(who), phones, mail(who)]
        if nth:
            sheet.append(["", "", "", *contact])
        else:
            source = ("Сайт", "выставка", "Рекомендация", "реклама")[i % 4]
            address = f"г. {city}, ул. Ленина, д. {i + 1}"
            sheet.append([i + 1, firm(i), f"{inn(i)}/665801001", *contact, address, source, 10_000 + i * 500])
    if people > 1:
        for letter in "ABC":
            sheet.merge_cells(f"{letter}{top}:{letter}{top + people - 1}")
        cells["merged"].append(f"A{top}")


def _spoil(sheet: Worksheet, n: int, i: int, cells: dict[str, list[str]]) -> None:
    """Put faults and colours into the last row of a section's n-th firm."""
    row = sheet.max_row
    faults: dict[int, tuple[str, str, str]] = {
        6: ("inn", "C", f"{wrong_inn(i)}/665801001"),
        8: ("phone", "E", f"{phone(i)}; {wrong_phone(i)}"),
        9: ("phone", "E", f"{phone(i)}; {wrong_phone(i)}"),
        11: ("placeholder", "F", "нет"),
        13: ("error", "I", "#N/A"),
    }
    if n in faults:
        kind, letter, value = faults[n]
        sheet[f"{letter}{row}"] = value
        cells[kind].append(f"{letter}{row}")
    fill = {1: RED, 12: RED, 20: RED, 18: YELLOW}.get(n)
    if fill is not None:
        _fill(sheet, row, 9, fill)


def in_english(path: Path) -> Known:
    """A British firm's list: phones of its own country, words of its own for the status, no header misunderstood."""
    book = Workbook()
    sheet = _sheet(book, "Leads")
    sheet.append(["Company name", "Contact person", "Job title", "Phone", "E-mail", "City", "Owner", "Status",
                  "Deal value", "Follow-up", "T-shirt size"])  # fmt: skip
    first = words("Amber Beacon Cedar Delta Ember Falcon Granite Harbour")
    second = words("Foods Logistics Press Textiles Studios Marine Farms Labs")
    names = words("Alice Ben Carol David Emma Frank Grace Henry")
    cities = ("London", "Leeds", "Bristol")
    families = words("Hughes Clarke Foster Wright Palmer Reed Shaw Turner")
    cells: dict[str, list[str]] = {"phone": [], "email": [], "duplicate": []}
    for i in range(60):
        row: Row = [
            f"{first[i % 8]} {second[i // 8]} Ltd", f"{names[i % 8]} {families[i // 8]}", ("Buyer", "Director")[i % 2],
            f"020 7{100 + i} {4_000 + i * 7}", f"{names[i % 8].lower()}{i}@company{i}.co.uk", cities[i % 3],
            ("Kate Moore", "Tom Ellis")[i % 2], ("Warm", "Cold", "Negotiation", "Won", "Junk")[i % 5], 1_000 + 250 * i,
            date(2026, 4, 1) + timedelta(days=i % 30), ("S", "M", "L")[i * i % 3],
        ]  # fmt: skip
        if i in (7, 21, 44):
            row[3] = f"020 79{i:02d}"
            cells["phone"].append(f"D{i + 2}")
        if i in (12, 33):
            row[4] = f"info.company{i}"
            cells["email"].append(f"E{i + 2}")
        if i in (50, 51):
            row[0] = f"{first[(i - 40) % 8]} {second[(i - 40) // 8]} Limited".upper()
            row[5] = cities[(i - 40) % 3]
            cells["duplicate"].append(f"A{i + 2}")
        sheet.append(row)
    book.save(path)
    counts = {kind: len(found) for kind, found in cells.items()}
    return Known(60, ("Leads",), (11, 10), counts, {k: tuple(v) for k, v in cells.items()}, ready=60)


LISTS: Mapping[str, Callable[[Path], Known]] = {
    "title_rows": title_rows,
    "tabs_per_manager": tabs_per_manager,
    "merged_and_red": merged_and_red,
    "in_english": in_english,
}


def _sheet(book: Workbook, title: str) -> Worksheet:
    """A new tab; the empty one that a fresh workbook has goes."""
    for empty in [one for one in book.worksheets if one.title == "Sheet"]:
        book.remove(empty)
    sheet = book.create_sheet(title)
    assert isinstance(sheet, Worksheet)
    return sheet


def _fill(sheet: Worksheet, row: int, width: int, fill: PatternFill) -> None:
    for column in range(1, width + 1):
        sheet.cell(row, column).fill = fill


def _sums(sheet: Worksheet, managers: Sequence[str]) -> None:
    sheet.append(["Менеджер", "Сумма"])
    for manager in managers:
        sheet.append([manager, 100_000])
    sheet.append(["Всего", 300_000])
    sheet["A5"].font = Font(bold=True)


def _address(sheet: str, cell: str) -> str:
    return f"'{sheet}'!{cell}" if " " in sheet else f"{sheet}!{cell}"
