"""What leaves the project names no coder and no interview, hides what was decided, and says so."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from cli_runner import Result, qualcode
from qualcode.model import MemoTarget
from qualcode.project import Project
from two_coder_study import give, make_project, words_in

BOOK = """format: qualcode-codebook/1
name: small
codes:
  - name: motives
    label: {nl: Motieven, en: Motives}
    codes:
      - {name: joy, label: Plezier, terms: [leuk]}
      - {name: rest, label: Rust, terms: [rustig]}
"""
CASES = """transcript,case,group,sex,age_band,region
A1_fatima,G1,users,vrouw,20-29,Zuid
A2,G2,users,man,20-29,Noord
A3,G3,users,man,30-39,Noord
A4,P1,professionals,man,30-39,Noord
"""
TEXT = "I: Hoe was het?\nR: Het was leuk met die groep. #00:00:04-1# En daarna rustig naar huis.\n"
CODINGS = """transcript,quote,code,memo
A1_fatima,Het was leuk met die groep. #00:00:04-1# En daarna rustig naar huis.,motives/joy,twijfel
A2,Het was leuk,motives/joy,
A3,Het was leuk,motives/joy,
A4,Het was leuk,motives/joy,
A1_fatima,rustig naar huis,motives/rest,
"""


def ok(result: Result) -> Result:
    assert result.code == 0, result.err
    return result


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project of four interviews, coded by anna."""
    folder = tmp_path_factory.mktemp("study")
    texts = folder / "interviews"
    texts.mkdir()
    for name in ("A1_fatima", "A2", "A3", "A4"):
        (texts / f"{name}.txt").write_text(f"{TEXT}I: {name}?\n", encoding="utf-8")
    for name, text in (("book.yaml", BOOK), ("cases.csv", CASES), ("anna.csv", CODINGS)):
        (folder / name).write_text(text, encoding="utf-8")
    ok(qualcode("new", "study", "--codebook", "book.yaml", folder=folder))
    ok(qualcode("import", "interviews", "--speakers", "I=interviewer,R=respondent", folder=folder))
    ok(qualcode("import", "--cases", "cases.csv", folder=folder))
    ok(qualcode("segment", folder=folder))
    ok(qualcode("code", "anna.csv", "--coder", "anna", folder=folder))
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    shutil.copytree(made, folder)
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def written(study: Path, *words: str) -> str:
    """Write a file with a command that ends in its name; return what it says."""
    ok(qualcode(*words, folder=study))
    return (study / words[-1]).read_text(encoding="utf-8")


@pytest.mark.parametrize("what", ["quotes", "themes"])
@pytest.mark.parametrize("suffix", ["md", "json"])
def test_no_coder_and_no_interview_is_named_unless_asked_for(
    study: Path, what: str, suffix: str
) -> None:
    text = written(study, what, "--out", f"x.{suffix}")
    assert "fatima" not in text
    assert "anna" not in text
    asked = ("--real-names", "--transcript-names")
    text = written(study, what, *asked, "--out", f"y.{suffix}")
    assert "fatima" in text
    assert "anna" in text


def test_codings_name_no_coder_unless_asked_for(study: Path) -> None:
    ok(qualcode("export", "codings", "c.csv", folder=study))
    assert {(row["coder"], row["origin"]) for row in rows_of(study / "c.csv")} == {
        ("coder A", "table")
    }
    ok(qualcode("export", "codings", "d.csv", "--for", "maxqda", folder=study))
    assert "anna" not in (study / "d.csv").read_text(encoding="utf-8-sig")
    ok(qualcode("export", "codings", "e.csv", "--real-names", folder=study))
    assert {row["coder"] for row in rows_of(study / "e.csv")} == {"anna"}


