"""Interviews in several languages in one study: each is read in its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.model import SegmentKind
from qualcode.project import Project, list_languages
from spoken import SPOKEN, UNKNOWN

BOOK = """
format: qualcode-codebook/1
name: werk
language: nl
codes:
  - name: work
    label: {nl: Werk, en: Work}
    definition: {nl: Hard werken en wie dat doet., en: Hard work and who does it.}
  - name: people
    label: {nl: Mensen, en: People}
    definition: {nl: De mensen met wie je bent., en: The people around you and how they help.}
"""
CODINGS = """transcript,quote,code,coder
N1,mijn zus werkte er al,work,anna
N1,Het was hard werken,work,anna
N2,mijn zus werkte er al,work,anna
N2,Het was hard werken,work,anna
N1,De mensen,people,anna
E1,my sister already worked there,work,anna
E1,It was hard work,work,anna
E2,my sister already worked there,work,anna
E2,It was hard work,work,anna
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "codings.csv").write_text(CODINGS, encoding="utf-8")
    for name, language in {"N1": "nl", "N2": "nl", "E1": "en", "E2": "en"}.items():
        text = SPOKEN[language] + f"R: {name}.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert qualcode("new", "study", "--codebook", "book.yaml", folder=tmp_path).code == 0
    return tmp_path


def read_all(study: Path, *options: str) -> None:
    told = qualcode("import", "N1.txt", "N2.txt", "E1.txt", "E2.txt", *options, folder=study)
    assert told.code == 0, told.err


def languages(study: Path) -> dict[str, tuple[str, bool]]:
    with Project.open(study / "study.qualcode") as project:
        return {row.transcript: (row.language, row.confirmed) for row in list_languages(project)}


def test_an_import_recognises_the_language_and_says_how_to_confirm_it(study: Path) -> None:
    told = qualcode("import", "N1.txt", "E1.txt", folder=study)
    assert languages(study) == {"N1": ("nl", False), "E1": ("en", False)}
    assert 'read as English; confirm: qualcode transcript language "E1" en' in told.err
    assert 'language "N1"' not in told.err
    assert qualcode("transcript", "language", "E1", "en", folder=study).code == 0
    assert languages(study)["E1"] == ("en", True)


def test_a_language_that_was_given_counts_and_is_confirmed(study: Path) -> None:
    read_all(study, "--language", "en", "-y")
    assert set(languages(study).values()) == {("en", True)}


def test_yes_confirms_what_was_recognised(study: Path) -> None:
    read_all(study, "-y")
    assert languages(study) == {
        "N1": ("nl", True),
        "N2": ("nl", True),
        "E1": ("en", True),
        "E2": ("en", True),
    }


def test_a_language_that_is_not_known_is_told_and_read_as_the_project_is(study: Path) -> None:
    (study / "S1.txt").write_text(UNKNOWN["es"], encoding="utf-8")
    told = qualcode("import", "S1.txt", "-y", folder=study)
    assert "Its language was not recognised, so it is read as Dutch." in told.err
    assert languages(study)["S1"][0] == "nl"


@pytest.mark.parametrize(
    "words",
    [
        ("new", "other", "--language", "es"),
        ("import", "E1.txt", "--language", "Engels"),
        ("transcript", "language", "N1", "xx"),
        ("transcript", "language", "N9", "en"),
        ("transcript", "language", "N9"),
    ],
)
def test_what_the_program_cannot_do_is_refused(study: Path, words: tuple[str, ...]) -> None:
    assert qualcode("import", "N1.txt", "-y", folder=study).code == 0
    told = qualcode(*words, folder=study)
    assert told.code == 1
    assert told.err.strip()
    assert not (study / "other.qualcode").exists()


def test_distinctive_words_are_compared_within_a_language(study: Path) -> None:
    read_all(study, "-y")
    qualcode("segment", folder=study)
    assert qualcode("code", "codings.csv", folder=study).code == 0
    work = qualcode("themes", "--json", folder=study).json["themes"][0]
    words = {(word["language"], word["word"]) for word in work["distinctive_words"]}
    assert {("nl", "hard"), ("nl", "zus"), ("en", "hard"), ("en", "sister")} <= words
    # by the rules of another language these set a theme apart
    assert not {"my", "it", "the", "was", "already", "mijn", "het", "er"} & {w for _, w in words}
    told = qualcode("themes", "--out", "themes.md", folder=study)
    assert told.code == 0, told.err
    report = (study / "themes.md").read_text(encoding="utf-8")
    assert "Nederlands: " in report
    assert "Engels: " in report


