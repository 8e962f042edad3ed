"""Sheets as people make them: encodings, separators, Excel's habits, and refusals with a remedy."""

import csv
import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.errors import InvalidSheet
from stuifmail.sheets import read_sheet

ACCENTS = "naam;e-mail\nSociété des Abeilles;rol@abeilles.example.org\n"


def book(*rows: list[object], title: str = "Blad1") -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return made


def packed(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(content: bytes | str, *required: str, **more: object) -> list[dict[str, object]]:
    content = content.encode() if isinstance(content, str) else content
    frame = read_sheet(content, file="blad.csv", required=required or ("a", "b"), **more)  # type: ignore[arg-type]
    return frame.to_dict("records")  # type: ignore[return-value]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    rows = read(ACCENTS.encode(encoding), "naam", "e-mail")
    assert rows == [{"naam": "Société des Abeilles", "e-mail": "rol@abeilles.example.org", "line": 2}]


@pytest.mark.parametrize("mark", [b"\xfe\xff"])
def test_big_endian_with_a_mark_is_read(mark: bytes) -> None:
    assert read(mark + ACCENTS.encode("utf-16-be"), "naam")[0]["naam"] == "Société des Abeilles"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(separator: str) -> None:
    text = f"a{separator}b\n1{separator}2\n"
    assert read(text) == [{"a": "1", "b": "2", "line": 2}]


def test_commas_in_a_title_do_not_fool_the_search_for_the_separator() -> None:
    text = "Deelnemers, sprekers, pers, en, nog, veel, meer\n\na;b\n1;2,5\n"
    assert read(text) == [{"a": "1", "b": "2,5", "line": 4}]


def test_excels_own_separator_line_is_obeyed_and_counted() -> None:
    assert read("sep=;\r\na;b\r\n1,0;2\r\n") == [{"a": "1,0", "b": "2", "line": 3}]


def test_lines_are_counted_as_the_user_sees_them_when_cells_hold_line_ends() -> None:
    rows = read('a,b\n"een\ntwee",x\n\nderde,y\n')
    assert [(row["a"], row["line"]) for row in rows] == [("een\ntwee", 2), ("derde", 5)]


def test_cells_are_stripped_and_empty_rows_dropped() -> None:
    assert read("a,b\n  1 ,\u00a02\u00a0\n , \n,\n") == [{"a": "1", "b": "2", "line": 2}]


def test_short_rows_are_filled_and_an_optional_column_that_is_missing_is_empty() -> None:
    assert read("a,b\n1\n", "a", "b", optional=("c",)) == [{"a": "1", "b": "", "c": "", "line": 2}]


def test_headers_match_whatever_their_capitals_spaces_and_underscores() -> None:
    rows = read(" Checked  IN at ,B\n1,2\n", "checked_in_at", "b")
    assert rows == [{"checked_in_at": "1", "b": "2", "line": 2}]


def test_the_mapping_names_the_sheets_own_columns_and_other_columns_stay_out() -> None:
    rows = read("Land,Dieet,Naam\nNL,geen,x\n", "country", mapping={"country": "land"})
    assert rows == [{"country": "NL", "line": 2}]


def test_a_missing_column_names_file_line_columns_guess_and_remedy() -> None:
    with pytest.raises(InvalidSheet) as caught:
        read("titel\nnaam;e-mial;land\nx;y;z\n", "naam", "e-mail", "consent")
    error = caught.value
    assert error.place == "blad.csv:2"
    assert error.message == 'missing columns: "e-mail", "consent"; found: "naam", "e-mial", "land"'
    assert 'did you mean "e-mial" for e-mail?' in error.remedy
    assert "columns: in sources.yaml" in error.remedy


def test_a_mapped_column_that_is_missing_is_refused_even_when_it_is_optional() -> None:
    with pytest.raises(InvalidSheet, match=r'missing column: "Land" \(for c\)'):
        read("a,b\n1,2\n", "a", "b", optional=("c",), mapping={"c": "Land"})


def test_a_mapping_for_a_column_that_we_do_not_have_is_refused() -> None:
    with pytest.raises(InvalidSheet, match="did you mean country"):
        read("a\n1\n", "country", mapping={"countrie": "a"})


def test_a_doubled_column_is_refused_only_when_it_is_needed() -> None:
    with pytest.raises(InvalidSheet, match='the column "a" is there more than once') as caught:
        read("a,b,A\n1,2,3\n")
    assert caught.value.place == "blad.csv:1"
    assert read("a,b,x,x\n1,2,3,4\n") == [{"a": "1", "b": "2", "line": 2}]


def test_cells_that_have_shifted_are_refused_with_their_line() -> None:
    with pytest.raises(InvalidSheet, match="more cells than the header has") as caught:
        read("a,b\n1,2\nBijen, hommels,3\n")
    assert caught.value.place == "blad.csv:3"
    assert read("a,b\n1,2,,\n") == [{"a": "1", "b": "2", "line": 2}]


def test_a_quote_that_is_never_closed_is_refused_at_its_own_line() -> None:
    with pytest.raises(InvalidSheet, match="quote") as caught:
        read('a,b\n1,2\n"3,4\n5,6\n')
    assert caught.value.place == "blad.csv:3"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"  \r\n", "the file is empty"),
        (b"\xef\xbb\xbf,,\n,\n", "the sheet is empty"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "web page"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00\x01", "not a CSV or XLSX file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"old Excel file \(\.xls\)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"a,b\n" * 13_000_000, "52 MB"),
    ],
)
def test_what_is_no_sheet_is_refused_with_a_remedy(content: bytes, message: str) -> None:
    with pytest.raises(InvalidSheet, match=message) as caught:
        read(content)
    assert caught.value.place == "blad.csv"
    assert caught.value.remedy


