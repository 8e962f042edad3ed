"""Empty sheets for others to fill in."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from stuifmail.config.submission_form import FormColumn

_ROWS = 500  # prepared for choices and days
_WIDE = frozenset({"title", "text", "question", "link"})


def write_form_csv(columns: Sequence[FormColumn], language: str) -> bytes:
    """Answer a CSV file with the headings only, so that Excel opens it well in that language.

    Args:
        columns: in the order in which they are to stand.
        language: nl or en; a Dutch Excel wants semicolons.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if language == "nl" else ",", lineterminator="\r\n")
    writer.writerow([column.heading[language] for column in columns])
    return text.getvalue().encode("utf-8-sig")


def write_form_workbook(
    columns: Sequence[FormColumn], language: str, *, title: str, explanation: str, members: Sequence[str]
) -> bytes:
    """Answer a workbook with the headings, lists to choose from, and a sheet that explains them.

    Args:
        columns, language: as for `write_form_csv`.
        title, explanation: names of the two sheets.
        members: names to choose from in the column `member`.
    """
    book = Workbook()
    form = book.active
    if form is None:  # openpyxl's type allows a workbook without sheets
        form = book.create_sheet()
    form.title = title
    about = book.create_sheet(explanation)
    form.append([column.heading[language] for column in columns])
    form.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        form.cell(1, number).font = Font(bold=True)
        form.column_dimensions[letter].width = 44 if column.name in _WIDE else 18
        about.append([column.heading[language], column.hint[language]])
        if column.is_day:
            for row in range(2, _ROWS + 2):
                form.cell(row, number).number_format = "yyyy-mm-dd"
        choices = column.choices[language] if column.choices else ()
        if formula := _choose_from(column, choices, about.title, members):
            rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
            rule.add(f"{letter}2:{letter}{_ROWS + 1}")
            form.add_data_validation(rule)
    for row, member in enumerate(members, 1):
        about.cell(row, 4).value = member
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 18, 70
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _choose_from(column: FormColumn, choices: Sequence[str], sheet: str, members: Sequence[str]) -> str:
    if column.name == "member" and members:
        return f"'{sheet}'!$D$1:$D${len(members)}"
    return f'"{",".join(choices)}"' if choices else ""
