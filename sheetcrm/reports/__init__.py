"""What the client base tells: reports as values, shown as tabs or as JSON.

`registry` lists the reports; a report is an `Entry` (`report.py`): a stable code, a word, a title, and a function from
a `Question` to a `Report`, whose docstring is the manual. One file tells one family of reports; what several of them
count (what is sold, which deals are open, who is silent) stands in files of its own. A report that cannot be computed
has no rows and says why in its reading. A package adds a report of its own through an entry point::

    [options.entry_points]
    sheetcrm.reports =
        birthdays = firm.reports:BIRTHDAYS
"""