def test_a_sheet_with_only_a_header_has_no_rows() -> None:
    frame = read_sheet(b"a,b\n", file="x", required=("a", "b"))
    assert list(frame.columns) == ["a", "b", "line"]
    assert frame.empty


def test_a_workbooks_dates_and_numbers_become_the_text_that_a_person_reads() -> None:
    made = book(
        ["a", "b", "c", "d", "e"],
        [dt.date(2026, 2, 12), dt.datetime.fromisoformat("2026-02-12T09:30"), 84.0, 0.5, True],
    )
    rows = read(packed(made), "a", "b", "c", "d", "e")
    assert rows == [
        {"a": "2026-02-12", "b": "2026-02-12T09:30:00", "c": "84", "d": "0.5", "e": "true", "line": 2}
    ]


def test_the_sheet_with_the_header_is_read_below_its_title() -> None:
    made = book(["Toelichting"], ["a is iets"], title="Uitleg")
    data = made.create_sheet("Data")
    for row in (["Deelnemerslijst"], [], ["a", "b"], [], ["1", "2"]):
        data.append(row)
    assert read(packed(made)) == [{"a": "1", "b": "2", "line": 5}]


def test_a_missing_column_in_a_workbook_names_the_likeliest_sheet() -> None:
    made = book(["Toelichting"], title="Uitleg")
    made.create_sheet("Data").append(["a", "x"])
    with pytest.raises(InvalidSheet, match="sheet 'Data': missing column: \"b\"") as caught:
        read(packed(made))
    assert caught.value.place == "blad.csv:1"


def test_notes_in_the_margin_of_a_workbook_do_no_harm() -> None:
    assert read(packed(book(["a", "b"], ["1", "2", None, "let op!"]))) == [{"a": "1", "b": "2", "line": 2}]


def test_merged_header_cells_are_refused_but_a_merged_title_is_not() -> None:
    titled = book(["Deelnemers", None], ["a", "b"], ["1", "2"])
    sheet = titled.active
    assert sheet is not None
    sheet.merge_cells("A1:B1")
    assert read(packed(titled)) == [{"a": "1", "b": "2", "line": 3}]
    sheet.merge_cells("A2:A3")
    with pytest.raises(InvalidSheet, match="merged") as caught:
        read(packed(titled))
    assert caught.value.place == "blad.csv:2"


