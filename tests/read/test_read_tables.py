"""CSV and TSV."""

from __future__ import annotations

import csv
import gzip
from datetime import date
from pathlib import Path

import pytest

from gesta.errors import UsageError
from gesta.read import read_paths
from gesta.records import Quarantined, Report
from gesta.settings import ReadSettings

TEXT = "Police arrested two men in the market."


def read(path: Path, content: str | bytes, **settings: object) -> list[Report | Quarantined]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_paths([path], ReadSettings(**settings)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "header",
    [
        "text,title,published,publisher,url,language,id",
        "Body,Headline,Date,Source,Link,Lang,ID",
        "ARTICLE TEXT,Head Line,Pub_Date,Media Name,Article-URL,LANGUAGE,_id",
        "content,head-line,Publication Date,newspaper,URL,language,n",
        "story,Title,datetime,outlet,permalink,lang,x",
    ],
)
def test_headers_of_common_exports(tmp_path: Path, header: str) -> None:
    row = f'"{TEXT}",Two men arrested,2020-01-03,Ridge Courier,https://ridge.example/a,English,77'
    (report,) = read(tmp_path / "a.csv", f"{header}\n{row}\n")
    assert isinstance(report, Report)
    assert report.text == f"Two men arrested\n\n{TEXT}"
    assert report.text[report.body_start :] == TEXT
    assert (report.published, report.published_basis) == (date(2020, 1, 3), "column")
    assert (report.publisher, report.url, report.language) == ("Ridge Courier", "https://ridge.example/a", "en")
    assert report.origin == "a.csv#2"


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
def test_delimiters_are_found(tmp_path: Path, delimiter: str) -> None:
    (report,) = read(tmp_path / "a.csv", delimiter.join(["id", "title", "text"]) + f"\r\n{delimiter.join('1ab')}\r\n")
    assert isinstance(report, Report)
    assert (report.title, report.text) == ("a", "a\n\nb")


def test_spreadsheet_hint_and_mark_are_passed_over(tmp_path: Path) -> None:
    (report,) = read(tmp_path / "a.csv", f"\ufeffsep=;\ntitle;text\nA;{TEXT}\n")
    assert isinstance(report, Report)
    assert report.origin == "a.csv#3"


def test_columns_that_the_user_maps(tmp_path: Path) -> None:
    rows = f"Kopf,Inhalt,text\nTwo men arrested,{TEXT},other\n"
    (report,) = read(tmp_path / "a.csv", rows, columns={"title": "Kopf", "text": "inhalt"})
    assert isinstance(report, Report)
    assert report.text == f"Two men arrested\n\n{TEXT}"


def test_no_text_column_names_what_there_is_and_the_remedy(tmp_path: Path) -> None:
    (item,) = read(tmp_path / "a.csv", "Kopf,Inhalt\na,b\nc,d\n")
    assert isinstance(item, Quarantined)
    assert "“Kopf”, “Inhalt”" in item.reason
    assert item.remedy is not None
    assert "--map text=" in item.remedy
    (item,) = read(tmp_path / "a.csv", "Kopf,text\na,b\n", columns={"title": "Headline"})
    assert isinstance(item, Quarantined)
    assert "no column “Headline” for the title" in item.reason


def test_a_field_that_does_not_exist_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no field “headline”.*The fields are text, title"):
        read_paths([tmp_path], ReadSettings(columns={"headline": "x"}))


def test_rows_of_the_wrong_width_are_quarantined_with_their_line(tmp_path: Path) -> None:
    rows = f'title,text\nA,{TEXT}\nB\n"C","two\nlines",x\n\n,\nD,{TEXT}\n'
    items = read(tmp_path / "a.csv", rows)
    assert [item.origin for item in items if isinstance(item, Report)] == ["a.csv#2", "a.csv#8"]
    bad = [item for item in items if isinstance(item, Quarantined)]
    assert [(item.origin, item.line) for item in bad] == [("a.csv", 3), ("a.csv", 4)]
    assert "1 columns where the header has 2" in bad[0].reason
    assert "lines 4 to 5" in bad[1].reason


