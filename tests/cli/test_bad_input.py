"""Every refusal is one sentence on standard error with exit code 1, and changes nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli_runner import qualcode
from qualcode.cli.commands import COMMANDS
from qualcode.project import hide_password
from qualcode.storage import server_password
from qualcode.storage.server_password import find_password

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
    (("codebook", "import", "cycle.yaml"), "refers to another part of itself"),
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
    assert all(f"\n  {entry.name} " in helped.out for entry in COMMANDS)


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
        # Without it, a program that knows no check sums could change nothing.
        connection.execute("DROP TRIGGER row_sum_codings_update")
        connection.execute("UPDATE codings SET quote = 'Nu anders'")
    connection.close()
    refused = qualcode("quotes", folder=folder)
    assert refused.code == 1
    assert "damaged" in refused.err
    listed = qualcode("check", folder=folder)
    assert listed.code == 1
    assert "A1" in listed.err
    saved = qualcode("rescue", "study.qualcode", "saved.qualcode", folder=folder)
    assert saved.code == 0
    assert "table 'codings'" in saved.err
    assert qualcode("check", "-p", "saved.qualcode", folder=folder).code == 0


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("codebooks", "book = '{'"),
        ("codebooks", "book = '[]'"),
        ("project", "created_at = 'yesterday'"),
        ("events", "who = 'bram'"),
        ("events", "at = '2026'"),
        ("speakers", "role = 'judge'"),
        ("coders", "name = 'somebody'"),
        ("turns", "start = start + 1"),
    ],
)
def test_damage_is_listed_and_never_a_traceback(folder: Path, table: str, change: str) -> None:
    with sqlite3.connect(folder / "study.qualcode") as connection:
        connection.execute(f"DROP TRIGGER IF EXISTS row_sum_{table}_update")
        connection.execute(f"UPDATE {table} SET {change}")
    connection.close()
    listed = qualcode("check", folder=folder)
    assert listed.code == 1
    assert "problem" in listed.err
    json = qualcode("check", "--json", folder=folder)
    assert json.code == 1
    assert json.json["problems"]


def test_links_and_devices_in_a_folder_are_not_followed(folder: Path) -> None:
    inside = folder / "interviews"
    inside.mkdir()
    (inside / "B1.txt").write_text("I: Waarom?\nR: Daarom.\n")
    (inside / "endless.txt").symlink_to("/dev/zero")
    (inside / "secret.txt").symlink_to(folder / "A2.txt")
    os.mkfifo(inside / "pipe.txt")
    result = qualcode("import", "interviews", "-y", folder=folder)
    assert "imported  B1" in result.err
    for name in ("endless.txt", "secret.txt", "pipe.txt"):
        assert f"left out  {name}" in result.err or name in result.err
    assert qualcode("import", "interviews/pipe.txt", "-y", folder=folder).code == 1
    refused = qualcode("import", "interviews/endless.txt", "-y", folder=folder)
    assert "is no ordinary file" in refused.err


@pytest.mark.parametrize(
    "target",
    [
        "postgresql://anna:se@cret@127.0.0.1:1/study",
        "postgresql://anna:secret@127.0.0.1:1/study",
        "postgresql://anna@127.0.0.1:1/study?password=secret",
        "postgresql+pg8000://anna:secret@127.0.0.1:1/study",
        "postgresql:/anna:secret@127.0.0.1:1/study",
        "postgres:anna:secret@127.0.0.1:1/study",
        "mysql://anna:secret@127.0.0.1:1/study",
        "postgresql://anna:secret@127.0.0.1:port/study",
    ],
)
def test_the_password_of_a_database_is_never_shown(folder: Path, target: str) -> None:
    commands = (
        *(("new", target), ("check", "-p", target), ("history", "-p", target)),
        *(("backups", "-p", target), ("import", "A1.txt", "-p", target)),
        ("work", "export", "x.json", "-p", target),
    )
    for words in commands:
        result = qualcode(*words, folder=folder)
        assert result.code == 1
        assert "cret" not in result.out + result.err
    if "://" in target:
        assert "cret" not in hide_password(target)
        # What was typed is in the list of processes, which nobody can hide any more.
        assert "list of processes" in qualcode("check", "-p", target, folder=folder).err


def test_a_password_comes_from_the_environment_or_the_password_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    file = folder / "passwords"
    file.write_text("# none\nother:*:*:*:no\nshort\n127.0.0.1:*:study:an\\:na:se\\\\cr\\:et\n")
    monkeypatch.setenv("PGPASSFILE", str(file))
    # One that others may read does not count, as for PostgreSQL's own programs.
    file.chmod(0o644)
    assert find_password("127.0.0.1", 5432, "study", "an:na") is None
    file.chmod(0o600)
    assert find_password("127.0.0.1", 5432, "study", "an:na") == "se\\cr:et"
    assert find_password("127.0.0.1", 5432, "study", "bram") is None
    monkeypatch.setenv("PGPASSWORD", "other")
    assert find_password("127.0.0.1", 5432, "study", "bram") == "other"


def test_a_machine_without_a_home_folder_has_no_password_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("PGPASSWORD", "PGPASSFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", fail)
    assert find_password("localhost", 5432, "study", "anna") is None


def test_on_windows_the_password_file_is_where_postgresql_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PGPASSWORD", "PGPASSFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("APPDATA", str(tmp_path))
    monkeypatch.setattr(server_password, "sys", SimpleNamespace(platform="win32"))
    (tmp_path / "postgresql").mkdir()
    (tmp_path / "postgresql" / "pgpass.conf").write_text("*:*:*:anna:cret\n", encoding="utf-8")
    assert find_password("localhost", 5432, "study", "anna") == "cret"


def test_a_password_within_a_word_of_the_command_is_warned_of(folder: Path) -> None:
    target = "postgresql://anna:cret@127.0.0.1:1/study"
    assert "list of processes" in qualcode("check", f"--project={target}", folder=folder).err
