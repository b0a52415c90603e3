"""Comment threads, as newer Excel keeps them: the thread, the persons, an old comment beneath for other programs."""

from __future__ import annotations

from tests.lossless.patched import DATA, DECLARATION, MAIN, MS, WORKBOOK, Patched

NAMESPACE = f"{MS}/spreadsheetml/2018/threadedcomments"
PERSON = "{6C8F1A52-0D60-4B36-9E5C-2D6B7B3C5A10}"
THREAD, REPLY = "{0F5B0C1E-7C43-4B69-8A4F-0B8C5D1E2F30}", "{1F5B0C1E-7C43-4B69-8A4F-0B8C5D1E2F31}"


def threads(book: Patched) -> None:
    """A thread over the first of the notes that XlsxWriter made."""
    book.replace("xl/comments1.xml", "<author>Anna</author>", f"<author>tc={THREAD}</author>")
    _talk(book, DATA, "A2")


def thread(book: Patched, sheet: str, cell: str) -> None:
    """A thread on a sheet that has no comments yet."""
    note = (
        f'{DECLARATION}<comments xmlns="{MAIN}"><authors><author>tc={THREAD}</author></authors><commentList>'
        f'<comment ref="{cell}" authorId="0"><text><t>[Threaded comment] Is she still there?</t></text></comment>'
        "</commentList></comments>"
    )
    vml = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape'
        ' id="_x0000_s9001" type="#_x0000_t202" style="visibility:hidden"><x:ClientData ObjectType="Note"><x:Row>0'
        "</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>"
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    book.write("xl/ownComments1.xml", note, kind)
    book.extension("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    book.write("xl/drawings/ownVml1.vml", vml)
    book.relate(sheet, "comments", "xl/ownComments1.xml")
    id = book.relate(sheet, "vmlDrawing", "xl/drawings/ownVml1.vml")
    book.before(sheet, ("extLst", "/worksheet"), f'<legacyDrawing r:id="{id}"/>')
    _talk(book, sheet, cell)


def _talk(book: Patched, sheet: str, cell: str) -> None:
    book.write(
        "xl/threadedComments/threadedComment1.xml",
        f'{DECLARATION}<ThreadedComments xmlns="{NAMESPACE}"><threadedComment ref="{cell}" dT="2026-03-01T10:00:00.00"'
        f' personId="{PERSON}" id="{THREAD}"><text>Is she still there?</text></threadedComment>'
        f'<threadedComment ref="{cell}" dT="2026-03-02T10:00:00.00" personId="{PERSON}" id="{REPLY}"'
        f' parentId="{THREAD}"><text>Yes &amp; well</text></threadedComment></ThreadedComments>',
        "application/vnd.ms-excel.threadedcomments+xml",
    )
    book.write(
        "xl/persons/person.xml",
        f'{DECLARATION}<personList xmlns="{NAMESPACE}"><person displayName="Anna" id="{PERSON}" userId="a"'
        ' providerId="None"/></personList>',
        "application/vnd.ms-excel.person+xml",
    )
    book.relate(sheet, f"{MS}/2017/10/relationships/threadedComment", "xl/threadedComments/threadedComment1.xml")
    book.relate(WORKBOOK, f"{MS}/2017/10/relationships/person", "xl/persons/person.xml")