def test_every_report_says_how_it_was_made(study: Path) -> None:
    for what in ("quotes", "themes"):
        text = written(study, what, "--out", f"{what}.md")
        assert "Op grond van 4 van 4 interviews." in text
        assert "De codering is van codeur A, zonder tweede codeur." in text
        assert "Codeboek: small, versie 1." in text
        ok(qualcode(what, "--out", f"{what}.xlsx", folder=study))
        book = openpyxl.load_workbook(study / f"{what}.xlsx")
        assert book.sheetnames[-1] == "Hoe gemaakt"
        made = json.loads(written(study, what, "--out", f"{what}.json"))["made"]
        assert (made["interviews"], made["coders"]) == (4, ["codeur A"])


def test_small_counts_are_hidden_in_every_file_and_come_back(study: Path) -> None:
    ok(qualcode("disclosure", "--hide-cells", folder=study))
    assert "1 van 4" not in written(study, "themes", "--out", "t.md")
    assert "… van 3 gebruikers" in written(study, "quotes", "--out", "q.md")
    ok(qualcode("export", "code_by_group", "g.csv", "-l", "final", folder=study))
    rows = {row["code"]: row for row in rows_of(study / "g.csv")}
    assert rows["motives/joy"]["users"] == "…"
    assert rows["motives/joy"]["professionals"] == "<3"
    assert rows["motives/rest"]["users"] == "<3"
    (hidden,) = ok(qualcode("disclosure", "--measures", "--json", folder=study)).json
    assert hidden["kind"] == "hide-cells"
    ok(qualcode("disclosure", "--take-back", hidden["id"][:6], folder=study))
    assert ok(qualcode("disclosure", "--measures", "--json", folder=study)).json == []
    # Nobody decided on them yet, so a file holds them back and the command says how to decide.
    undecided = ok(qualcode("export", "code_by_group", "h.csv", "-l", "final", folder=study))
    assert {row["code"]: row["users"] for row in rows_of(study / "h.csv")}["motives/joy"] == "…"
    ok(qualcode("disclosure", "--confirm", hinted_id(undecided), "--reason", "ok", folder=study))
    ok(qualcode("export", "code_by_group", "i.csv", "-l", "final", folder=study))
    assert {row["code"]: row["users"] for row in rows_of(study / "i.csv")}["motives/joy"] == "3"


@pytest.mark.parametrize(
    "words",
    [
        ("themes", "--out", "t.md"),
        ("themes", "--out", "t.json"),
        ("quotes", "--out", "q.md"),
        ("export", "code_by_group", "g.csv", "-l", "final"),
        ("export", "code_by_sex", "s.csv", "-l", "final"),
        ("export", "code_by_case", "c.csv", "-l", "final"),
        ("annex", "codebook", "--out", "a.md"),
    ],
    ids=lambda words: "-".join(words[:2]),
)
def test_a_file_holds_small_counts_back_until_somebody_decides(
    study: Path, words: tuple[str, ...]
) -> None:
    file = next(study / word for word in words if "." in word)
    held_back = ok(qualcode(*words, folder=study))
    before = file.read_text(encoding="utf-8-sig")
    table = words[1] if words[1] == "code_by_sex" else "code_by_group"
    check = ok(qualcode("disclosure", "--table", table, "--json", folder=study)).json
    risks = [r["id"] for r in check if r["kind"] == "cells" and r["where"].endswith(table)]
    if words[0] not in {"annex", "quotes"}:
        assert risks[0] in held_back.err
    ok(qualcode("disclosure", "--table", table, "--confirm", risks[0], "--reason", "asked all",
                folder=study))  # fmt: skip
    ok(qualcode(*words, "--force", folder=study))
    after = file.read_text(encoding="utf-8-sig")
    assert before.count("<3") + before.count("…") > after.count("<3") + after.count("…")
    assert "<3" not in after


def test_on_the_screen_a_researcher_sees_small_counts(study: Path) -> None:
    assert "<3" not in ok(qualcode("themes", folder=study)).out


def hinted_id(result: Result) -> str:
    """Return the id of the risk that a command says how to accept."""
    found = re.search(r"--confirm ([0-9a-f]{10})", " ".join(result.err.split()))
    assert found, result.err
    return found[1]


