"""The names that the Python interface had work for one more release, and say what is new."""

from __future__ import annotations

import inspect
import re
import warnings
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

import qualcode.project
from qualcode.model import MemoTarget, Segment, SegmentKind, Span, Suggestion
from qualcode.project import Project
from qualcode.project.deprecated import FUNCTIONS, PROPERTIES, OldVerb, old_verbs
from qualcode.project.part import Part
from two_coder_study import make_project

OLD_NAMES = """
    accept acting_as add_code add_coder add_memo add_round add_transcript adjudicate
    agreement agreement_by agreement_study apply_edits apply_names arrived attribute_name
    attribute_value backup backup_encrypted cases cases_in_print check check_disclosure
    check_guides choose close code code_counts code_from_table code_hits codebook
    codebook_diff codebook_versions coders codings collect_cases collect_codings
    collect_guides collect_segments collect_transcripts confirm_risk confirmed_speakers
    create decide decide_all decisions disagreements disclosure draw_agreement
    draw_calibration draw_coverage draw_levels draw_reach draw_saturation draw_types
    edit_code evaluate_suggestions exchange export_codebook export_commented export_project
    export_tool_table export_work exposures find for_others full_ids hand_in hidden_rounds
    hide_counts history import_cases import_codebook import_commented import_guide
    import_refi import_tool_table import_transcripts interval_advice keep_key key language
    layer leave_out locate matrix measures memos merge merge_codes merge_work move_code name
    new_round older_files open open_disagreements open_key picture place_code plot_agreement
    plot_themes preview_names progress propose_codes provenance quotes read_anew
    read_decisions read_known_names read_reviewed recode redo refuse_while_blind reject
    rejections rename_code reopen_round respondents restore_code retire_code revision round
    rounds scan_names segment segments self_agreement set_cases set_excerpt set_roles
    set_threshold settling split_code start_codebook step suggest suggestions_allowed
    suppress table_by table_disclosure take_back take_in team_agreement team_study themes
    themes_disclosure themes_for_print transcript transcripts turns undo units_behind widen
    withdraw work_of write_agreement write_disagreements write_proposals write_quotes
    write_table write_themes
""".split()
"""Every public name of a project before it had parts."""

package: Any = qualcode.project
SEGMENT = Segment("A1", SegmentKind.SENTENCE, Span(25, 29), (2,))
SUGGESTION = Suggestion("A1:25-29", "motives/joy", 0.5, Span(25, 29))
KEPT = {"create", "open", "close", "acting_as"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Any]:
    """A project for which the type checker knows no names, as in somebody's notebook."""
    with Project.open(make_project(tmp_path), verify=False) as opened:
        yield opened


def test_every_old_name_leads_to_a_new_one() -> None:
    known = KEPT | {"read_anew"} | PROPERTIES.keys() | FUNCTIONS.keys() | old_verbs().keys()
    assert {*OLD_NAMES} <= known


@pytest.fixture(scope="module")
def unchanged_project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The same project, for tests that change nothing."""
    with Project.open(make_project(tmp_path_factory.mktemp("deprecated"))) as opened:
        yield opened


@pytest.mark.parametrize("old", old_verbs().values(), ids=lambda old: old.name)
def test_an_old_verb_leads_to_a_verb_that_takes_its_parameters(
    unchanged_project: Any, old: OldVerb
) -> None:
    verb = attrgetter(f"{old.part}.{old.verb}")(unchanged_project)
    parameters = inspect.signature(verb).parameters
    old_parameters = [name for name in old.positional if name != old.acting]
    for name in (*old_parameters, *old.renamed):
        assert old.renamed.get(name, name) in parameters


def test_an_old_call_does_what_it_did_and_names_the_new_one(project: Any) -> None:
    with pytest.warns(DeprecationWarning, match=r"use project.codings.add\(\), and .*acting_as"):
        coding = project.code("A1", Span(25, 29), "motives/joy", "anna", memo="leuk")
    assert (coding.coder, coding.memo) == ("anna", "leuk")
    with pytest.warns(DeprecationWarning, match=r"project.history.undo\(\)"):
        project.undo("anna")
    assert project.codings.collect() == ()


@pytest.mark.parametrize(
    ("keyword", "verb", "arguments"),
    [
        ("author", "add_memo", (MemoTarget.TRANSCRIPT, "A1", "iets")),
        ("who", "rename_code", ("motives/joy", "fun")),
        ("coder", "reject", (SUGGESTION, SEGMENT)),
    ],
)
def test_old_keywords_for_the_acting_coder_are_understood(
    project: Any, keyword: str, verb: str, arguments: tuple[Any, ...]
) -> None:
    project.rounds.add_coder("bram")
    with pytest.warns(DeprecationWarning, match=f"instead of '{keyword}'"):
        getattr(project, verb)(*arguments, **{keyword: "bram"})
    memos = {memo.author for memo in project.codings.collect_memos()}
    rejections = {rejection.coder for rejection in project.suggestions.collect_rejections()}
    assert "bram" in memos | rejections | {project.history.events()[-1].who}


def test_a_part_can_still_be_called_like_the_verb_of_its_name(project: Any) -> None:
    with pytest.warns(DeprecationWarning, match=r"project.codebook\(\) .*project.codebook.get"):
        assert "motives/joy" in project.codebook(None)
    with pytest.warns(DeprecationWarning, match=r"project.history\(\) .*project.history.events"):
        assert project.history(who="anna") == ()
    with pytest.raises(TypeError, match="not callable"):
        project.adjudication()


def test_old_attributes_lead_to_the_info(project: Any) -> None:
    with pytest.warns(DeprecationWarning, match=r"project\.language .*project\.info\.language"):
        assert project.language == "nl"


def test_the_warning_points_to_the_line_of_the_call(project: Any) -> None:
    with warnings.catch_warnings(record=True) as record:
        warnings.simplefilter("always")
        project.coders()
        project.cases()
        _ = project.name
        _ = package.Merged
    assert [Path(warning.filename).name for warning in record] == [Path(__file__).name] * 4


def test_a_name_that_never_was_is_an_error(project: Any) -> None:
    with pytest.raises(AttributeError, match="nothing_like_it"):
        project.nothing_like_it  # noqa: B018


def test_old_imports_lead_to_new_ones() -> None:
    with pytest.warns(DeprecationWarning, match=r"qualcode\.project\.PackageMerge"):
        assert package.Merged is package.PackageMerge
    with pytest.raises(AttributeError, match="nothing_like_it"):
        package.nothing_like_it  # noqa: B018


def test_a_project_has_at_most_twenty_public_names_and_a_part_fifteen(project: Any) -> None:
    names = [name for name in dir(project) if not name.startswith("_")]
    assert len(names) <= 20
    for name in names:
        part = getattr(project, name)
        if re.fullmatch(r"qualcode\.project\.\w+", type(part).__module__) and name != "info":
            # A part of a part is no verb: transcripts.revisions.
            verbs = [verb for verb in dir(part) if not verb.startswith("_")]
            assert sum(not isinstance(getattr(part, verb), Part) for verb in verbs) <= 15, name