def test_search_finds_the_forms_of_each_language(study: Path) -> None:
    read_all(study, "-y")
    found = qualcode("find", "werken", "--json", folder=study).json
    assert {hit["transcript"] for hit in found} == {"N1", "N2"}
    found = qualcode("find", "work", "--json", folder=study).json
    assert {hit["transcript"] for hit in found} == {"E1", "E2"}
    assert any("worked" in str(hit) for hit in found)


def test_suggestions_for_an_english_interview_come_from_the_english_entries(study: Path) -> None:
    read_all(study, "-y")
    qualcode("segment", folder=study)
    told = qualcode("suggest", "E1", "--coder", "anna", "--json", folder=study)
    assert told.code == 0, told.err
    assert '"hard"' in told.out or "hard" in told.out
    assert "people" in told.out


def test_names_in_an_english_interview_are_told_from_its_first_words(study: Path) -> None:
    text = SPOKEN["en"] + (
        "R: Honestly, I'm Margaret. My friend Janet lives in Leeds. Everybody knows her. "
        "They've got a bakery. Nowadays she works on Mondays. Christmas was busy.\n"
    )
    (study / "E3.txt").write_text(text, encoding="utf-8")
    assert qualcode("import", "E3.txt", "-y", folder=study).code == 0
    with Project.open(study / "study.qualcode") as project:
        proposed = {name.text for name in project.pseudonyms.scan(("E3",)).proposals}
    assert proposed == {"Margaret", "Janet", "Leeds"}


def test_sentences_are_cut_again_when_the_language_changes(study: Path) -> None:
    text = SPOKEN["en"] + "R: I saw Mrs. Hill there, with a coat, gloves, etc. Then she left.\n"
    (study / "E3.txt").write_text(text, encoding="utf-8")
    assert qualcode("import", "E3.txt", "--language", "nl", "-y", folder=study).code == 0
    qualcode("segment", folder=study)

    def sentences() -> list[str]:
        with Project.open(study / "study.qualcode") as project:
            return [
                str(text)
                for text in project.transcripts.segment_table(SegmentKind.SENTENCE)["text"]
            ]

    assert "I saw Mrs." in sentences()
    assert qualcode("transcript", "language", "E3", "en", folder=study).code == 0
    assert "I saw Mrs. Hill there, with a coat, gloves, etc." in sentences()


def test_a_change_of_language_is_undone_in_one_step(study: Path) -> None:
    read_all(study, "-y")
    assert qualcode("transcript", "language", "E1", "de", folder=study).code == 0
    assert languages(study)["E1"][0] == "de"
    assert qualcode("undo", "-y", folder=study).code == 0
    assert languages(study)["E1"][0] == "en"
    assert "language of interview" in qualcode("history", folder=study).out


@pytest.mark.parametrize("language", ["de", "fr"])
def test_reports_of_a_german_or_french_project_come_in_english(
    tmp_path: Path, language: str
) -> None:
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    for name in ("A1", "A2"):
        (tmp_path / f"{name}.txt").write_text(SPOKEN[language] + f"R: {name}.", encoding="utf-8")
    quote = SPOKEN[language].split("R: ")[1][:40].strip()
    rows = [f'{name},"{quote}",work,{coder}' for name in ("A1", "A2") for coder in ("x", "y")]
    table = "\n".join(["transcript,quote,code,coder", *rows])
    (tmp_path / "codings.csv").write_text(table, encoding="utf-8")
    new = ("new", "s", "--language", language, "--codebook", "book.yaml")
    for words in (
        new,
        ("import", "A1.txt", "A2.txt", "-y"),
        ("segment",),
        ("code", "codings.csv"),
        ("agreement", "--coders", "x,y", "--out", "agreement.docx"),
        ("themes", "--layer", "x", "--out", "themes.md"),
        ("quotes", "--layer", "x", "--out", "quotes.md"),
        ("export", "codings", "codings.xlsx"),
    ):
        told = qualcode(*words, folder=tmp_path)
        assert told.code == 0, (words, told.err)
    assert "How this was made." in (tmp_path / "themes.md").read_text(encoding="utf-8")
