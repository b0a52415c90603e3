"""What a person's edit did to our plan or to our write, and how to mend it.

Google Sheets has no precondition: between our last look at a book and the moment our batch is applied a person may have
sorted, inserted, deleted or moved rows and columns, or typed. So what is planned is addressed anew right before the
write, and what landed elsewhere is put right after it. Pure: nothing is read or written here.

    readdress(changes, before, now) -> Readdressed(changes, skipped)
        The changes as they are to be written into `now`, and what was left out and why.

    mend(aimed, before, after) -> Mended(restore, again, lost)
        `aimed` are the cells that the write set, each an `Aimed(title, spot, value, row)`: where it was set (in rows as
        they count once the batch has inserted its own), and the row in `before` of the record that it was meant for,
        None in a row that the batch inserted. `restore` and `again` are cells of the same kind, aimed at `after`, so
        a round of mending is `mend(mended.cells, after, later)`. Nothing to do is an empty, false `Mended`.

A value that somebody typed after our last look and that our write then covered cannot be known: what is put back is
what stood there at our last look.
"""

from __future__ import annotations

from sheetcrm.workbook.google.mending.aimed import Aimed
from sheetcrm.workbook.google.mending.mend import Mended, mend
from sheetcrm.workbook.google.mending.readdress import Readdressed, readdress

__all__ = ["Aimed", "Mended", "Readdressed", "mend", "readdress"]
