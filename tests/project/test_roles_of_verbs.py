"""What each role may do, asked of every verb of the project, also of those yet to be written."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from blind_study import BlindStudy, prepare_passphrase
from example_arguments import Examples, find_verb, perform, verb_names
from qualcode.errors import NotAllowedError, QualcodeError
from qualcode.model import Right, Team, TeamRole
from qualcode.project import Project
from qualcode.storage import permissions

PEOPLE = {
    "eva": TeamRole.OWNER,
    "sam": TeamRole.SUPERVISOR,
    "cas": TeamRole.CODER,
    "ria": TeamRole.READER,
}
STRANGERS = ("zoe", "")

# Examples of work of anna and bram, who are others to everybody on the list.
RIGHTS = {
    Right.CODE: """
        codings.add suggestions.accept suggestions.code_hits suggestions.reject suggestions.offer
        suggestions.guidance.find_missed suggestions.guidance.plan_next codings.apply_edits
    """,
    Right.CODE_FOR_OTHERS: """
        codings.add_placements codings.read_table codings.recode codings.withdraw exchange.add
        exchange.read exchange.read_commented exchange.read_tool_table rounds.hand_in
    """,
    Right.WRITE: """
        agreement.planning.choose_unit
        agreement.planning.freeze codings.add_memo
        disclosure.accept_risk disclosure.hide_counts disclosure.leave_out
        exchange.publication.print_small_counts
        disclosure.set_threshold disclosure.suppress disclosure.take_back disclosure.widen
        quotes.choose quotes.set_excerpt quotes.swap suggestions.language_model.turn_off
        suggestions.meaning.choose_model suggestions.remove_search suggestions.save_search
        themes.figures.name_levels themes.figures.place themes.findings.accept_small_counts
        themes.findings.add themes.findings.edit themes.findings.link
        themes.findings.recommend themes.findings.remove
        themes.findings.set_evidence themes.findings.unlink themes.framework.accept_small_group
        themes.framework.choose_columns themes.framework.link themes.framework.look_at
        themes.framework.write_summary themes.typology.accept_small_type themes.typology.assign
        themes.typology.assign_from_space themes.typology.remove_type
        themes.typology.set_dimensions themes.typology.set_type
    """,
    Right.DATA: """
        cases.attributes.set_for_transcript cases.attributes.set_type cases.replace_rows
        exchange.read_survey transcripts.add transcripts.read_files transcripts.read_guide
        transcripts.segment
        transcripts.set_language transcripts.set_roles transcripts.revisions.rename
        transcripts.revisions.correct transcripts.revisions.correct_text
    """,
    Right.CODEBOOK: """
        codebook.add codebook.edit codebook.merge codebook.move codebook.read codebook.rename
        codebook.restore codebook.retire codebook.save codebook.split
    """,
    Right.ROUNDS: "rounds.add_coder rounds.create rounds.put rounds.reopen",
    Right.ERASE: """
        cases.withdraw pseudonyms.replace transcripts.revisions.remove
        transcripts.revisions.remove_versions
    """,
    Right.TEAM: "rounds.team.put rounds.team.allow rounds.team.remove",
}
RIGHT_OF = {verb: right for right, verbs in RIGHTS.items() for verb in verbs.split()}
"""The right that each verb needs that changes the study; all other verbs change nothing."""

PART_BY_PART = {
    # among the edits are memos
    "codings.apply_edits": Team().roles_with(Right.WRITE),
    "transcripts.read_files": frozenset(),
}
"""Verbs that answer each part by itself, and who may do a part of it that needs another right."""

FOR_ALL = """
    acting_as close create info open snapshot history.check history.find_copies history.path
    history.revision history.state history.step history.back_up rounds.coders rounds.team.may
    rounds.team.names rounds.team.role rounds.team.find_name
    adjudication.decide adjudication.locate adjudication.read_decisions adjudication.write_queue
    cases.add pseudonyms.open_key pseudonyms.read_names pseudonyms.read_proposals
    pseudonyms.save_key pseudonyms.write_proposals rounds.refuse_acting_for
    suggestions.draw_calibration themes.draw_coverage themes.draw_levels themes.draw_saturation
    themes.draw_types themes.figures.write
""".split()
"""Verbs that tell a stranger nothing of the study: they open it, or work on what they are given.

A copy has a test of its own.
"""

WITHOUT_EXAMPLE = """
    create adjudication.decide_all adjudication.replaced_decisions adjudication.settle
    adjudication.summarize codebook.create codings.revise_memo exchange.publication.check_archive
    exchange.publication.make_archive exchange.publication.methods exchange.write_survey
    history.redo history.undo suggestions.guidance.judge_codes suggestions.language_model.ask
    suggestions.language_model.choose rounds.team.remove rounds.put themes.typology.restore
    themes.typology.set_dimensions transcripts.read_guide transcripts.set_roles
    transcripts.revisions.remove_versions
