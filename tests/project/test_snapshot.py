"""A report reads one state of the project, in one transaction, whoever else works in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from qualcode.model import Case, QuoteFilter, Span
from qualcode.project import Project, Snapshot
from two_coder_study import give, make_project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = make_project(tmp_path)
    with Project.open(path, as_coder="anna", verify=False) as project:
        give(project, "A1", "Het is leuk hoor", "joy", "anna")
        give(project, "A2", "Om wakker te blijven", "energy", "anna")
    return path


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(path, as_coder="anna", verify=False) as opened:
        yield opened


@pytest.fixture
def bram(path: Path) -> Iterator[Project]:
    """The same project, open in another program."""
    with Project.open(path, as_coder="bram", verify=False) as opened:
        yield opened


@contextmanager
def listening(name: str, listener: Callable[..., None]) -> Iterator[None]:
    """Call a function at each event of the database."""
    event.listen(Engine, name, listener)
    try:
        yield
    finally:
        event.remove(Engine, name, listener)


def test_what_another_writes_between_two_tables_is_not_seen(
    project: Project, bram: Project
) -> None:
    with project.snapshot():
        codings = project.codings.table()
        bram.codings.add("A3", Span(7, 10), "motives/joy")
        bram.cases.replace([Case("P9")])
        bram.codebook.rename("motives/joy", "fun")
        matrix = project.themes.matrix("code", "case", "anna")
        assert len(project.codings.collect()) == len(codings) == 2
        assert {case.name for case in project.cases.collect()} == {"P1", "P2", "P3"}
        assert "motives/joy" in matrix.index
    assert len(project.codings.collect()) == 3
    assert "motives/fun" in project.codebook.get()


def test_a_snapshot_that_has_read_nothing_yet_begins_with_its_first_read(
    project: Project, bram: Project
) -> None:
    with project.snapshot():
        bram.codings.add("A3", Span(7, 10), "motives/joy")
        assert len(project.codings.collect()) == 3


def test_views_of_other_coders_see_the_same_moment(project: Project, bram: Project) -> None:
    with project.snapshot():
        assert len(project.codings.collect()) == 2
        bram.codings.add("A3", Span(7, 10), "motives/joy")
        assert len(project.acting_as("carla").codings.collect()) == 2


def test_another_thread_has_no_part_in_a_snapshot(project: Project, bram: Project) -> None:
    seen: list[int] = []
    with project.snapshot():
        assert len(project.codings.collect()) == 2
        bram.codings.add("A3", Span(7, 10), "motives/joy")
        thread = Thread(target=lambda: seen.append(len(project.codings.collect())))
        thread.start()
        thread.join()
    assert seen == [3]


def test_nothing_can_be_changed_inside_a_snapshot(project: Project) -> None:
    with project.snapshot():
        with pytest.raises(RuntimeError, match="only reads"):
            project.rounds.add_coder("carla")
        with pytest.raises(RuntimeError, match="only reads"):
            project.history.undo()
    project.rounds.add_coder("carla")


def test_a_step_sees_what_it_changed_itself(project: Project) -> None:
    with project.history.step():
        project.codebook.rename("motives/joy", "fun")
        assert "motives/fun" in project.codebook.get()
        assert {coding.code for coding in project.codings.collect()} >= {"motives/fun"}


def test_a_step_that_fails_leaves_no_transcript_behind(project: Project, tmp_path: Path) -> None:
    (tmp_path / "B1.txt").write_text("I: Ja?\nR: Nee.\n", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), project.history.step():  # noqa: PT012
        assert [
            result.refused for result in project.transcripts.read_files([tmp_path / "B1.txt"])
        ] == [""]
        assert "B1" in {transcript.name for transcript in project.transcripts.collect()}
        _ = 1 / 0
    assert "B1" not in {transcript.name for transcript in project.transcripts.collect()}


def test_a_step_sees_its_transcript_though_another_thread_reads_meanwhile(
    project: Project, tmp_path: Path
) -> None:
    """A page is drawn while the interviews of its import come in."""
    (tmp_path / "B1.txt").write_text("I: Ja?\nR: Nee.\n", encoding="utf-8")
    seen: list[int] = []
    with project.history.step():
        list(project.transcripts.read_files([tmp_path / "B1.txt"]))
        thread = Thread(target=lambda: seen.append(len(project.transcripts.collect())))
        thread.start()
        thread.join()
        assert project.transcripts.get("B1").name == "B1"
    assert seen == [3]
    assert len(project.transcripts.collect()) == 4


def test_a_transcript_that_another_adds_is_there_without_being_asked_for(
    project: Project, bram: Project, tmp_path: Path
) -> None:
    assert len(project.transcripts.collect()) == 3
    (tmp_path / "B1.txt").write_text("I: Ja?\nR: Nee.\n", encoding="utf-8")
    list(bram.transcripts.read_files([tmp_path / "B1.txt"]))
    assert len(project.transcripts.collect()) == 4


REPORTS: dict[str, Callable[[Project, Path], object]] = {
    "themes": lambda project, _folder: project.themes.report(),
    "quotes": lambda project, _folder: project.quotes.report(),
    "quotes of one coder": lambda project, _folder: project.quotes.report(
        QuoteFilter(layer="anna")
    ),
    "agreement": lambda project, _folder: project.agreement.compare(("anna", "bram")),
    "agreement report": lambda project, _folder: project.agreement.report(
        ("anna", "bram"), by="group"
    ),
    "adjudication": lambda project, _folder: project.adjudication.open_disagreements(
        ("anna", "bram")
    ),
    "disclosure": lambda project, _folder: project.disclosure.check(),
    "table": lambda project, folder: project.exchange.write_table(
        "code_by_case", folder / "table.csv", layer="anna"
    ),
    "export": lambda project, folder: project.exchange.write(folder / "study.qdpx"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_reads_in_one_transaction(
    name: str, project: Project, bram: Project, tmp_path: Path
) -> None:
    if "agree" in name or "adjudication" in name:
        bram.codings.add("A1", Span(25, 41), "motives/joy")
    begun = 0

    def count(_connection: Connection) -> None:
        nonlocal begun
        begun += 1

    with listening("begin", count):
        REPORTS[name](project, tmp_path)
    assert begun == 1


def test_nothing_is_read_twice_in_a_snapshot(project: Project) -> None:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "FROM codings" in statement and "SELECT" in statement:
            statements.append(statement)

    with listening("before_cursor_execute", note), project.snapshot() as snapshot:
        assert isinstance(snapshot, Snapshot)
        report = project.themes.report()
        project.disclosure.check_themes(report)
        project.quotes.report()
    assert len([s for s in statements if "quote" in s]) == 1


def test_what_takes_long_is_read_once_for_each_revision(project: Project, bram: Project) -> None:
    """Each page of the app asks several times, and so does its next run."""
    first = project.codings.collect_layer("anna")
    statements: list[str] = []
    with listening("before_cursor_execute", lambda *row: statements.append(str(row[2]))):
        assert project.codings.collect_layer("anna") == first
        assert project.codings.collect(coder="anna") == first
    assert not any("FROM codings" in statement for statement in statements)
    bram.codings.add("A3", Span(7, 10), "motives/joy")
    assert len(project.codings.collect()) == len(first) + 1


def test_a_step_sees_what_it_has_changed_so_far(project: Project) -> None:
    before = len(project.codings.collect())
    with suppress(ZeroDivisionError), project.history.step():
        project.codings.add("A3", Span(7, 10), "motives/joy")
        assert len(project.codings.collect()) == before + 1
        raise ZeroDivisionError
    assert len(project.codings.collect()) == before


def test_what_is_kept_is_each_coders_own(project: Project, path: Path) -> None:
    """A blind round opens after both asked: neither sees what was kept for the other."""
    with Project.open(path) as plain:
        plain.rounds.add_coder("bram")
        views = [project.acting_as(name) for name in ("anna", "bram")]
        assert [len(view.codings.collect()) for view in views] == [2, 2]
        plain.rounds.create("one", coders=["anna", "bram"], blind=True)
        views[0].codings.add("A3", Span(7, 10), "motives/joy")
        assert len(views[1].codings.collect(coder="anna")) < 3