def test_a_name_lost_to_merged_header_cells_is_refused_for_the_merging() -> None:
    merged = book(["a", "b", "c"], ["1", "2", "3"])
    sheet = merged.active
    assert sheet is not None
    sheet.merge_cells("A1:B1")  # what stood in B1 is gone
    with pytest.raises(InvalidSheet, match="cells are merged: A1 to B1") as caught:
        read(packed(merged))
    assert caught.value.place == "blad.csv:1"


def test_a_title_that_is_merged_does_not_hide_which_columns_are_missing() -> None:
    titled = book(["Deelnemers", None], ["1", "2"])
    sheet = titled.active
    assert sheet is not None
    sheet.merge_cells("A1:B1")
    with pytest.raises(InvalidSheet, match='missing columns: "a", "b"'):
        read(packed(titled))


def test_an_error_in_a_column_that_is_read_is_refused_with_its_cell() -> None:
    with pytest.raises(InvalidSheet, match="an error such as #N/A stands in B3") as caught:
        read(packed(book(["a", "b", "c"], ["1", "2", "#N/A"], ["1", "#N/A"])))
    assert caught.value.place == "blad.csv:3"
    assert read(packed(book(["a", "b", "c"], ["1", "2", "#REF!"]))) == [{"a": "1", "b": "2", "line": 2}]