""".split()
"""Verbs that change nothing in this study; test_team.py asks those that change something."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlindStudy]:
    with pytest.MonkeyPatch.context() as patch:
        prepare_passphrase(patch)
        blind = BlindStudy(tmp_path_factory.mktemp("blind"))
        with Project.open(blind.folder / "study.qualcode", as_coder="eva") as project:
            for name, role in PEOPLE.items():
                project.rounds.team.put(name, role)
        yield blind


def _verbs() -> list[str]:
    with TemporaryDirectory() as folder, Project.create(Path(folder) / "empty.qualcode") as work:
        return list(verb_names(work))


def contents(file: Path) -> str:
    """Return all rows of a project but what it computed, and which edits arrived."""
    with closing(sqlite3.connect(file)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = {name for (name,) in tables} - {"vectors", "client_edits", "row_sums"}
        rows = {n: connection.execute(f'SELECT * FROM "{n}"').fetchall() for n in sorted(names)}
    return str(rows)


class Trial:
    """One verb in copies of the study, with the examples that the owner could call it with."""

    def __init__(self, study: BlindStudy, verb: str, root: Path) -> None:
        self._study, self._verb, self._root = study, verb, root
        self._copies = 0

    @contextmanager
    def example(self, number: int) -> Iterator[tuple[Project, dict[str, Any]]]:
        """Yield the owner's project in a fresh copy, and the arguments of one example."""
        self._copies += 1
        folder = self._study.copy(self._root / f"copy{self._copies}")
        with Project.open(folder / "study.qualcode", as_coder="eva") as owner:
            calls = Examples(self._study, owner, folder).calls(find_verb(owner, self._verb))
            arguments, _ = next(islice(calls, number, None), ({}, None))
            assert arguments or number == 0, f"no example of {self._verb} does it"
            yield owner, arguments

    def try_as(self, who: str, owner: Project, arguments: dict[str, Any]) -> tuple[str, bool]:
        """Call the verb as somebody; return how it ended, and whether anything changed."""
        assert owner.history.path is not None
        before = contents(owner.history.path)
        try:
            perform(find_verb(owner.acting_as(who), self._verb), arguments)
            end = "done"
        except NotAllowedError:
            end = "refused by role"
        except QualcodeError:
            end = "refused"
        return end, contents(owner.history.path) != before

    def find_change(self) -> int:
        """Return the first example with which the owner changes something."""
        for number in range(250):
            with self.example(number) as (owner, arguments):
                if self.try_as("eva", owner, arguments) == ("done", True):
                    return number
        raise AssertionError(f"no example makes {self._verb} change anything")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("verb", sorted(RIGHT_OF.keys() - {*WITHOUT_EXAMPLE}))
def test_each_role_may_change_what_the_table_says(
    verb: str, study: BlindStudy, tmp_path: Path
) -> None:
    trial, roles = Trial(study, verb, tmp_path), Team().roles_with(RIGHT_OF[verb])
    number = trial.find_change()
    for who in (*PEOPLE, *STRANGERS):
        with trial.example(number) as (owner, arguments):
            end, changed = trial.try_as(who, owner, arguments)
        if verb in PART_BY_PART:
            assert changed == (PEOPLE.get(who) in (roles | PART_BY_PART[verb])), who
        elif PEOPLE.get(who) in roles:
            assert end != "refused by role", who
        else:
            # What an open blind round hides may be refused before the role is asked.
            assert end != "done", who
            assert not changed, who


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("verb", sorted({*_verbs()} - RIGHT_OF.keys() - {*WITHOUT_EXAMPLE}))
def test_other_verbs_change_nothing_and_answer_everybody_on_the_list(
    verb: str, study: BlindStudy, tmp_path: Path
) -> None:
    """A new verb is called here: where it changes something, the table must say who may."""
    trial = Trial(study, verb, tmp_path)
    for number in range(250):
        with trial.example(number) as (owner, arguments):
            strangers = {who: trial.try_as(who, owner, arguments) for who in STRANGERS}
            ends = {who: trial.try_as(who, owner, arguments) for who in ("ria", "eva")}
        assert not any(changed for _, changed in (*strangers.values(), *ends.values())), verb
        if "done" in {end for end, _ in ends.values()}:
            break
    else:
        raise AssertionError(f"no example makes {verb} succeed")
    if verb != "history.back_up":
        assert ends["ria"][0] != "refused by role"
    if verb not in FOR_ALL:
        assert {end for end, _ in strangers.values()} == {"refused by role"}


def test_what_happens_without_an_event_is_the_only_thing_without_a_right() -> None:
    """Every kind of event that storage records has its right, or is the owner's on purpose."""
    storage = Path(permissions.__file__).parent
    text = "".join(file.read_text(encoding="utf-8") for file in storage.rglob("*.py"))
    actions = set(re.findall(r'\.record\(\s*"([a-z_]+\.[a-z_]+)"', text))
    assert len(actions) > 25
    assert actions - permissions.RIGHT_OF.keys() == {"project.create", "project.rescue"}
