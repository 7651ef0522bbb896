"""What a new codebook file and a table that is read again do to what is there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.model import Code
from qualcode.project import Project

CODE = "  - name: {0}\n    label: {0}\n    definition: d\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    for name in ("ab", "a"):
        text = "codes:\n" + "".join(CODE.format(code) for code in name)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "A1.txt").write_text("I: En?\nR: Ja hoor, dat ging goed.\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text("transcript,quote,code\nA1,Ja hoor,a\n", encoding="utf-8")
    qualcode("new", "study", "--codebook", "ab.yaml", folder=tmp_path)
    qualcode("import", "A1.txt", "-y", folder=tmp_path)
    return tmp_path


@pytest.mark.slow
def test_codes_that_a_new_file_lacks_are_named(study: Path) -> None:
    told = qualcode("codebook", "import", "a.yaml", "--force", folder=study)
    assert "version 2: 1 code." in told.err
    assert "Retired, because the file does not have them: b." in told.err


@pytest.mark.slow
def test_codes_do_not_give_way_without_a_question(study: Path) -> None:
    assert qualcode("code", "t.csv", "--coder", "anna", folder=study).code == 0
    book = CODE.format("b").replace("definition: d", "definition: other")
    (study / "bc.yaml").write_text(f"codes:\n{book}{CODE.format('c')}", encoding="utf-8")
    refused = qualcode("codebook", "import", "bc.yaml", folder=study)
    assert refused.code == 1
    assert (
        "The file takes the place of version 1 of the codebook: 1 code added, 1 code changed, "
        "1 code retired and 1 coding with a retired code. Nothing was changed. To do it: --force"
    ) in refused.err
    assert _version(study) == 1
    assert qualcode("codebook", "import", "bc.yaml", "--force", folder=study).code == 0
    told = qualcode("codebook", "show", "b", folder=study)
    assert "other" in told.out


@pytest.mark.slow
def test_a_file_that_only_adds_codes_is_read_unasked(study: Path) -> None:
    text = "codes:\n" + "".join(CODE.format(code) for code in "abc")
    (study / "abc.yaml").write_text(text, encoding="utf-8")
    told = qualcode("codebook", "import", "abc.yaml", folder=study)
    assert told.code == 0, told.err
    assert "version 2: 3 codes." in told.err


@pytest.mark.slow
def test_the_question_names_who_changed_the_codes_since(study: Path) -> None:
    for coder, code in (("anna", "c"), ("bram", "d")):
        added = qualcode("codebook", "add", code, "--coder", coder, folder=study)
        assert added.code == 0, added.err
    told = qualcode("codebook", "import", "a.yaml", "--coder", "anna", folder=study)
    assert told.code == 1
    assert "After your version 2 the codebook was changed by bram" in told.err
    told = qualcode("codebook", "import", "a.yaml", "--coder", "bram", folder=study)
    assert "was changed by" not in told.err


@pytest.mark.slow
@pytest.mark.parametrize(("answer", "version"), [("n", 1), ("j", 2), ("ja", 2), ("y", 2)])
def test_the_question_is_answered_on_the_screen(study: Path, answer: str, version: int) -> None:
    _answer(study, lambda: f"{answer}\n")
    assert _version(study) == version


@pytest.mark.slow
def test_what_is_changed_while_the_question_stands_is_not_taken_back(study: Path) -> None:
    def add_code() -> str:
        with Project.open(study / "study.qualcode", as_coder="bram") as project:
            project.codebook.add(Code("c"))
        return "j\n"

    assert "Somebody changed the codebook since you looked at it" in _answer(study, add_code)
    assert _version(study) == 2


def _answer(study: Path, answer: Callable[[], str]) -> str:
    """Import a codebook on a pseudo-terminal; answer once the question is there."""
    pty = pytest.importorskip("pty", reason="a screen to answer on needs a pseudo-terminal")
    here, there = pty.openpty()
    code = "import sys; from qualcode.cli import main; sys.argv[0] = 'qualcode'; main()"
    running = subprocess.Popen(
        [sys.executable, "-c", code, "codebook", "import", "a.yaml"],
        cwd=study, stdin=there, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert running.stdout is not None
    told = b""
    while b"[" not in told and (piece := running.stdout.read(1)):
        told += piece
    assert b"1 code retired. Go on?" in told
    os.write(here, answer().encode())
    rest, _ = running.communicate(timeout=120)
    for end in (here, there):
        os.close(end)
    return (told + rest).decode()


def _version(study: Path) -> int:
    with Project.open(study / "study.qualcode") as project:
        return project.codebook.get().version


@pytest.mark.slow
def test_a_longer_table_adds_its_new_rows(study: Path) -> None:
    assert qualcode("code", "t.csv", "--coder", "anna", folder=study).code == 0
    with (study / "t.csv").open("a", encoding="utf-8") as table:
        table.write("A1,goed,b\n")
    added = qualcode("code", "t.csv", "--coder", "anna", folder=study)
    assert added.code == 0
    assert "1 row is in the project already; it was left alone." in added.err
    assert "1 coding by anna" in added.err


@pytest.mark.slow
def test_labels_of_codes_and_pasted_quotes_are_understood(study: Path) -> None:
    (study / "labels.yaml").write_text(
        "codes:\n  - name: burden\n    label: Belasting\n    definition: d\n"
        "    codes:\n      - name: money\n        label: Geld\n        definition: d\n",
        encoding="utf-8",
    )
    assert qualcode("codebook", "import", "labels.yaml", "--force", folder=study).code == 0
    (study / "pasted.csv").write_text(
        "transcript,quote,code\n"
        "A1,“Ja hoor”,Belasting > Geld\n"
        "A1,… dat\u00a0ging goed,Belasting/Geld\n"
        'A1,"dat\nging …",Geld\n',
        encoding="utf-8",
    )
    added = qualcode("code", "pasted.csv", "--coder", "anna", folder=study)
    assert added.code == 0, added.err
    assert "3 codings by anna" in added.err


@pytest.mark.slow
def test_a_codebook_that_is_not_there_is_said_to_be_missing(study: Path) -> None:
    told = qualcode("codebook", "check", "none.yaml", folder=study)
    assert "There is no file 'none.yaml'" in told.err
