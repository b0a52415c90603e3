"""The names of columns: 0 is A, 26 is AA."""


def letters(column: int) -> str:
    """The name of a column."""
    name, column = "", column + 1
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(65 + digit) + name
    return name


def number(name: str) -> int:
    """The column of that name."""
    column = 0
    for letter in name.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1
