"""sheetcrm: a client base in a workbook, checked, counted and turned into tasks."""

__version__ = "0.1.0"
