"""Participants sheets in the harvest's report: rows that were counted, and what was doubtful."""


def test_the_report_tells_how_many_people_were_counted_and_what_was_doubtful(fresh):
    sheet = fresh.folder / "samples/sheets/congres-2025.csv"
    head, *rows = sheet.read_bytes().splitlines(keepends=True)
    row = (
        "G25-900;iemand@nergens.example.org;Stichting Ergens;;Atlantis;stichting;partner;aanwezig;online\r\n"
    )
    sheet.write_bytes(head + b"".join(rows) + row.encode())
    (source,) = fresh.act("harvest", ["congres-2025"]).sources
    assert source.outcome == "fetched"
    assert 0 < source.entries_count < len(rows) + 1
    assert any("Atlantis" in problem for problem in source.problems)
    (listed,) = [row for row in fresh.act("list_sources") if row["id"] == "congres-2025"]
    assert listed["entries"] == source.entries_count


def test_a_sheet_without_its_columns_fails_alone_with_place_and_remedy(fresh):
    (fresh.folder / "samples/sheets/congres-2025.csv").write_text("Naam;Land\nRol;Nederland\n")
    report = fresh.act("harvest", ["congres-2025", "congres-2026"])
    assert [source.outcome for source in report.sources] == ["fetched", "failed"]
    assert "congres-2025.csv:1: missing column" in report.sources[1].error
    assert report.sources[1].remedy
