"""Every refusal is one sentence on standard error with exit code 1, and changes nothing."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.cli import app

BOOK = "codes:\n  - name: a\n    label: A\n    definition: d\n"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
    (folder / "A1.txt").write_text("I: En?\nR: Ja hoor.\n", encoding="utf-8")
    assert qualcode("new", "study", "--codebook", "book.yaml", folder=folder).code == 0
    assert qualcode("import", "A1.txt", "-y", folder=folder).code == 0
    return folder


@pytest.fixture
def folder(tmp_path: Path, template: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "study"))


FILES: dict[str, bytes] = {
    "empty.txt": b"",
    "blank.txt": b" \n\n ",
    "wrong.docx": b"just text",
    "broken.docx": b"PK\x03\x04 broken",
    "nul.txt": b"I: a\x00b",
    "odd.xyz": b"text",
    "scan.pdf": b"%PDF-1.4 nothing",
    "columns.csv": b"x,y\n1,2\n",
    "range.csv": b"transcript,start,end,quote,code,coder\nA1,5,500,,a,anna\n",
    "unknown.csv": b"transcript,quote,code,coder\nA1,Ja hoor.,b,anna\n",
    "absent.csv": b"transcript,quote,code,coder\nA1,Nee hoor.,a,anna\n",
    "nobody.csv": b"transcript,quote,code\nA1,Ja hoor.,a\n",
    "cycle.yaml": b"codes: &c\n  - name: a\n    codes: *c\n",
    "twice.yaml": b"codes:\n  - name: a\n  - name: a\n",
}

REFUSED = [
    (("import", "empty.txt"), "empty"),
    (("import", "blank.txt"), "blank.txt"),
    (("import", "wrong.docx"), "wrong.docx"),
    (("import", "broken.docx"), "broken.docx"),
    (("import", "nul.txt"), "nul.txt"),
    (("import", "odd.xyz"), "odd.xyz"),
    (("import", "scan.pdf"), "scan.pdf"),
    (("import", "none.docx"), "none.docx"),
    (("import", "A1.txt"), "imported already"),
    (("import", "A1.txt", "--speakers", "nonsense"), "nonsense"),
    (("read", "empty.txt"), "empty"),
    (("code", "columns.csv"), "no column"),
    (("code", "range.csv"), "lie outside"),
    (("code", "unknown.csv"), "No code 'b'"),
    (("code", "absent.csv"), "was not found"),
    (("code", "nobody.csv"), "no coder"),
    (("code", "none.csv"), "none.csv"),
    (("codebook", "import", "cycle.yaml"), "its own ancestor"),
    (("codebook", "import", "twice.yaml"), "twice"),
    (("codebook", "check", "twice.yaml"), "twice"),
    (("codebook", "show", "b"), "No code 'b'"),
    (("codebook", "diff", "7"), "7"),
    (("codebook", "move", "a", "a"), "below itself"),
    (("agreement",), "two coders"),
    (("agreement", "--coders", "x,y"), "No coder 'x'"),
    (("adjudicate", "--coders", "x"), "two coders"),
    (("themes",), "nothing coded"),
    (("themes", "--layer", "x"), "No coder 'x'"),
    (("themes", "--layer", "all"), "one layer"),
    (("withdraw", "abc", "--coder", "anna"), "No coding 'abc'"),
    (("quotes", "--code", "b"), "No code 'b'"),
    (("quotes", "--choose", "abc"), "No coding 'abc'"),
    (("quotes", "--attribution", "{shoe}"), "shoe"),
    (("quotes", "--out", "quotes.xyz"), ".xyz"),
    (("quotes", "--out", "none/quotes.docx"), "none"),
    (("export", "shoes", "x.csv"), "No table 'shoes'"),
    (("speakers", "B9"), "No transcript 'B9'"),
    (("undo", "--coder", "anna"), "undo"),
    (("backup", "study.qualcode"), "there already"),
    (("new", "study"), "study.qualcode"),
    (("check", "--project", "none.qualcode"), "none.qualcode"),
    (("check", "--project", "book.yaml"), "book.yaml"),
    (("memo", "x", "--about", "code b", "--coder", "anna"), "No code 'b'"),
]


@pytest.mark.parametrize(("words", "message"), REFUSED, ids=lambda value: " ".join(value)[:40])
def test_refused_in_one_sentence_and_nothing_changed(
    folder: Path, words: tuple[str, ...], message: str
) -> None:
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    before = hashlib.sha256((folder / "study.qualcode").read_bytes()).hexdigest()
    result = qualcode(*words, folder=folder)
    assert result.code == 1, result.out + result.err
    assert message in result.err
    assert "Traceback" not in result.err
    assert result.err.strip().count("\n") <= 2
    after = hashlib.sha256((folder / "study.qualcode").read_bytes()).hexdigest()
    assert after == before


@pytest.mark.parametrize(
    "words",
    [("nonsense",), ("quotes", "--nonsense"), ("new",), ("agreement", "--unit", "shoe")],
)
def test_misuse_is_exit_code_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert qualcode(*words, folder=tmp_path).code == 2


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_the_help_lists_every_command(tmp_path: Path, words: tuple[str, ...]) -> None:
    helped = qualcode(*words, folder=tmp_path)
    assert helped.code == 0
    names = [command.name for command in app.registered_commands]
    names += [group.name for group in app.registered_groups]
    assert all(f"\n  {name} " in helped.out for name in names)


def test_without_a_project_the_next_step_is_told(tmp_path: Path) -> None:
    result = qualcode("themes", folder=tmp_path)
    assert result.code == 1
    assert "qualcode new" in result.err


def test_two_projects_in_a_folder_must_be_named(folder: Path) -> None:
    assert qualcode("new", "other", folder=folder).code == 0
    result = qualcode("speakers", folder=folder)
    assert "other.qualcode, study.qualcode" in result.err


def test_one_bad_file_loses_no_other(folder: Path) -> None:
    (folder / "A2.txt").write_text("I: Wat?\nR: Niets.\n", encoding="utf-8")
    (folder / "bad.docx").write_bytes(b"no")
    result = qualcode("import", "bad.docx", "A2.txt", "-y", folder=folder)
    assert result.code == 1
    assert "imported  A2" in result.err
    assert "bad.docx" in result.err


def test_a_newer_project_is_refused(folder: Path) -> None:
    path = folder / "study.qualcode"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    result = qualcode("check", folder=folder)
    assert result.code == 1
    assert "newer" in result.err


def test_rows_that_fit_are_taken_when_asked(folder: Path) -> None:
    rows = b"transcript,quote,code,coder\nA1,Ja hoor.,a,anna\nA1,Nee.,a,anna\n"
    (folder / "partly.csv").write_bytes(rows)
    result = qualcode("code", "partly.csv", "--partial", folder=folder)
    assert result.code == 0
    assert "1 coding" in result.err
    assert "was not found" in result.err


def test_a_project_whose_text_was_changed_from_outside_is_refused(folder: Path) -> None:
    """The quote is verified when the project opens; check lists what is wrong."""
    rows = b"transcript,quote,code,coder\nA1,Ja hoor.,a,anna\n"
    (folder / "anna.csv").write_bytes(rows)
    assert qualcode("code", "anna.csv", folder=folder).code == 0
    with sqlite3.connect(folder / "study.qualcode") as connection:
        connection.execute("UPDATE codings SET quote = 'Nu anders'")
    connection.close()
    refused = qualcode("quotes", folder=folder)
    assert refused.code == 1
    assert "damaged" in refused.err
    listed = qualcode("check", folder=folder)
    assert listed.code == 1
    assert "A1" in listed.err
