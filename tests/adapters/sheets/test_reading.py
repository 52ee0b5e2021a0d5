"""Spreadsheets as strangers send them: whatever the program, the rows are the same."""

import datetime as dt
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from consulta.adapters.sheets import reading
from consulta.adapters.sheets.problems import Problem, SheetError

HALF_PAST_NINE = dt.datetime(2026, 5, 4, 9, 30)  # noqa: DTZ001 - a cell knows no zone


def read(path: Path) -> tuple[tuple[str, ...], list[list[object]]]:
    with reading.converted(path) as sheet:
        lines = sheet.rows_path.read_text(encoding="utf-8").splitlines()
        return sheet.headings, [json.loads(line) for line in lines]


def problem(path: Path) -> Problem:
    with pytest.raises(SheetError) as refused, reading.converted(path):
        pass
    return refused.value.problem


def book(path: Path, *rows: list[object]) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "Organisation,Text\nSample Union,Größe été\n"),
        ("utf-8-sig", "Organisation;Text\r\nSample Union;Größe été\r\n"),
        ("utf-16", "Organisation\tText\nSample Union\tGröße été\n"),
        ("cp1252", "Organisation|Text\nSample Union|Größe été\n"),
    ],
)
def test_a_table_as_text_is_read_whatever_its_charset_and_delimiter(tmp_path, charset, text):
    file = tmp_path / "table"
    file.write_bytes(text.encode(charset))
    assert read(file) == (("Organisation", "Text"), [[2, "Sample Union", "Größe été"]])


def test_a_cell_may_hold_several_lines_and_the_delimiter(tmp_path):
    file = tmp_path / "table.csv"
    file.write_text('Name,Answer\n"A, B","first\nsecond ""quoted"""\n', encoding="utf-8")
    assert read(file)[1] == [[2, "A, B", 'first\nsecond "quoted"']]


def test_a_workbook_is_read_with_numbers_and_days_as_a_person_writes_them(tmp_path):
    path = book(
        tmp_path / "book.xlsx",
        ["Name", "Count", "Day", "At", "Yes"],
        ["منظمة", 3.0, dt.date(2026, 5, 4), HALF_PAST_NINE, True],
    )
    assert read(path)[1] == [[2, "منظمة", "3", "2026-05-04", "2026-05-04T09:30:00", "yes"]]


def test_rows_keep_the_number_that_the_screen_shows_and_empty_ones_are_left_out(tmp_path):
    path = book(tmp_path / "book.xlsx", ["Name"], [], ["one"], [None], ["two"])
    assert read(path)[1] == [[3, "one"], [5, "two"]]


def test_a_short_row_is_filled_and_a_long_one_keeps_its_cells(tmp_path):
    file = tmp_path / "table.csv"
    file.write_text("a,b\n1\n1,2,3\n", encoding="utf-8")
    assert read(file)[1] == [[2, "1", ""], [3, "1", "2", "3"]]


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", Problem.EMPTY),
        (b"\n \n\n", Problem.EMPTY),
        (b"a,b\n", Problem.NO_ROWS),
        (b"PK\x03\x04 broken", Problem.BROKEN),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, Problem.BROKEN),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), Problem.ENCRYPTED),
        (b"\x00\x01\x02\x03" * 50, Problem.NOT_TEXT),
        (b"MZ\x90\x00\x03\x00\x00\x00This program cannot be run\r\n\xff", Problem.NOT_TEXT),
        (b"MZ\x90\x03\x04\x05\xff\xfe\x01,\x02\n\x07", Problem.NOT_TEXT),
        (",".join("x" * 201).encode() + b"\n1\n", Problem.TOO_WIDE),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path, content, wrong):
    file = tmp_path / "file"
    file.write_bytes(content)
    assert problem(file) is wrong


def test_a_workbook_that_swells_is_refused(tmp_path):
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    assert problem(file) is Problem.BROKEN


def test_a_reading_that_takes_too_long_is_stopped(tmp_path):
    file = tmp_path / "table.csv"
    file.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(SheetError) as stopped, reading.converted(file, seconds=0.001):
        pass
    assert stopped.value.problem is Problem.STOPPED


def test_a_missing_file_is_said(tmp_path):
    assert problem(tmp_path / "nowhere.csv") is Problem.MISSING
