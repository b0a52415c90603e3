"""Large books of a firm that does not exist: realistic columns, seven tabs, a few per cent of defects.

`python -m benchmarks.big_books BOOK COMPANIES DAY` writes one, and prints how many rows it has: for each company two
contacts, two or three deals, and now and then an activity or a payment.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import xlsxwriter
from stdnum.ru import inn

MANAGERS = 12
CITIES = ("Пермь", "Екатеринбург", "Казань", "Самара", "Уфа", "Челябинск", "Ижевск", "Тюмень", "Омск", "Саратов")
INDUSTRIES = ("Металлургия", "Строительство", "Пищевая", "Торговля", "Логистика", "Машиностроение", "Химия")
FORMS = ("ООО", "АО", "ИП", "ЗАО")
WORDS = ("Ромашка", "Вектор", "Сталь", "Прогресс", "Урал", "Кама", "Заря", "Монолит", "Титан", "Север", "Орбита", "Луч")
SURNAMES = ("Иванов", "Петров", "Сидоров", "Кузнецов", "Смирнов", "Попов", "Соколов", "Лебедев", "Новиков", "Морозов")
FIRST = ("Иван", "Пётр", "Анна", "Ольга", "Сергей", "Мария", "Дмитрий", "Елена", "Павел", "Наталья")
POSITIONS = ("Директор", "Закупщик", "Главный инженер", "Бухгалтер", "Начальник снабжения", "Технолог")
PRODUCTS = ("Труба 57", "Лист 4 мм", "Уголок 50", "Швеллер 12", "Балка 20", "Арматура 12", "Проволока 3")
STAGES = {
    "Информация": 0.2,
    "Потенциальный клиент": 0.25,
    "Продажа": 0.225,
    "Покупатель": 0.175,
    "Постоянный покупатель": 0.075,
    "Реактивация": 0.075,
}
PAID_DEALS = {"Покупатель": 1, "Постоянный покупатель": 2, "Реактивация": 1}
"""How many settled deals bear a stage out; the others have none."""
DEAL_STAGES = ("Выявлена потребность", "Предложение", "Согласовано", "Счёт выставлен", "Отгружено")

Row = Sequence[object]
Header = tuple[str, ...]

COMPANIES: Header = (
    "ID компании", "Наименование", "Этап", "▦ Не хватает", "Ответственный", "Телефон", "E-mail", "Город",
    "Следующий контакт", "VIP", "Примечание", "ИНН", "КПП", "Адрес", "Сайт", "Отрасль", "Источник", "Категория",
    "№ договора", "Дата договора", "Отсрочка, дн.", "Скидка, %", "▦ Заведён", "▦ Долг",
)  # fmt: skip
CONTACTS: Header = (
    "ID контакта", "ФИО", "Компания", "▦ связь с компанией", "Должность", "Роль", "Телефон", "Мобильный", "E-mail",
    "День рождения", "Основной", "Статус",
)  # fmt: skip
DEALS: Header = (
    "ID сделки", "Компания", "▦ связь с компанией", "Стадия", "Ответственный", "№ заказа", "Товар",
    "Объём потребности", "Ед.", "Цена", "Сумма", "Дата выявления", "Срок поставки", "Ожид. закрытие",
    "Контактное лицо", "Условия поставки", "№ счёта", "Дата счёта", "Срок оплаты", "Объём поставки", "Дата поставки",
    "▦ Оплачено",
)  # fmt: skip
ACTIVITIES: Header = (
    "ID события", "Дата и время", "Тип", "Направление", "Компания", "▦ связь с компанией", "Контактное лицо",
    "Ответственный", "Результат", "Итог", "Следующий шаг",
)  # fmt: skip
PAYMENTS: Header = ("ID оплаты", "Компания", "Сделка", "Дата", "Сумма", "№ документа", "Источник")


def tax_number(random: Random) -> str:
    """A firm's INN with its check digit."""
    digits = f"{random.randint(1, 99):02d}{random.randint(0, 9_999_999):07d}"
    return digits + inn.calc_company_check_digit(digits)