def test_joined_values_and_an_attribute_of_nobody_hold_for_tables_too(study: Path) -> None:
    joined = ("--widen", "age_band:20-29,30-39=20-39", "--suppress", "region")
    ok(qualcode("disclosure", *joined, folder=study))
    ok(qualcode("export", "cases", "c.csv", folder=study))
    assert {(row["age_band"], row["region"]) for row in rows_of(study / "c.csv")} == {("20-39", "")}
    ok(qualcode("export", "code_by_age_band", "a.csv", "-l", "final", folder=study))
    assert set(rows_of(study / "a.csv")[0]) == {"code", "20-39"}
    text = written(study, "themes", "--out", "t.md")
    assert "minder precies of niet vermeld: leeftijd en regio" in text
    assert "Zuid" not in text


def test_a_left_out_passage_is_in_no_report_and_an_excerpt_in_both(study: Path) -> None:
    ok(qualcode("export", "codings", "c.csv", folder=study))
    ids = {(row["transcript"], row["code"]): row["id"] for row in rows_of(study / "c.csv")}
    ok(qualcode("disclosure", "--leave-out", ids["A1_fatima", "motives/rest"], folder=study))
    cut = "Het was leuk [...] En daarna rustig naar huis."
    ok(qualcode("quotes", "--excerpt", ids["A1_fatima", "motives/joy"], cut, folder=study))
    for what in ("themes", "quotes"):
        text = written(study, what, "--out", f"{what}.json")
        assert "die groep" not in text
        assert "#00:00" not in text
        assert cut in text
        assert '"rustig naar huis"' not in text
        assert "1 passage is weggelaten" in written(study, what, "--out", f"{what}.md")


def test_choosing_a_quote_prints_that_quote_only(study: Path) -> None:
    ok(qualcode("export", "codings", "c.csv", folder=study))
    first = rows_of(study / "c.csv")[1]["id"][:8]
    lines = ok(qualcode("quotes", "--choose", first, folder=study)).out.split("\n")
    assert [first in line for line in lines if "“" in line] == [True]


def test_a_table_is_accepted_with_a_reason_that_is_kept(study: Path) -> None:
    told = ok(qualcode("export", "code_by_sex", "s.csv", "-l", "final", folder=study)).err
    assert "cells stand for fewer than 3 cases" in told
    look = ("disclosure", "--table", "code_by_sex", "--json")
    risks = ok(qualcode(*look, folder=study)).json
    (cells,) = [r["id"] for r in risks if r["where"] == "table code_by_sex"]
    why = ("--confirm", cells, "--reason", "alleen voor de begeleider")
    ok(qualcode(*look, *why, folder=study))
    again = ok(qualcode("export", "code_by_sex", "s2.csv", "-l", "final", folder=study)).err
    assert "cells stand" not in again
    (kept,) = ok(qualcode("disclosure", "--measures", "--json", folder=study)).json
    assert kept["because"] == "alleen voor de begeleider"


def test_several_risks_are_accepted_together_or_not_at_all(study: Path) -> None:
    risks = ok(qualcode("disclosure", "--json", folder=study)).json
    wrong = ("--confirm", risks[0]["id"], "--confirm", "nothing", "--reason", "x")
    assert qualcode("disclosure", *wrong, folder=study).code == 1
    assert ok(qualcode("disclosure", "--measures", "--json", folder=study)).json == []


def test_groups_are_not_joined_where_some_were_not_asked(study: Path) -> None:
    book = BOOK.replace("terms: [rustig]", "terms: [rustig], attributes: {asked_of: users}")
    (study / "book2.yaml").write_text(book, encoding="utf-8")
    ok(qualcode("codebook", "import", "book2.yaml", "--force", folder=study))
    refused = qualcode("disclosure", "--widen", "group:users=iedereen", folder=study)
    assert refused.code == 1
    assert "asked of one group only" in refused.err


