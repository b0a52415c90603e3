"""Data filters: parts of a book named by A1 range, by grid range or by developer metadata."""

from __future__ import annotations

from tests.google.emulator.book import Book
from tests.google.emulator.errors import Json, invalid
from tests.google.emulator.ranges import Area, from_a1, from_grid


def areas(book: Book, data_filter: Json) -> list[Area]:
    """The areas that a data filter names."""
    if "a1Range" in data_filter:
        return [from_a1(book, data_filter["a1Range"])]
    if "gridRange" in data_filter:
        return [from_grid(book, data_filter["gridRange"])]
    return [area for entry in metadata(book, data_filter) for area in _places(book, entry["location"])]


def _places(book: Book, location: Json) -> list[Area]:
    if "dimensionRange" in location:
        return [along(book, location["dimensionRange"])]
    if location["locationType"] == "SHEET":
        return [Area(book.sheet(location.get("sheetId", 0)))]
    return [Area(sheet) for sheet in book.sheets]


def along(book: Book, dimension_range: Json) -> Area:
    """The rows or columns of a DimensionRange."""
    sheet = book.sheet(dimension_range.get("sheetId", 0))
    start, end = dimension_range.get("startIndex", 0), dimension_range.get("endIndex")
    if dimension_range.get("dimension") == "ROWS":
        return Area(sheet, top=start, bottom=end)
    if dimension_range.get("dimension") == "COLUMNS":
        return Area(sheet, left=start, right=end)
    raise invalid("No dimension specified.")


def metadata(book: Book, data_filter: Json) -> list[Json]:
    """The developer metadata that a data filter matches."""
    if "developerMetadataLookup" in data_filter:
        wanted = data_filter["developerMetadataLookup"]
        return [entry for entry in book.metadata if _matches(book, entry, wanted)]
    if not data_filter:
        raise invalid("Must specify exactly one of a1_range, grid_range or developer_metadata_lookup.")
    within = areas(book, data_filter)
    return [e for e in book.metadata if any(_inside(p, a) for p in _places(book, e["location"]) for a in within)]


def _matches(book: Book, entry: Json, wanted: Json) -> bool:
    plain = ("metadataId", "metadataKey", "metadataValue", "visibility")
    if any(name in wanted and wanted[name] != entry.get(name) for name in plain):
        return False
    location = entry["location"]
    if "locationType" in wanted and wanted["locationType"] != location["locationType"]:
        return False
    if "metadataLocation" not in wanted:
        return True
    there = typed_location(wanted["metadataLocation"])
    if wanted.get("locationMatchingStrategy") == "EXACT_LOCATION":
        return bool(location == there)
    places, wanted_places = _places(book, location), _places(book, there)
    return any(_inside(place, area) or _inside(area, place) for place in places for area in wanted_places)


def _inside(small: Area, large: Area) -> bool:
    if small.sheet is not large.sheet:
        return False
    inner, outer = small.bounded, large.bounded
    rows = outer.top <= inner.top and (inner.bottom or 0) <= (outer.bottom or 0)
    return rows and outer.left <= inner.left and (inner.right or 0) <= (outer.right or 0)


def typed_location(location: Json) -> Json:
    """The location with its type, which Google derives."""
    if "dimensionRange" in location:
        rows = location["dimensionRange"].get("dimension") == "ROWS"
        return {"locationType": "ROW" if rows else "COLUMN", "dimensionRange": location["dimensionRange"]}
    if "sheetId" in location:
        return {"locationType": "SHEET", "sheetId": location["sheetId"]}
    if location.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    raise invalid("Must specify a location for developer metadata.")