def with_results(made: openpyxl.Workbook, old: bytes, new: bytes) -> bytes:
    """Save the workbook as a spreadsheet program would: with the formulas' results."""
    source, out = zipfile.ZipFile(io.BytesIO(packed(made))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                assert old in data
                data = data.replace(old, new)
            target.writestr(name, data)
    return out.getvalue()


def test_a_formula_in_a_column_that_is_read_is_refused_with_cell_and_remedy() -> None:
    made = book(["a", "b"], ["x", "1"], ["y", "=1+1"])
    content = with_results(made, b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    with pytest.raises(InvalidSheet, match="sheet 'Blad1': a formula stands in B3 in column 'b'") as caught:
        read(content)
    assert caught.value.place == "blad.csv:3"
    assert caught.value.remedy.startswith("copy the column and paste it as values")


def test_formulas_in_other_columns_are_told_and_do_no_harm() -> None:
    made = book(["a", "b", "c"], ["x", "1", "=1+1"], ["y", "2", "=1+2"])
    frame = read_sheet(packed(made), file="blad.xlsx", required=("a", "b"))
    assert list(frame["b"]) == ["1", "2"]
    assert frame.attrs["notes"] == ("blad.xlsx:2: 2 formulas in columns that are not read, from C2 on",)
    titled = book(["=1+1"], ["a", "b"], ["1", "2"])
    assert read_sheet(packed(titled), file="x", required=("a", "b")).attrs["notes"] == ()


def test_of_several_sheets_the_one_with_the_columns_and_rows_is_read() -> None:
    made = book(["a", "b"], title="Sjabloon")
    for name in ("2025", "2026"):
        made.create_sheet(name)
    made["2026"].append(["a", "b"])
    made["2026"].append(["1", "2"])
    assert read(packed(made)) == [{"a": "1", "b": "2", "line": 2}]
    made["2025"].append(["a", "b"])
    made["2025"].append(["3", "4"])
    with pytest.raises(InvalidSheet, match="several sheets have the needed columns: '2025' and '2026'"):
        read(packed(made))
    made["2025"].sheet_state = "hidden"
    assert read(packed(made)) == [{"a": "1", "b": "2", "line": 2}]


def test_a_hidden_sheet_is_not_read_behind_the_users_back() -> None:
    made = book(["Toelichting"], title="Uitleg")
    hidden = made.create_sheet("Data")
    hidden.append(["a", "b"])
    hidden.append(["1", "2"])
    hidden.sheet_state = "veryHidden"
    with pytest.raises(InvalidSheet, match="sheet 'Data': the workbook hides the only sheet") as caught:
        read(packed(made))
    assert caught.value.remedy.startswith("make it visible")


def test_merged_cells_are_named_as_the_spreadsheet_names_them() -> None:
    made = book(["a", "b", "c"], ["1", "2", "3"])
    sheet = made.active
    assert sheet is not None
    sheet.merge_cells("A1:B1")
    with pytest.raises(InvalidSheet, match="cells are merged: A1 to B1") as caught:
        read(packed(made), "a", "c")
    assert caught.value.place == "blad.csv:1"


def test_dates_without_a_format_are_the_serial_numbers_that_they_are() -> None:
    made = book(["a", "b"], [46065, " 84 "])
    assert read(packed(made)) == [{"a": "46065", "b": "84", "line": 2}]


def test_what_openpyxl_cannot_keep_is_none_of_the_readers_business() -> None:
    extension = b"<extLst><ext uri='{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}'/></extLst></worksheet>"
    content = with_results(book(["a", "b"], ["1", "2"]), b"</worksheet>", extension)
    assert read(content) == [{"a": "1", "b": "2", "line": 2}]


def test_a_workbook_with_macros_is_refused() -> None:
    out = io.BytesIO(packed(book(["a", "b"])))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    with pytest.raises(InvalidSheet, match="macros"):
        read(out.getvalue())


def test_macros_of_long_ago_and_workbooks_that_may_hold_some_are_refused() -> None:
    plain = packed(book(["a", "b"]))
    out = io.BytesIO(plain)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/macrosheets/sheet1.xml", b"<x/>")
    said = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(said, "w") as package:
        for name in source.namelist():
            kinds = (
                b"openxmlformats-officedocument.spreadsheetml.sheet.main",
                b"ms-excel.sheet.macroEnabled.main",
            )
            package.writestr(name, source.read(name).replace(*kinds))
    for content in (out.getvalue(), said.getvalue()):
        with pytest.raises(InvalidSheet, match="macros"):
            read(content)


@pytest.mark.parametrize(
    ("part", "called"),
    [("content.xml", "OpenDocument"), ("xl/workbook.bin", "binary Excel"), ("x", "no Excel")],
)
def test_other_packed_files_are_called_by_their_name(part: str, called: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(part, b"<x/>")
    with pytest.raises(InvalidSheet, match=called) as caught:
        read(out.getvalue())
    assert "save it as an Excel workbook" in caught.value.remedy


def test_another_packed_file_and_a_damaged_workbook_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", b"<x/>")
    with pytest.raises(InvalidSheet, match="no Excel workbook"):
        read(out.getvalue())
    broken = with_results(book(["a", "b"]), b"</row>", b"<row>")
    with pytest.raises(InvalidSheet, match="damaged"):
        read(broken)


def test_a_hundred_thousand_rows_are_read_to_the_last() -> None:
    row = ",".join(f"cel {n}" for n in range(10))
    content = (",".join("abcdefghij") + "\n" + f"{row}\n" * 100_000).encode()
    frame = read_sheet(content, file="x", required=tuple("abcdefghij"))
    assert len(frame) == 100_000
    assert frame["line"].iloc[-1] == 100_001


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).map(str.strip)


@given(st.lists(st.tuples(CELLS, CELLS).filter(any), max_size=8))
def test_what_is_written_to_a_csv_comes_back(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([("column a", "column b"), *rows])
    frame = read_sheet(out.getvalue().encode(), file="x", required=("column a", "column b"))
    assert list(zip(frame["column a"], frame["column b"], strict=True)) == rows


def test_only_a_plausible_column_is_proposed() -> None:
    with pytest.raises(InvalidSheet) as caught:
        read("x,consent_at\n1,2\n", "registration_id", "consent", optional=("consent_at",))
    assert caught.value.remedy == (
        "add the columns to the sheet, or say under columns: in sources.yaml what the sheet calls them"
    )
    with pytest.raises(InvalidSheet) as caught:
        read("e-mial\nx\n", "e-mail")
    assert caught.value.remedy.endswith("what the sheet calls it, such as e-mail: e-mial")
