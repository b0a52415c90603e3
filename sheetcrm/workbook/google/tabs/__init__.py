"""Generated tabs drawn in a Google Sheet: a `Tab` as the requests of a batchUpdate."""

from sheetcrm.workbook.google.tabs.drawing import draw, fill, prepare
from sheetcrm.workbook.google.tabs.view import group_of

__all__ = ["draw", "fill", "group_of", "prepare"]
