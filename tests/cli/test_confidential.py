"""Names are proposed, reviewed and replaced over the command line; nothing leaves the machine."""

from __future__ import annotations

import csv
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cli_runner import Result, qualcode
from qualcode.encryption import container, decrypt

SECRET = "vier losse woorden samen"
BOOK = """format: qualcode-codebook/1
name: small
codes:
  - name: motives
    label: {nl: Motieven, en: Motives}
    definition: Waarom iemand iets doet.
    codes:
      - {name: energy, label: Energie, definition: Wakker blijven., terms: [wakker]}
      - {name: joy, label: Plezier, definition: Het is leuk., terms: [leuk]}
"""
ONE = (
    "I: Met wie deed je het 😀?\n"
    "R: Met mijn vriendin Fatima El Amrani, in Appelscha. Zij werkte bij Blikveld B.V. toen.\n"
    "I: En Fatima belde jou?\n"
    "R: Op 06-12345678 ja. Het was leuk.\n"
)
TWO = "I: En jij?\nR: Ik ben negenentwintig. Met Fatima samen, voor negenentwintig euro.\n"
NAMES = ("Fatima", "Amrani", "Appelscha", "Blikveld", "06-12345678")


def ok(result: Result) -> Result:
    assert result.code == 0, result.err
    return result


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase is known, and keys cost little."""
    monkeypatch.setenv("QUALCODE_PASSPHRASE", SECRET)
    monkeypatch.setattr(container, "_COST", 2**4)


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every attempt of this process to reach something outside it."""
    tried: list[object] = []

    def refuse(*arguments: object, **_options: object) -> None:
        tried.append(arguments)
        raise OSError("no connection in tests")

    # a library tries on import whether there is IPv6, by binding to the loopback address
    for name in ("connect", "connect_ex", "sendto", "sendmsg", "listen"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    return tried


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project of two interviews that hold names, coded."""
    folder = tmp_path_factory.mktemp("study")
    texts = folder / "interviews"
    texts.mkdir()
    (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
    (texts / "A1_fatima.txt").write_text(ONE, encoding="utf-8")
    (texts / "A2.txt").write_text(TWO, encoding="utf-8")
    with (folder / "anna.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ("transcript", "quote", "code", "memo"),
                ("A1_fatima", "mijn vriendin Fatima", "motives/joy", "Fatima weer"),
                ("A1_fatima", "Het was leuk.", "motives/joy", ""),
                ("A2", "Ik ben negenentwintig.", "motives/energy", ""),
            ]
        )
    ok(qualcode("new", "study", "--codebook", "book.yaml", folder=folder))
    ok(qualcode("import", "interviews", "--speakers", "I=interviewer,R=respondent", folder=folder))
    ok(qualcode("segment", folder=folder))
    ok(qualcode("code", "anna.csv", "--coder", "anna", folder=folder))
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    shutil.copytree(made, folder)
    return folder


def decide(table: Path, ignored: tuple[str, ...] = ()) -> None:
    """Fill in the column of decisions, as a person would in Excel."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    for row in rows:
        row["decision"] = "ignore" if row["name"] in ignored else "accept"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def replace_all(study: Path, key: Path) -> None:
    ok(qualcode("pseudonymize", "scan", "--out", "names.csv", folder=study))
    decide(study / "names.csv")
    ok(qualcode("pseudonymize", "review", "--key", key, "--table", "names.csv", folder=study))
    ok(qualcode("pseudonymize", "apply", "--key", key, "--coder", "anna", folder=study))


def test_a_scan_proposes_roles_and_tells_what_it_cannot_see(study: Path) -> None:
    result = ok(qualcode("pseudonymize", "scan", folder=study))
    for name, role in (
        ("Fatima El Amrani", "[vriendin 1]"),
        ("Appelscha", "[plaats 1]"),
        ("Blikveld B.V.", "[werkgever 1]"),
        ("06-12345678", "[telefoonnummer]"),
        ("negenentwintig", "[20-29 jaar]"),
    ):
        (line,) = [x for x in result.out.split("\n") if x.startswith(f"{name} ")]
        assert role in line
    assert "The scan cannot see:" in result.err
    assert "anonym" not in result.err.casefold()


def test_a_scan_of_one_transcript_looks_only_there(study: Path) -> None:
    found = ok(qualcode("pseudonymize", "scan", "A2", "--json", folder=study)).json
    assert {p["text"] for p in found["proposals"]} == {"Fatima", "negenentwintig"}
    assert found["looked_at"] == [["transcript", 1]]


def test_names_of_ones_own_are_found_too(study: Path) -> None:
    (study / "known.txt").write_text("leuk\n", encoding="utf-8")
    found = ok(
        qualcode("pseudonymize", "scan", "--names", "known.txt", "--json", folder=study)
    ).json
    (own,) = [p for p in found["proposals"] if p["text"] == "leuk"]
    assert own["replacement"] == "[persoon 1]"


def test_the_whole_path_leaves_no_name_and_keeps_every_quote(study: Path, tmp_path: Path) -> None:
    key = tmp_path / "elsewhere" / "names.key"
    key.parent.mkdir()
    replace_all(study, key)
    ok(qualcode("check", folder=study))
    data = (study / "study.qualcode").read_bytes()
    for name in (*NAMES, "fatima"):
        assert name.encode() not in data, name
    assert b"Fatima" not in key.read_bytes()
    ok(qualcode("export", "codings", "out.csv", folder=study))
    with (study / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["quote"]: row for row in csv.DictReader(file, delimiter=";")}
    assert set(rows) == {"mijn vriendin [vriendin 1]", "Het was leuk.", "Ik ben [20-29 jaar]."}
    assert rows["mijn vriendin [vriendin 1]"]["memo"] == "[vriendin 1] weer"
    again = ok(qualcode("pseudonymize", "scan", "--json", folder=study)).json
    assert again["proposals"] == []


def test_undo_stops_where_names_were_replaced(study: Path, tmp_path: Path) -> None:
    key = tmp_path / "names.key"
    replace_all(study, key)
    result = qualcode("undo", "--coder", "anna", folder=study)
    assert result.code == 1
    assert "nothing to undo" in result.err


def test_what_was_ignored_is_left_and_not_proposed_again(study: Path, tmp_path: Path) -> None:
    key = tmp_path / "names.key"
    ok(qualcode("pseudonymize", "scan", "--out", "names.csv", folder=study))
    decide(study / "names.csv", ("Appelscha",))
    ok(qualcode("pseudonymize", "review", "-k", key, "--table", "names.csv", folder=study))
    found = ok(qualcode("pseudonymize", "scan", "-k", key, "--json", folder=study)).json
    assert found["proposals"] == []
    ok(qualcode("pseudonymize", "apply", "-k", key, folder=study))
    assert b"Appelscha" in (study / "study.qualcode").read_bytes()


def test_names_that_nobody_decided_on_stop_the_replacing(study: Path, tmp_path: Path) -> None:
    key = tmp_path / "names.key"
    (study / "names.csv").write_text(
        "name,kind,replacement,decision\nFatima,person,vriendin 1,accept\nAppelscha,place,,\n",
        encoding="utf-8",
    )
    ok(qualcode("pseudonymize", "review", "-k", key, "--table", "names.csv", folder=study))
    result = qualcode("pseudonymize", "apply", "-k", key, folder=study)
    assert result.code == 1
    assert "names are not decided on yet" in result.err
    ok(qualcode("pseudonymize", "apply", "-k", key, "--partial", folder=study))


def test_the_key_does_not_lie_beside_the_project(study: Path) -> None:
    (study / "n.csv").write_text("name,kind,decision,replacement\n", encoding="utf-8")
    result = qualcode("pseudonymize", "review", "-k", "names.key", "--table", "n.csv", folder=study)
    assert result.code == 1
    assert "apart from the data" in result.err
    assert not (study / "names.key").exists()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Fatima,person,[zus],perhaps", "is not a decision"),
        ("Fatima,animal,[zus],accept", "is no kind of name"),
        ("Fatima,person,,accept", "has no replacement"),
        ("Fatima,person,[Fatima F.],accept", "still holds"),
        (",person,[zus],accept", "needs a text"),
    ],
)
def test_a_table_that_cannot_be_read_changes_no_key(
    study: Path, tmp_path: Path, row: str, told: str
) -> None:
    table = study / "names.csv"
    table.write_text(f"name,kind,replacement,decision\n{row}\n", encoding="utf-8")
    key = tmp_path / "names.key"
    result = qualcode("pseudonymize", "review", "-k", key, "--table", table, folder=study)
    assert result.code == 1
    assert told in result.err
    assert not key.exists()


