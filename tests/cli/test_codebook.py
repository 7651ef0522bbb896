"""What a new codebook file and a table that is read again do to what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_runner import qualcode

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
    told = qualcode("codebook", "import", "a.yaml", folder=study)
    assert "version 2: 1 code." in told.err
    assert "Retired, because the file does not have them: b." in told.err


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
    assert qualcode("codebook", "import", "labels.yaml", folder=study).code == 0
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