def test_a_text_over_many_lines_and_a_doubled_quotation_mark(tmp_path: Path) -> None:
    (report,) = read(tmp_path / "a.csv", 'title,text\nA,"Police said ""no"".\n\nThe men left."\n')
    assert isinstance(report, Report)
    assert report.text == 'A\n\nPolice said "no".\n\nThe men left.'


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    items = read(tmp_path / "a.csv", f'title,text\nA,{TEXT}\nB,"It began\nC,{TEXT}\nD,{TEXT}\n')
    assert isinstance(items[0], Report)
    (bad,) = items[1:]
    assert isinstance(bad, Quarantined)
    assert bad.line == 3
    assert "not closed (lines 3 to 5)" in bad.reason


def test_a_row_that_is_too_long_does_not_stop_the_rest(tmp_path: Path) -> None:
    huge = "word " * 40_000
    items = read(tmp_path / "a.csv", f'title,text\nA,"{huge}"\nB,{TEXT}\n', max_characters=1_000)
    assert isinstance(items[0], Quarantined)
    assert items[0].line == 2
    assert isinstance(items[1], Report)
    assert items[1].origin == "a.csv#3"


def test_a_field_beyond_the_limit_of_the_csv_module_is_read(tmp_path: Path) -> None:
    csv.field_size_limit(131_072)
    (report,) = read(tmp_path / "a.csv", f"title,text\nA,{'word ' * 100_000}\n")
    assert isinstance(report, Report)
    assert len(report.text) > 400_000


def test_tabs_without_quotation_marks(tmp_path: Path) -> None:
    rows = 'title\ttext\nA\t"We will strike," he said.\nB\t"All of it."\nC\tPlain.\n'
    texts = [item.text for item in read(tmp_path / "a.tsv", rows) if isinstance(item, Report)]
    assert texts == ['A\n\n"We will strike," he said.', "B\n\nAll of it.", "C\n\nPlain."]


def test_tabs_with_quotation_marks(tmp_path: Path) -> None:
    (report,) = read(tmp_path / "a.tsv", 'title\ttext\nA\t"Two\nlines\tand a tab."\n')
    assert isinstance(report, Report)
    assert report.text == "A\n\nTwo\nlines and a tab."


def test_columns_of_an_empty_or_bad_date(tmp_path: Path) -> None:
    rows = f"text,date\n{TEXT},\n{TEXT},nan\n{TEXT},02/01/2020\n{TEXT},soon\n{TEXT},1577923200\n"
    items = read(tmp_path / "a.csv", rows)
    assert [item.published_basis for item in items if isinstance(item, Report)] == ["none", "none"]
    bad = [item for item in items if isinstance(item, Quarantined)]
    assert [(item.line, item.field) for item in bad] == [(4, "published"), (5, "published"), (6, "published")]
    assert "“02/01/2020” is ambiguous: 2020-01-02 or 2020-02-01" in bad[0].reason
    assert "“soon”" in bad[1].reason
    assert "“1577923200”" in bad[2].reason


def test_the_date_of_a_file_of_many_reports_is_not_theirs(tmp_path: Path) -> None:
    (report,) = read(tmp_path / "export-2020-01-05.csv", f"title,text\nA,{TEXT}\n")
    assert isinstance(report, Report)
    assert report.published is None


def test_latin_rows_compressed(tmp_path: Path) -> None:
    (report,) = read(
        tmp_path / "a.CSV.GZ", gzip.compress("title,text\nA,The café in Málaga – “closed” – burned.\n".encode("cp1252"))
    )
    assert isinstance(report, Report)
    assert report.text == "A\n\nThe café in Málaga – “closed” – burned."


def test_a_date_line_in_a_dated_row_is_no_problem(tmp_path: Path) -> None:
    dated, undated = read(
        tmp_path / "a.csv", f'text,date\n"Date: 02/01/2020\n\n{TEXT}",2020-01-02\n"Date: 02/01/2020\n\n{TEXT}",\n'
    )
    assert isinstance(dated, Report)
    assert dated.published == date(2020, 1, 2)
    assert isinstance(undated, Quarantined)
    assert (undated.line, undated.field) == (5, "published")


def test_markup_in_a_column_becomes_text(tmp_path: Path) -> None:
    (report,) = read(tmp_path / "a.csv", "title,text\nA,<p>Police &amp; army came.</p><p>They <b>left</b>.</p>\n")
    assert isinstance(report, Report)
    assert report.text == "A\n\nPolice & army came.\n\nThey left."
