"""The path of a quote through the command line, on a small study of two interviews."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cli_runner import Result, qualcode

BOOK = """format: qualcode-codebook/1
name: small
codes:
  - name: motives
    label: {nl: Motieven, en: Motives}
    definition: Waarom iemand iets doet.
    codes:
      - {name: energy, label: Energie, definition: Wakker blijven., terms: [wakker]}
      - {name: joy, label: Plezier, definition: Het is leuk., terms: [leuk]}
      - {name: boredom, label: Verveling, definition: Niets te doen., terms: [saai]}
"""
GUIDE = """format: qualcode-guide/1
name: guide
group: users
questions:
  - {id: U1, text: Waarom doe je het eigenlijk?, codes: [motives], terms: [waarom]}
"""
ONE = "I: Waarom doe je het?\nR: Het is leuk 😀 hoor. En je blijft wakker.\n"
TWO = "I: En waarom jij?\nR: Om wakker te blijven. Dat is alles.\n"


def ok(result: Result) -> Result:
    assert result.code == 0, result.err
    assert "Traceback" not in result.err
    return result


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def write_codings(path: Path, rows: list[tuple[str, str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["transcript", "quote", "code"])
        writer.writerows(rows)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project in which two coders coded two interviews."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
    (folder / "guide.yaml").write_text(GUIDE, encoding="utf-8")
    texts = folder / "interviews"
    texts.mkdir()
    (texts / "A1.txt").write_text(ONE, encoding="utf-8")
    (texts / "A2.txt").write_text(TWO, encoding="utf-8")
    cases = "transcript;case;groep;geslacht\nA1;P1;users;vrouw\nA2;P2;users;man\n"
    (folder / "cases.csv").write_text(cases, encoding="utf-8")
    anna = [
        ("A1", "Het is leuk 😀 hoor.", "motives/joy"),
        ("A1", "je blijft wakker", "motives/energy"),
        ("A2", "Om wakker te blijven.", "motives/energy"),
    ]
    bram = [("A1", "Het is leuk 😀 hoor.", "motives/joy"), ("A2", "Dat is alles.", "motives/joy")]
    write_codings(folder / "anna.csv", anna)
    write_codings(folder / "bram.csv", bram)
    ok(qualcode("new", "study", "--codebook", "book.yaml", folder=folder))
    speakers = "I=interviewer,R=respondent"
    ok(
        qualcode(
            "import", "interviews", "--speakers", speakers, "--cases", "cases.csv", folder=folder
        )
    )
    ok(qualcode("guide", "import", "guide.yaml", folder=folder))
    ok(qualcode("segment", folder=folder))
    for name in ("anna", "bram"):
        ok(qualcode("code", f"{name}.csv", "--coder", name, folder=folder))
    return folder


def test_speakers_are_confirmed_by_the_import(study: Path) -> None:
    rows = ok(qualcode("speakers", "--json", folder=study)).json
    assert {(row["label"], row["role"], row["status"]) for row in rows} == {
        ("I", "interviewer", "confirmed"),
        ("R", "respondent", "confirmed"),
    }


def test_answers_know_their_guide_question(study: Path) -> None:
    ok(qualcode("export", "answers", "answers.csv", folder=study))
    rows = rows_of(study / "answers.csv")
    assert [row["question"] for row in rows] == ["U1", "U1"]


def test_agreement_counts_respondents_turns_and_says_what_is_undefined(study: Path) -> None:
    report = ok(qualcode("agreement", "--json", folder=study)).json
    assert report["units"] == 2
    rows = {row["code"]: row for row in report["codes"]}
    joy = rows["motives/joy"]
    assert (joy["only_a"], joy["only_b"], joy["both"], joy["neither"]) == (0, 1, 1, 0)
    unused = rows["motives/boredom"]["kappa"]
    assert unused["value"] is None
    assert unused["undefined_because"]


def test_the_whole_path_ends_in_a_word_file(study: Path) -> None:
    """Disagreements are written, decided on in the table, and the consensus is quoted."""
    ok(qualcode("adjudicate", "--queue", "queue.csv", folder=study))
    rows = rows_of(study / "queue.csv")
    assert rows
    with (study / "queue.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(row | {"choice": "a", "reason": "overlooked"} for row in rows)
    ok(qualcode("adjudicate", "--decisions", "queue.csv", "--coder", "anna", folder=study))
    assert ok(qualcode("adjudicate", "--json", folder=study)).json == []
    sections = ok(qualcode("quotes", "--json", folder=study)).json
    found = {(s["code"], q["text"]) for s in sections for q in s["quotes"]}
    assert found == {
        ("motives/joy", "Het is leuk 😀 hoor."),
        ("motives/energy", "je blijft wakker"),
        ("motives/energy", "Om wakker te blijven."),
    }
    ok(qualcode("quotes", "--out", "quotes.docx", folder=study))
    ok(qualcode("themes", "--out", "themes.xlsx", folder=study))
    ok(qualcode("agreement", "--out", "agreement.json", folder=study))
    once = (study / "quotes.docx").read_bytes()
    ok(qualcode("quotes", "--out", "quotes.docx", "--force", folder=study))
    assert (study / "quotes.docx").read_bytes() == once
    assert ok(qualcode("check", "--json", folder=study)).json["problems"] == []


def test_codings_exported_come_back_as_the_same_codings(study: Path, tmp_path: Path) -> None:
    ok(qualcode("export", "codings", "all.csv", "--layer", "anna", folder=study))
    ok(qualcode("new", tmp_path / "again", "--codebook", "book.yaml", folder=study))
    again = tmp_path / "again.qualcode"
    ok(qualcode("import", "interviews", "-y", "--project", again, folder=study))
    ok(qualcode("code", "all.csv", "--project", again, folder=study))
    ok(qualcode("export", "codings", tmp_path / "back.csv", "--project", again, folder=study))
    columns = ("transcript", "start", "end", "quote", "code", "coder")
    one, two = (
        [tuple(row[column] for column in columns) for row in rows_of(path)]
        for path in (study / "all.csv", tmp_path / "back.csv")
    )
    assert one == two


def test_a_step_is_undone_and_done_again(study: Path) -> None:
    before = len(ok(qualcode("quotes", "--layer", "all", "--json", folder=study)).json)
    write_codings(study / "more.csv", [("A2", "Dat is alles.", "motives")])
    ok(qualcode("code", "more.csv", "--coder", "bram", folder=study))
    ok(qualcode("undo", "--coder", "bram", folder=study))
    assert len(ok(qualcode("quotes", "--layer", "all", "--json", folder=study)).json) == before
    ok(qualcode("redo", "--coder", "bram", folder=study))
    ok(qualcode("undo", "--coder", "bram", folder=study))
    history = ok(qualcode("history", "--json", folder=study)).json
    assert history[-1]["action"] == "undo"


def test_a_renamed_code_takes_its_codings_along_and_the_versions_differ(study: Path) -> None:
    ok(qualcode("codebook", "rename", "motives/joy", "fun", "--coder", "anna", folder=study))
    changes = ok(qualcode("codebook", "diff", "1", "--json", folder=study)).json
    assert [(c["kind"], c["before"], c["path"]) for c in changes] == [
        ("moved", "motives/joy", "motives/fun")
    ]
    quotes = ok(
        qualcode("quotes", "--code", "motives/fun", "--layer", "anna", "--json", folder=study)
    )
    assert len(quotes.json) == 1
    ok(qualcode("undo", "--coder", "anna", folder=study))


def test_a_split_lists_the_codings_to_look_at_again(study: Path) -> None:
    told = ok(
        qualcode(
            "codebook", "split", "motives/joy", "fun", "bliss", "--coder", "anna", folder=study
        )
    )
    assert "to check again" in told.err
    assert "Het is leuk" in told.out
    ok(qualcode("undo", "--coder", "anna", folder=study))


def test_notes_are_kept_and_listed(study: Path) -> None:
    ok(qualcode("memo", "Let op.", "--about", "code motives/joy", "--coder", "anna", folder=study))
    notes = ok(qualcode("memo", "--json", folder=study)).json
    assert [(n["target_kind"], n["target"], n["text"]) for n in notes] == [
        ("code", "motives/joy", "Let op.")
    ]


def test_a_backup_is_a_whole_project(study: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.qualcode"
    ok(qualcode("backup", copy, folder=study))
    assert ok(qualcode("check", "--json", "--project", copy, folder=study)).json["codings"] > 0


def test_an_author_prints_a_quote_in_his_own_cut_and_in_no_other_words(study: Path) -> None:
    sections = ok(qualcode("quotes", "--layer", "anna", "--json", folder=study)).json
    quote = next(q for s in sections for q in s["quotes"] if "leuk" in q["text"])
    words = ("quotes", "--layer", "anna", "--json", "--excerpt", quote["coding"][:10])
    cut = ok(qualcode(*words, "Het is leuk [...] hoor.", folder=study)).json
    assert "Het is leuk [...] hoor." in {q["text"] for s in cut for q in s["quotes"]}
    refused = qualcode(*words, "Het is saai hoor.", folder=study)
    assert refused.code == 1
    assert "saai" in refused.err
    whole = ok(qualcode(*words, "", folder=study)).json
    assert quote["text"] in {q["text"] for s in whole for q in s["quotes"]}


def test_a_coding_is_withdrawn_or_gets_another_code_and_both_are_undone(study: Path) -> None:
    def codes() -> list[str]:
        listed = ok(qualcode("quotes", "--layer", "anna", "--json", folder=study)).json
        return sorted(q["code"] for s in listed for q in s["quotes"])

    before = codes()
    sections = ok(qualcode("quotes", "--layer", "anna", "--json", folder=study)).json
    key = next(q["coding"] for s in sections for q in s["quotes"] if s["code"] == "motives/joy")
    ok(qualcode("withdraw", key[:10], "--coder", "anna", folder=study))
    assert len(codes()) == len(before) - 1
    ok(qualcode("undo", "--coder", "anna", folder=study))
    words = ("withdraw", key[:10], "--give", "motives/boredom", "--coder", "anna")
    ok(qualcode(*words, folder=study))
    changed = list(before)
    changed.remove("motives/joy")
    assert codes() == sorted([*changed, "motives/boredom"])
    ok(qualcode("undo", "--coder", "anna", folder=study))
    assert codes() == before
