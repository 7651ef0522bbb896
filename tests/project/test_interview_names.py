"""Interviews that are called after a person are named at import."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.project import Project, people_in_name


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("Interview_Fatima_Bakker_2020", ("Fatima", "Bakker")),
        ("interviewFatimaBakker", ("Fatima", "Bakker")),
        ("gesprek met Anna van der Berg", ("Anna", "Berg")),
        ("fatima-2", ("fatima",)),
        ("P01", ()),
        ("G04 tweede gesprek april 2020", ()),
        ("professional huisarts Utrecht", ()),
        ("Bakker in de binnenstad", ()),
    ],
)
def test_a_first_name_and_its_surname_are_found(name: str, people: tuple[str, ...]) -> None:
    assert people_in_name(name) == people


def test_an_english_interview_is_searched_for_english_names_too() -> None:
    assert people_in_name("Interview Dwayne Smith", "en") == ("Dwayne", "Smith")


def test_importing_a_file_called_after_a_person_says_so(tmp_path: Path) -> None:
    text = "I: Hoe gaat het?\nR: Het gaat wel, dank je, ik werk veel.\n" * 3
    for name in ("Fatima Bakker.txt", "P01.txt"):
        (tmp_path / name).write_text(f"{name}\n{text}", encoding="utf-8")
    with Project.create(tmp_path / "study.qualcode", name="Werk") as project:
        results = list(project.transcripts.read_files(sorted(tmp_path.glob("*.txt"))))
        warned = {
            result.path.stem: [
                str(problem.message)
                for problem in result.read.problems
                if "called after a person (Fatima, Bakker)" in str(problem.message)
            ]
            for result in results
            if result.read is not None
        }
    assert {name: len(messages) for name, messages in warned.items()} == {
        "Fatima Bakker": 1,
        "P01": 0,
    }
