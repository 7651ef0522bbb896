"""What cannot be published is refused in one sentence, or told with the document."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from cli_runner import qualcode

BOOK = "codes:\n  - name: slaap\n    label: Slaap\n    definition: d\n"
PEOPLE = 60


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty interviews, each of a participant from another town."""
    folder = tmp_path_factory.mktemp("template")
    interviews = folder / "interviews"
    interviews.mkdir()
    people, codes = ["transcript,case,group,region,consent"], ["transcript,quote,code,coder"]
    for number in range(PEOPLE):
        name, said = f"T{number:02}", f"Ik slaap al {number} nachten slecht"
        (interviews / f"{name}.txt").write_text(f"I: Vertel eens?\nR: {said}.\n", "utf-8")
        people.append(f"{name},R{number:02},users,plaats {number},ja")
        codes.append(f"{name},{said},slaap,anna")
    for file, text in {
        "book.yaml": BOOK,
        "people.csv": "\n".join(people),
        "codes.csv": "\n".join(codes),
    }.items():
        (folder / file).write_text(text, "utf-8")
    for words in (
        ("new", "study", "--codebook", "book.yaml"),
        ("import", *(f"interviews/{file.name}" for file in sorted(interviews.iterdir())), "-y"),
        ("import", "--cases", "people.csv"),
        ("code", "codes.csv"),
    ):
        result = qualcode(*words, folder=folder)
        assert result.code == 0, result.err
    return folder


@pytest.fixture
def folder(tmp_path: Path, template: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "study"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("typology", "define", "--dimension", "Town: @city", "--dimension", "Sleep: slaap"),
            "No attribute 'city' in the respondents. There is: consent, group, region.",
        ),
        (
            ("typology", "define", "--dimension", "Town: @region", "--dimension", "Sleep: slaap"),
            "Dimension 'Town' has 60 categories, and 12 is the most.",
        ),
        (
            ("framework", "write", "R00", "slaap", "woord " * 10_000),
            "The summary of R00 has 10000 words, and 400 is the most.",
        ),
        (("findings", "add", "woord " * 10_000), "It has 10000 words, and 120 is the most."),
    ],
    ids=["a dimension nobody has", "sixty categories", "a long summary", "a long finding"],
)
def test_it_is_refused_and_the_next_step_is_told(
    folder: Path, words: tuple[str, ...], message: str
) -> None:
    result = qualcode(*words, "--coder", "anna", folder=folder)
    assert result.code == 1
    assert message in result.err
    assert "Traceback" not in result.err


def test_a_type_without_members_is_told_of_and_has_a_page(folder: Path) -> None:
    for words in (
        ("define", "--dimension", "Consent: @consent", "--dimension", "Sleep: slaap"),
        ("define", "--type", "Waker", "--definition", "Slaapt nooit."),
        ("report", "--out", "types.md"),
    ):
        result = qualcode("typology", *words, "--coder", "anna", folder=folder)
        assert result.code == 0, result.err
    written = (folder / "types.md").read_text("utf-8")
    assert "Slaapt nooit." in written


def test_an_attribute_of_sixty_values_is_left_out_of_the_sample_with_the_reason(
    folder: Path,
) -> None:
    assert qualcode("annex", "sample", "--out", "sample.md", folder=folder).code == 0
    written = (folder / "sample.md").read_text("utf-8")
    assert "plaats 1" not in written
    assert "regio: " in written
    assert "60 " in written.split("regio: ")[1].split("\n")[0]


def test_who_could_be_known_by_an_attribute_is_told_with_the_archive(folder: Path) -> None:
    result = qualcode("archive", "make", "study.zip", "--consent", "consent", folder=folder)
    assert result.code == 0, result.err
    assert "region plaats 0" in result.err
    assert qualcode("archive", "verify", "study.zip", folder=folder).code == 0


def test_each_file_of_an_archive_that_differs_is_named(folder: Path) -> None:
    made = qualcode("archive", "make", "study.zip", "--consent", "consent", folder=folder)
    assert made.code == 0, made.err
    changed = {"tables/code_by_case.csv": b"x", "README.md": None}
    with (
        zipfile.ZipFile(folder / "study.zip") as old,
        zipfile.ZipFile(folder / "harmed.zip", "w") as new,
    ):
        for name in old.namelist():
            data = changed.get(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
        new.writestr("data/extra.txt", "iets")
    missing = qualcode("archive", "verify", "nowhere.zip", folder=folder)
    assert "There is no file 'nowhere.zip'." in missing.err
    result = qualcode("archive", "verify", "harmed.zip", folder=folder)
    assert result.code == 1
    for line in (
        "README.md  The file is missing.",
        "tables/code_by_case.csv  The file was changed: its sha256 is another one.",
        "data/extra.txt  The file was added: the manifest does not list it.",
        "The archive is not as it was made: 3 files differ.",
    ):
        assert line.split("  ")[-1] in result.err
        assert line.split("  ")[0] in result.err


def test_small_counts_in_the_bars_of_the_level_figure_are_told_until_somebody_decides(
    folder: Path,
) -> None:
    people = (folder / "people.csv").read_text("utf-8").splitlines()
    others = [line.replace(",users,", ",professionals,") for line in people[-2:]]
    (folder / "people.csv").write_text("\n".join([*people[:-2], *others]), "utf-8")
    for words in (
        ("import", "--cases", "people.csv"),
        ("figure", "levels", "--place", "slaap=individual", "--coder", "anna"),
    ):
        assert qualcode(*words, folder=folder).code == 0
    drawn = qualcode("figure", "levels", "--out", "one.svg", folder=folder)
    assert "fewer than 3 cases (slaap x professionals: 2)" in drawn.err
    (risk,) = (
        risk
        for risk in qualcode("disclosure", "--json", folder=folder).json
        if risk["kind"] == "cells"
    )
    accept = ("disclosure", "--confirm", risk["id"], "--reason", "all agreed", "--coder", "anna")
    assert qualcode(*accept, folder=folder).code == 0
    drawn = qualcode("figure", "levels", "--out", "two.svg", folder=folder)
    assert "fewer than 3" not in drawn.err
