"""The examples of docs/python.md run, and the tables have the columns that it tells."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

import pytest

from qualcode import study
from qualcode.errors import UnknownNameError
from qualcode.model import SegmentKind
from qualcode.project import Project
from qualcode.project.part import Part

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "codebook.yaml").write_text(
        "codes:\n  - name: motives\n    codes: [{name: company}]\n", encoding="utf-8"
    )
    document = tmp_path / "interview01.docx"
    document.write_bytes((study.transcripts()[0]).read_bytes())
    monkeypatch.chdir(tmp_path)
    code = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0]
    with Project.create(tmp_path / "look.qualcode") as project:
        (result,) = project.transcripts.read_files([document])
        assert result.read is not None
        words = result.read.transcript.turns[1].span.of(result.read.transcript.text)[:15]
    exec(code.replace("gewoon gezellig", words), {})


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with Project.create(tmp_path_factory.mktemp("api") / "study.qualcode") as made:
        made.codebook.read(study.codebook())
        assert all(r.read for r in made.transcripts.read_files(study.transcripts()))
        made.cases.read(study.cases())
        list(made.transcripts.segment())
        for path in study.codings():
            made.codings.read_table(path)
        yield made


@pytest.mark.parametrize(
    "call", ["codings.table", "cases.table", "transcripts.table", "transcripts.turn_table"]
)
@pytest.mark.slow
def test_a_table_has_the_columns_that_the_page_tells(project: Project, call: str) -> None:
    row = next(line for line in PAGE.split("\n") if line.startswith(f"| `project.{call}("))
    told = re.findall(r"`(\w+)`", row.split("|")[3])
    frame = attrgetter(call)(project)()
    assert list(frame.columns)[: len(told)] == told
    assert len(frame)


def test_segments_and_matrices_are_tables_too(project: Project) -> None:
    sentences = project.transcripts.segment_table(SegmentKind.SENTENCE)
    assert set(sentences["kind"]) == {"sentence"}
    by_case = project.themes.matrix("code", "case", layer="anna")
    counts = by_case["G1"].to_dict()
    assert counts["motives"] >= counts["motives/energy"]
    by_group = project.themes.matrix("code", "group", layer="anna")
    assert set(by_group.columns) == {"users", "professionals"}
    assert project.themes.matrix("case", "attribute").loc["G1", "sex"] == "vrouw"
    with pytest.raises(UnknownNameError, match="code x shoe"):
        project.themes.matrix("code", "shoe", layer="anna")


def test_missing_is_missing_and_not_nought(project: Project) -> None:
    """Professionals were not asked about their first use."""
    by_group = project.themes.matrix("code", "group", layer="anna")
    value = by_group.loc["users/first_use", "professionals"]
    assert value is not None
    assert str(value) == "<NA>"


def _documented() -> dict[str, set[str]]:
    """Return the verbs that the page tells of, by part."""
    verbs: dict[str, set[str]] = {}
    part = ""
    rows = PAGE.partition("| part | verb |")[2].partition("\n\n")[0].split("\n")[2:]
    for row in rows:
        cells = row.split("|")
        part = cells[1].strip(" `") or part
        verbs.setdefault(part, set()).update(re.findall(r"`(\w+)[`(]", cells[2]))
    return verbs


def _methods(part: object) -> set[str]:
    return {verb for verb, _ in inspect.getmembers(part, inspect.ismethod) if verb[0] != "_"}


def test_the_page_tells_of_every_part_and_verb(project: Project) -> None:
    parts = {
        name: part for name in dir(project) if isinstance(part := getattr(project, name), Part)
    }
    verbs = {name: _methods(part) for name, part in parts.items()}
    # Helpers of the comparison that other parts use.
    verbs["agreement"] = {
        v for v in verbs["agreement"] if not re.search("argum|study|finish|compared", v)
    }
    verbs["agreement"] -= {"compare_team", "report_team"}
    verbs["transcripts.revisions"] = _methods(project.transcripts.revisions)
    verbs["agreement.planning"] = _methods(project.agreement.planning)
    verbs["suggestions.meaning"] = _methods(project.suggestions.meaning)
    verbs["suggestions.language_model"] = _methods(project.suggestions.language_model)
    verbs["exchange.publication"] = _methods(project.exchange.publication)
    verbs["themes.figures"] = _methods(project.themes.figures)
    verbs["themes.findings"] = _methods(project.themes.findings)
    verbs["themes.framework"] = _methods(project.themes.framework)
    verbs["themes.typology"] = _methods(project.themes.typology)
    verbs["suggestions.guidance"] = _methods(project.suggestions.guidance)
    assert _documented() == verbs