def test_what_is_refused_changes_nothing_beside_it(study: Path) -> None:
    both = ("--suppress", "region", "--widen", "age_band:99=x")
    assert qualcode("disclosure", *both, folder=study).code == 1
    assert qualcode("disclosure", "--hide-cells", "--take-back", "0000", folder=study).code == 1
    assert ok(qualcode("disclosure", "--measures", "--json", folder=study)).json == []
    ok(qualcode("export", "codings", "c.csv", folder=study))
    first = rows_of(study / "c.csv")[0]["id"]
    cut = ("--choose", first, "--excerpt", first, "andere woorden")
    assert qualcode("quotes", *cut, folder=study).code == 1
    assert ok(qualcode("quotes", "--chosen", "--json", folder=study)).json == []


def test_a_passage_that_is_left_out_is_not_printed_by_a_memo(tmp_path: Path) -> None:
    """The note on the code that adjudication makes quotes the passage."""
    with Project.open(make_project(tmp_path)) as project:
        first = give(project, "A1", "Het is leuk hoor", "joy", "anna", memo="over leuk hoor")
        give(project, "A1", "Het is leuk hoor", "boredom", "bram")
        project.acting_as("anna").codings.add_memo(MemoTarget.CODING, first, "zegt zij echt")
        about = project.agreement.collect_disagreements(("anna", "bram"))
        reason = "codebook_must_change: kijk naar A2"
        decision = project.adjudication.decide(about[0], "a", reason=reason)
        assert decision is not None
        project.acting_as("carla").adjudication.settle(("anna", "bram"), [decision])
        (consensus,) = project.codings.collect_layer()
    options = ("--out", "themes.xlsx", "--layer", "final")
    ok(qualcode("themes", *options, folder=tmp_path))
    assert "Het is leuk hoor" in words_in(tmp_path / "themes.xlsx")
    ok(qualcode("disclosure", "--leave-out", consensus.id, folder=tmp_path))
    for layer in ("final", "anna"):
        name = f"{layer}.xlsx"
        ok(qualcode("themes", "--out", name, "--layer", layer, folder=tmp_path))
        words = words_in(tmp_path / name)
        assert "kijk naar A2" in words
        assert "zegt zij echt" not in words
        if layer == "final":
            assert "leuk hoor" not in words.casefold()
    ok(qualcode("export", "memos", "memos.csv", folder=tmp_path))
    assert "leuk hoor" not in (tmp_path / "memos.csv").read_text("utf-8-sig").casefold()


@pytest.mark.parametrize("option", ["--journal", "--appendix"])
def test_files_for_publication_are_checked_and_filtered(study: Path, option: str) -> None:
    rows = json.loads(ok(qualcode("quotes", "--layer", "anna", "--json", folder=study)).out)
    of_codes = {row["code"]: row["quotes"][0] for row in rows}
    chosen = [quote["coding"] for quote in of_codes.values()]
    assert len(chosen) > 1
    ids = [part for id_ in chosen for part in ("--choose", id_)]
    ok(qualcode("quotes", "--layer", "anna", *ids, folder=study))
    other, code = list(of_codes)[:2]
    write = ("quotes", "--layer", "anna", option, "paper.md", "--force")
    done = ok(qualcode(*write, "--code", code, folder=study))
    # One of the four is a woman.
    assert "'users, vrouw, 20-29' fits 1 of 4 cases" in done.err, done.err
    text = (study / "paper.md").read_text("utf-8")
    assert of_codes[code]["text"] in text
    assert of_codes[other]["text"] not in text
    assert "codeur A" in text
    nobody = qualcode(*write, "--case", "G99", folder=study)
    assert nobody.code != 0


def test_options_that_would_be_passed_over_are_refused(study: Path) -> None:
    for words in (
        ("--appendix", "a.md", "--choose", "12345678"),
        ("--journal", "a.md", "--out", "b.md"),
        ("--balance", "--theme", "motives"),
    ):
        done = qualcode("quotes", *words, folder=study)
        assert done.code == 2, done.err
        assert not (study / "a.md").exists()
