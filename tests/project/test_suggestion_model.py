"""What suggestions computed is kept in the project, until what it rests on changes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from qualcode.project import Project
from qualcode.storage.schema import vectors
from two_coder_study import give, make_project


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return make_project(tmp_path)


@pytest.fixture
def project(file: Path) -> Iterator[Project]:
    with Project.open(file, as_coder="anna", verify=False) as opened:
        give(opened, "A1", "Het is leuk hoor", "joy", "anna")
        yield opened


def kept(project: Project) -> dict[str, dict[str, bytes]]:
    """Return what is kept: values by key, by kind."""
    found: dict[str, dict[str, bytes]] = {}
    with project._store._read() as connection:
        for row in connection.execute(select(vectors)):
            found.setdefault(row.model.partition(":")[0], {})[row.key] = row.vector
    return found


@pytest.mark.slow
def test_a_second_window_offers_the_same_from_what_is_kept(project: Project) -> None:
    offers = project.suggestions.offer("A1")
    before = kept(project)
    assert {"learned", "words"} <= before.keys()
    assert project.acting_as("anna").suggestions.offer("A1") == offers
    assert kept(project) == before


@pytest.mark.slow
def test_what_was_learned_is_dropped_when_a_coding_is_added(project: Project) -> None:
    project.suggestions.offer("A1")
    (first,) = kept(project)["learned"]
    give(project, "A1", "Anders is het saai", "boredom", "anna")
    project.suggestions.offer("A1")
    (second,) = kept(project)["learned"]
    assert first != second


def test_each_coder_keeps_what_their_own_view_teaches(project: Project) -> None:
    for coder in ("anna", "bram"):
        project.acting_as(coder).suggestions.offer("A1")
    with project._store._read() as connection:
        models = {row.model for row in connection.execute(select(vectors.c.model))}
    assert sum(model.startswith("learned:") for model in models) == 2


@pytest.mark.parametrize("data", [b"", b"harmed", b"PK\x03\x04 harmed"])
@pytest.mark.slow
def test_what_was_harmed_is_computed_again(file: Path, project: Project, data: bytes) -> None:
    offers = project.suggestions.offer("A1")
    for kind in ("learned", "words"):
        for row in kept(project)[kind]:
            with project._store._change("") as change:
                change.connection.execute(
                    vectors.update().where(vectors.c.key == row).values(vector=data)
                )
    with Project.open(file, as_coder="anna") as again:
        assert again.suggestions.offer("A1") == offers


def test_removing_earlier_texts_drops_what_was_made_of_them(project: Project) -> None:
    project.suggestions.offer("A1")
    project._store.remove_versions("A1", "anna")
    assert not kept(project)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["A1", "A2"])
def test_after_the_first_time_a_command_loads_no_word_lists_and_no_pipeline(
    file: Path, name: str
) -> None:
    """For another interview neither: the words of all are looked up the first time."""
    code = (
        "import sys; from qualcode.cli import main\n"
        "sys.argv = ['qualcode', 'suggest', sys.argv[2], '--coder', 'anna', '-p', sys.argv[1]]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('spacy', 'sklearn', 'scipy', 'pandas', 'simplemma') "
        "if m in sys.modules])"
    )
    for interview in ("A1", name):
        done = subprocess.run(
            [sys.executable, "-c", code, str(file), interview],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "QUALCODE_LANGUAGE": "en"},
        )
    assert done.stdout.rstrip().endswith("[]")