def phone(random: Random) -> str:
    """A phone as people type it."""
    digits = f"9{random.choice('0123568')}{random.randint(0, 99_999_999):08d}"
    style = random.random()
    if style < 0.35:
        return f"+7 {digits[:3]} {digits[3:6]}-{digits[6:8]}-{digits[8:]}"
    if style < 0.6:
        return f"8 ({digits[:3]}) {digits[3:6]}-{digits[6:8]}-{digits[8:]}"
    if style < 0.75:
        return "+7" + digits
    if style < 0.9:
        return "8" + digits
    return f"8 (343) 2{digits[3:5]}-{digits[5:7]}-{digits[7:9]}, {digits}"


def spoilt(random: Random, value: object, *bad: object, share: float = 0.004) -> object:
    """The value, or now and then a bad one."""
    return random.choice(bad) if random.random() < share else value


class Firm:
    """A firm of a given number of companies; the same number gives the same firm."""

    def __init__(self, companies: int, today: date) -> None:
        """Draw the names and ids that rows refer to."""
        self.random = Random(companies)
        self.today = today
        self.count = companies
        self.managers = [f"{FIRST[i % 10]} {SURNAMES[i * 7 % 10]} {i + 1}" for i in range(MANAGERS)]
        self.stages = self.random.choices(list(STAGES), list(STAGES.values()), k=companies)
        self.amounts = [self.random.randint(50, 90_000) * 10.5 for _ in range(5 * companies // 2)]
        self.names = [f"{self.random.choice(FORMS)} «{self.random.choice(WORDS)} {i + 1}»" for i in range(companies)]

    def day(self, back: int, forward: int = 0) -> date:
        """A day around today."""
        return self.today - timedelta(days=self.random.randint(-forward, back))

    def companies(self) -> Iterable[Row]:
        """Two dozen columns, a third of them mostly blank."""
        r = self.random
        for i, (name, stage) in enumerate(zip(self.names, self.stages, strict=True)):
            buyer = stage in PAID_DEALS
            yield (
                f"C-{i + 1:06d}" if r.random() > 0.001 else "C-000001",
                spoilt(r, name, "уточнить", f" {name}", ""),
                spoilt(r, stage, "Покупатиль", "", "VIP"),
                "",
                spoilt(r, r.choice(self.managers), "Кто-то Другой", ""),
                spoilt(r, phone(r), "8-912-34", "нет", "по почте", share=0.01),
                spoilt(r, f"info{i}@firm{i % 997}.ru", "info@", "1@1.ru") if r.random() < 0.6 else "",
                r.choice(CITIES),
                self.day(0, 60) if r.random() < 0.2 else "",
                "да" if r.random() < 0.05 else "",
                "просили перезвонить после праздников" if r.random() < 0.1 else "",
                spoilt(r, tax_number(r), "7707083894", "123", share=0.01) if buyer or r.random() < 0.3 else "",
                f"{r.randint(1000, 9999)}01001" if buyer else "",
                f"ул. Ленина, {i % 300 + 1}" if r.random() < 0.8 else "",
                f"firm{i}.ru" if r.random() < 0.3 else "",
                r.choice(INDUSTRIES),
                "Сайт" if r.random() < 0.5 else "Выставка",
                r.choice("ABCD"),
                f"Д-{i}" if buyer else "",
                self.day(900) if buyer else "",
                r.choice((0, 14, 30)) if buyer else "",
                spoilt(r, 5, 150) if buyer and r.random() < 0.3 else "",
                self.day(100 if stage == "Информация" else 900),
                0,
            )

    def contacts(self) -> Iterable[Row]:
        """Two a company."""
        r = self.random
        for i in range(2 * self.count):
            company = i % self.count
            full = f"{r.choice(SURNAMES)} {r.choice(FIRST)} {i}"
            yield (
                f"P-{i + 1:06d}",
                full,
                spoilt(r, self.names[company], "ООО «Неизвестно»"),
                f"C-{company + 1:06d} {self.names[company]}",
                spoilt(r, r.choice(POSITIONS), "?", ""),
                "ЛПР" if r.random() < 0.5 else "Закупщик",
                phone(r),
                phone(r) if r.random() < 0.4 else "",
                spoilt(r, f"p{i}@firm{company}.ru", "p@p", share=0.01) if r.random() < 0.7 else "",
                self.day(20_000) if r.random() < 0.2 else "",
                "да" if i < self.count else "",
                "Работает",
            )

    def is_paid(self, deal: int) -> bool:
        """Whether the deal is one of those that bear out its company's stage."""
        round_, company = divmod(deal, self.count)
        return round_ < PAID_DEALS.get(self.stages[company], 0)

    def deals(self) -> Iterable[Row]:
        """Five for two companies."""
        r = self.random
        for i in range(5 * self.count // 2):
            company = i % self.count
            found = self.day(700)
            paid = self.is_paid(i)
            stage = 4 if paid else r.randrange(len(DEAL_STAGES))
            found = found - timedelta(days=200 * (self.stages[company] == "Реактивация" and paid) + 30 * paid)
            done = stage == 4
            yield (
                f"D-{i + 1:06d}",
                spoilt(r, self.names[company], "Вектор", share=0.002),
                f"C-{company + 1:06d} {self.names[company]}",
                DEAL_STAGES[stage],
                r.choice(self.managers) if r.random() < 0.7 else "",
                f"{i}" if r.random() < 0.2 else "",
                r.choice(PRODUCTS),
                spoilt(r, r.randint(1, 400), -5, "много"),
                "т",
                r.randint(50, 900) * 100,
                self.amounts[i],
                found if paid else spoilt(r, found, "31.02.2026", "12.11.2026"),
                found + timedelta(days=30)
                if paid
                else spoilt(r, found + timedelta(days=30), found - timedelta(days=3)),
                found + timedelta(days=20),
                f"P-{company + 1:06d}",
                "самовывоз" if stage >= 2 else "",
                f"С-{i}" if stage >= 3 else "",
                found + timedelta(days=7) if stage >= 3 else "",
                found + timedelta(days=21) if stage >= 3 else "",
                r.randint(1, 400) if done else "",
                min(found + timedelta(days=25), self.today) if done else "",
                0,
            )

    def activities(self) -> Iterable[Row]:
        """Six for ten companies."""
        r = self.random
        for i in range(6 * self.count // 10):
            company = r.randrange(self.count)
            at = datetime.combine(self.day(400), datetime.min.time()) + timedelta(minutes=r.randint(540, 1080))
            yield (
                f"A-{i + 1:06d}",
                at,
                r.choice(("Звонок", "Письмо", "Встреча")),
                r.choice(("Входящее", "Исходящее")),
                self.names[company],
                f"C-{company + 1:06d} {self.names[company]}",
                f"P-{company + 1:06d}",
                r.choice(self.managers),
                r.choice(("Состоялся", "Не дозвонились", "Договорились")),
                f"обсудили условия, вернуться к вопросу {i % 900}",
                at.date() + timedelta(days=14) if r.random() < 0.6 else "",
            )

    def payments(self) -> Iterable[Row]:
        """Four for ten companies: one for each deal that is settled."""
        for number, i in enumerate(filter(self.is_paid, range(len(self.amounts))), 1):
            yield (
                f"PAY-{number:06d}",
                self.names[i % self.count],
                f"D-{i + 1:06d}",
                self.day(400),
                self.amounts[i],
                f"{number}",
                "Банк",
            )

    def staff(self) -> Iterable[Row]:
        """The managers; the first is the head."""
        for i, name in enumerate(self.managers):
            yield f"M-{i + 1:06d}", name, f"m{i}@our.ru", "Продавец" if i else "Руководитель"


def write(path: Path, companies: int, today: date) -> int:
    """Write the firm's book; returns how many rows it has."""
    firm = Firm(companies, today)
    tabs: tuple[tuple[str, Header, Callable[[], Iterable[Row]]], ...] = (
        ("Компании", COMPANIES, firm.companies),
        ("Контактные лица", CONTACTS, firm.contacts),
        ("Сделки", DEALS, firm.deals),
        ("События", ACTIVITIES, firm.activities),
        ("Оплаты", PAYMENTS, firm.payments),
        ("Ответственные", ("ID ответственного", "Имя", "E-mail", "Роль"), firm.staff),
        ("Настройки", ("Настройка", "Значение"), lambda: [("language", "ru"), ("stale_days", 120)]),
    )
    total = 0
    with xlsxwriter.Workbook(path) as book:
        formats = {
            date: book.add_format({"num_format": "dd.mm.yyyy"}),
            datetime: book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
        }
        for title, header, rows in tabs:
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, header)
            number = 0
            for number, row in enumerate(rows(), 1):
                for column, value in enumerate(row):
                    if value != "":
                        sheet.write(number, column, value, formats.get(type(value)))
            total += number
    return total


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int(sys.argv[2]), date.fromisoformat(sys.argv[3])))