def test_without_a_passphrase_nothing_is_written(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUALCODE_PASSPHRASE")
    result = qualcode("backup", tmp_path / "b.sealed", "--encrypt", folder=study)
    assert result.code == 1
    assert "A passphrase is needed" in result.err
    assert not (tmp_path / "b.sealed").exists()


def test_an_encrypted_backup_comes_back_the_same(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ok(qualcode("backup", "b.sealed", "--encrypt", folder=study))
    assert b"Fatima" not in (study / "b.sealed").read_bytes()
    ok(qualcode("restore", "b.sealed", tmp_path / "again.qualcode", folder=study))
    ok(qualcode("check", "-p", "again.qualcode", folder=tmp_path))
    before = ok(qualcode("history", "--json", folder=study)).out
    assert ok(qualcode("history", "--json", "-p", "again.qualcode", folder=tmp_path)).out == before
    assert qualcode("restore", "b.sealed", tmp_path / "again.qualcode", folder=study).code == 1
    monkeypatch.setenv("QUALCODE_PASSPHRASE", "een heel andere zin")
    result = qualcode("restore", "b.sealed", tmp_path / "third.qualcode", folder=study)
    assert result.code == 1
    assert "does not open" in result.err
    assert not (tmp_path / "third.qualcode").exists()


@pytest.mark.slow
def test_nothing_leaves_the_machine_on_the_whole_path(
    study: Path, tmp_path: Path, connections: list[object]
) -> None:
    key = tmp_path / "names.key"
    replace_all(study, key)
    for line in (
        "code anna2.csv --coder bram",
        "agreement --coders anna,bram --out a.docx",
        "adjudicate --coders anna,bram --queue q.csv",
        "themes --layer anna --out t.xlsx",
        "quotes --layer anna --out q.docx",
        "export project p.qdpx",
        "pseudonymize scan",
        "history",
        "check",
        "backup b.qualcode",
        "backup b.sealed --encrypt",
        "read interviews/A2.txt",
    ):
        if line.startswith("code"):
            (study / "anna2.csv").write_text(
                "transcript,quote,code\nA2,Ik ben [20-29 jaar].,motives/joy\n", encoding="utf-8"
            )
        result = qualcode(
            *line.split(), *(["-p", "study.qualcode"] * ("read" not in line)), folder=study
        )
        assert result.code == 0, f"{line}: {result.err}"
    assert connections == []


CASES = """transcript,case,group,sex,age_band,region
A1_fatima,G1,users,vrouw,20-29,Zuid
A2,G2,users,man,20-29,Noord
"""


@pytest.fixture
def respondents(study: Path) -> Path:
    (study / "cases.csv").write_text(CASES, encoding="utf-8")
    ok(qualcode("import", "--cases", "cases.csv", folder=study))
    return study


def risks_of(folder: Path, *more: str) -> dict[str, dict[str, str]]:
    found = ok(qualcode("disclosure", *more, "--json", folder=folder)).json
    return {one["id"]: one for one in found}


def test_disclosure_tells_attributions_combinations_names_and_small_cells(
    respondents: Path,
) -> None:
    kinds = {one["kind"] for one in risks_of(respondents).values()}
    assert kinds == {"attribution", "combination", "name", "cells"}


def test_an_accepted_risk_keeps_its_reason_and_no_longer_warns(respondents: Path) -> None:
    risks = risks_of(respondents)
    name = next(key for key, one in risks.items() if one["kind"] == "name")
    assert "'Fatima'" in qualcode("quotes", folder=respondents).err
    refused = qualcode("disclosure", "--confirm", name, folder=respondents)
    assert refused.code == 1
    assert "Say why" in refused.err
    ok(qualcode("disclosure", "--confirm", name, "--reason", "eigen naam", folder=respondents))
    assert risks_of(respondents)[name]["confirmed"] == "eigen naam"
    assert "'Fatima'" not in qualcode("quotes", folder=respondents).err


def test_what_is_suppressed_widened_or_left_out_is_not_printed(respondents: Path) -> None:
    pattern = ("--attribution", "{sex}, {region}")
    ok(qualcode("disclosure", "--suppress", "G1:sex", folder=respondents))
    ok(qualcode("disclosure", "--widen", "region:Noord=Nederland", folder=respondents))
    sections = ok(qualcode("quotes", *pattern, "--json", folder=respondents)).json
    quotes = [quote for section in sections for quote in section["quotes"]]
    assert {quote["attribution"] for quote in quotes} == {"Zuid", "man, Nederland"}
    ok(qualcode("disclosure", "--leave-out", quotes[0]["coding"][:8], folder=respondents))
    sections = ok(qualcode("quotes", "--json", folder=respondents)).json
    assert len([q for section in sections for q in section["quotes"]]) == len(quotes) - 1


def test_a_table_is_told_to_single_respondents_out(respondents: Path) -> None:
    told = ok(qualcode("export", "cases", "cases_out.csv", folder=respondents)).err
    assert "of 2 cases" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--confirm", "nothing", "--reason", "x"), "No risk 'nothing'"),
        (("--suppress", "G1"), "No attribute 'G1'"),
        (("--widen", "region"), "cannot be read"),
        (("--widen", "region:Noord="), "wider value is empty"),
        (("--take-back", "x"), "nothing to take back"),
        (("--table", "code_by_shoe"), "No table 'code_by_shoe'"),
        (("--threshold", "2", "--hide-cells"), "can only be 1"),
        (("--suppress", "G9:sex"), "No case 'G9'"),
        (("--suppress", "G1:shoe"), "No attribute 'shoe'"),
        (("--widen", "region:Oost=x"), "No value of 'region' 'Oost'"),
        (("--threshold", "1"), "from 2"),
    ],
)
def test_a_decision_about_nothing_is_refused(
    respondents: Path, words: tuple[str, ...], told: str
) -> None:
    result = qualcode("disclosure", *words, folder=respondents)
    assert result.code == 1
    assert told in result.err


@pytest.mark.slow
def test_proposals_are_reviewed_on_the_screen(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pty = pytest.importorskip("pty", reason="a screen to answer on needs a pseudo-terminal")
    here, there = pty.openpty()
    code = "import sys; from qualcode.cli import main; sys.argv[0] = 'qualcode'; main()"
    key = tmp_path / "names.key"
    words = ("pseudonymize", "review", "--key", str(key))
    running = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=study,
        stdin=there,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    # the first is accepted, the second gets another role, the third stays, then enough
    os.write(here, b"a\nc\n[dorp 1]\ni\nq\n")
    out, err = running.communicate(timeout=60)
    for end in (here, there):
        os.close(end)
    assert running.returncode == 0, err
    assert "1/" in out
    assert "2 names to replace, 1 to leave" in err
    monkeypatch.undo()  # the other process spent the full cost on its key
    sealed = decrypt(key.read_bytes(), SECRET, "names.key").decode("utf-8")
    assert "[dorp 1]" in sealed
