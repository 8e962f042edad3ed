"""Which sheet of a workbook is meant."""

from collections.abc import Iterable, Sequence

from stuifmail.errors import InvalidSheet
from stuifmail.sheets.columns import Wanted, find_header
from stuifmail.sheets.tables import Table


def choose_worksheet(tables: Iterable[Table], file: str, wanted: Wanted) -> Table:
    """Answer the one sheet that has the needed columns; the likeliest one when none has.

    Sheets that the workbook hides are not read. Of several that would do, those without rows
    under their header are left aside.

    Raises:
        InvalidSheet: several would do, or only a hidden one.
    """
    filled = [table for table in tables if table.rows]
    shown = [table for table in filled if not table.is_hidden]
    fitting = _find_fitting(shown, wanted)
    if not fitting:
        _refuse_hidden(_find_fitting([table for table in filled if table.is_hidden], wanted))
        return max(shown, key=lambda table: _matches(table, wanted), default=Table(file=file, rows=[]))
    with_rows = [table for table in fitting if len(table.rows) > find_header(table.rows, wanted) + 1]
    likely = _drop_unlikely(with_rows, wanted)
    if len(likely) > 1:
        raise _ambiguous(likely)
    return (likely or fitting)[0]


def _drop_unlikely(tables: Sequence[Table], wanted: Wanted) -> list[Table]:
    """Leave aside what merely names a column or two, such as a sheet that explains them."""
    most = max((_matches(table, wanted) for table in tables), default=0)
    return [table for table in tables if _matches(table, wanted) * 2 >= most]


def _find_fitting(tables: Sequence[Table], wanted: Wanted) -> list[Table]:
    """Answer the tables that have every needed column; where none is needed, those with most of ours."""
    complete = [
        table
        for table in tables
        if wanted.is_header(table.rows[find_header(table.rows, wanted)][1]) and _matches(table, wanted)
    ]
    if wanted.needed:
        return complete
    most = max((_matches(table, wanted) for table in complete), default=0)
    return [table for table in complete if _matches(table, wanted) == most]


def _matches(table: Table, wanted: Wanted) -> int:
    return wanted.count_matches(table.rows[find_header(table.rows, wanted)][1])


def _refuse_hidden(tables: Sequence[Table]) -> None:
    if tables:
        raise tables[0].refuse(
            "the workbook hides the only sheet with the needed columns",
            "make it visible if it is the one that counts, or save it as CSV",
        )


def _ambiguous(tables: Sequence[Table]) -> InvalidSheet:
    names = " and ".join(repr(table.name) for table in tables)
    return InvalidSheet(
        f"several sheets have the needed columns: {names}",
        place=tables[0].file,
        remedy="hide or remove all but the one that counts, or save that one as CSV",
    )
