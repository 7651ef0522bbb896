"""In an open blind round no verb of the project, as anna or by nobody, shows what bram coded."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from inspect import signature
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from blind_study import BlindStudy, FolderWatch, prepare_passphrase
from example_arguments import Examples, find_verb, perform, verb_names
from qualcode.errors import (
    ConflictError,
    InvalidValueError,
    ModelServerError,
    QualcodeError,
    UndefinedRequestError,
    UnknownNameError,
)
from qualcode.model.json_values import to_json_value
from qualcode.project import Project
from two_coder_study import words_in

ANYONE, NOBODY = ("anna", ""), ("",)
REFUSED: dict[str, tuple[tuple[str, ...], tuple[type[QualcodeError], ...]]] = {
    # the study has no list of people, and who is unnamed cannot begin one with somebody else
    "rounds.team.remove": (ANYONE, (UnknownNameError,)),
    "rounds.team.allow": (ANYONE, (InvalidValueError,)),
    # they take no transcripts: the consensus is of all that two coders have in common
    "adjudication.settle": (ANYONE, (UndefinedRequestError,)),
    "adjudication.decide_all": (ANYONE, (UndefinedRequestError,)),
    "adjudication.replaced_decisions": (ANYONE, (UndefinedRequestError,)),
    "adjudication.summarize": (ANYONE, (UndefinedRequestError,)),
    # what others assigned is hidden from all whom the round binds
    "themes.typology.compare": (ANYONE, (ConflictError,)),
    # to somebody unnamed no finding is shown
    **dict.fromkeys(
        (
            "themes.findings.edit",
            "themes.findings.remove",
            "themes.findings.link",
            "themes.findings.unlink",
            "themes.findings.set_evidence",
            "themes.findings.look_at",
            "themes.findings.recommend",
            "themes.findings.propose_contrary",
            "themes.findings.accept_small_counts",
        ),
        (NOBODY, (UnknownNameError,)),
    ),
    # to somebody unnamed no summary is shown
    "themes.framework.link": (NOBODY, (UndefinedRequestError, UnknownNameError)),
    "themes.framework.look_at": (NOBODY, (UndefinedRequestError,)),
    # the project has a codebook
    "codebook.create": (ANYONE, (ConflictError,)),
    # the study has no survey
    "exchange.write_survey": (ANYONE, (UndefinedRequestError,)),
    # it would take the place of what others assigned
    "themes.typology.restore": (ANYONE, (ConflictError,)),
    # a document for publication would be of a part of the work
    "exchange.publication.checklist": (ANYONE, (UndefinedRequestError, UnknownNameError)),
    "exchange.publication.write_checklist": (ANYONE, (UndefinedRequestError, UnknownNameError)),
    "exchange.publication.write_annex": (ANYONE, (UndefinedRequestError, UnknownNameError)),
    "exchange.publication.audit": (ANYONE, (UndefinedRequestError,)),
    "exchange.publication.write_audit": (ANYONE, (UndefinedRequestError,)),
    "exchange.publication.methods": (ANYONE, (UndefinedRequestError,)),
    "exchange.publication.make_archive": (ANYONE, (UndefinedRequestError,)),
    "exchange.publication.check_archive": (ANYONE, (UndefinedRequestError,)),
    "exchange.publication.sample": (ANYONE, (UndefinedRequestError,)),
    # somebody unnamed may not take a coder's work along
    "exchange.write_package": (NOBODY, (ConflictError, UnknownNameError)),
    "exchange.collect_package": (NOBODY, (ConflictError, UnknownNameError)),
    # a coding, a suggestion and an undone step are somebody's
    "codings.add": (NOBODY, (UnknownNameError, InvalidValueError)),
    "codings.revise_memo": (NOBODY, (ConflictError, UnknownNameError)),
    "suggestions.offer": (NOBODY, (InvalidValueError,)),
    "suggestions.accept": (NOBODY, (InvalidValueError, UnknownNameError)),
    "suggestions.reject": (NOBODY, (InvalidValueError, UnknownNameError)),
    # no server of language models runs, and none was chosen
    "suggestions.language_model.choose": (ANYONE, (ModelServerError, InvalidValueError)),
    "suggestions.language_model.ask": (ANYONE, (UndefinedRequestError,)),
    # the study has three interviews
    "suggestions.guidance.judge_codes": (ANYONE, (UndefinedRequestError,)),
    "suggestions.guidance.plan_next": (NOBODY, (InvalidValueError,)),
    "suggestions.guidance.find_missed": (NOBODY, (InvalidValueError, UndefinedRequestError)),
    # to somebody unnamed no coding is shown, so none is chosen
    "quotes.swap": (NOBODY, (UnknownNameError,)),
    "quotes.write_appendix": (NOBODY, (UndefinedRequestError,)),
    "quotes.write_chosen": (NOBODY, (UndefinedRequestError,)),
    "suggestions.code_hits": (NOBODY, (InvalidValueError,)),
    "history.undo": (NOBODY, (ConflictError,)),
    "history.redo": (NOBODY, (UndefinedRequestError,)),
}
"""Verbs that must refuse in this study whatever they are asked: for whom, and how."""

COPIES = {"history.back_up"}
"""Verbs that write the whole project as it is, for whoever may read its file anyway."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlindStudy]:
    with pytest.MonkeyPatch.context() as patch:
        prepare_passphrase(patch)
        yield BlindStudy(tmp_path_factory.mktemp("blind"))


NAMES_OF_IDS = {"coding", "codings", "ids", "beginnings", "target", "edits"}
"""Parameters that take the id of a coding."""


def _verbs(*, naming: Collection[str] = ()) -> list[str]:
    """Return the names of the verbs: all, or those with a parameter of certain names."""
    with TemporaryDirectory() as folder, Project.create(Path(folder) / "empty.qualcode") as work:
        verbs = {name: find_verb(work, name) for name in verb_names(work)}
        parameters = {name: set(signature(verb).parameters) for name, verb in verbs.items()}
    return [name for name in verbs if not naming or parameters[name] & {*naming}]


def as_text(result: object) -> str:
    """Return all that can be read from what a verb gave."""
    for method in ("to_csv", "to_json"):
        if hasattr(result, method):
            return str(getattr(result, method)())
    if isinstance(result, bytes):
        return result.decode("utf-8", "replace")
    return json.dumps(to_json_value(result), ensure_ascii=False)


def words_of(arguments: dict[str, Any]) -> str:
    """Return all text of some arguments, and of the files they name: who asks knows it."""
    files = [value for value in arguments.values() if isinstance(value, Path) and value.is_file()]
    return "\n".join([str(arguments), *map(words_in, files)])


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("viewer", "every_value"),
    [
        pytest.param("anna", False, id="anna"),
        pytest.param("anna", True, id="anna-every_value", marks=pytest.mark.slow),
        pytest.param("", True, id="nobody-every_value", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("name", _verbs())
def test_no_verb_shows_the_other_coders_work(
    name: str, viewer: str, every_value: bool, study: BlindStudy, tmp_path: Path
) -> None:
    """Every public verb, also one that is yet to be written, is called until a call succeeds.

    With every value: it is called with each example of each parameter as well.
    """
    folder, refusals, succeeded = study.copy(tmp_path), [], False
    refused_for, refusal = REFUSED.get(name, ((), (QualcodeError,)))
    with Project.open(folder / "study.qualcode", as_coder=viewer) as project:
        verb, written = find_verb(project, name), FolderWatch(tmp_path)
        for arguments, report_success in Examples(study, project, folder).calls(verb):
            try:
                answer = as_text(perform(verb, arguments))
            except QualcodeError as error:
                refusals.append(error)
                answer = str(error)
            else:
                report_success()
                succeeded = True
            files = "" if name in COPIES else written.new_words()
            assert not study.leaks(answer + files, words_of(arguments)), arguments
            if not every_value and (succeeded or viewer in refused_for):
                break
    if viewer in refused_for:
        assert not succeeded
        assert refusals
        assert {*map(type, refusals)} <= {*refusal}, refusals
    else:
        assert succeeded, f"no example makes {name} succeed: {refusals[-3:]}"


def replace_id(value: Any, old: str, new: str) -> Any:
    """Return a value with another id in the place of one."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return value.replace(old, new).replace(old[:8], new[:8])
    if isinstance(value, dict):
        return {key: replace_id(item, old, new) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(replace_id(item, old, new) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        texts = {f.name: getattr(value, f.name) for f in fields(value)}
        return replace(value, **{k: replace_id(v, old, new) for k, v in texts.items()})
    return value


def ask(verb: str, arguments: dict[str, Any], study: BlindStudy, root: Path) -> str:
    """Return what a verb answers anna in a fresh copy of the study."""
    folder = study.copy(root)
    with Project.open(folder / "study.qualcode", as_coder="anna") as project:
        try:
            return as_text(perform(find_verb(project, verb), arguments))
        except QualcodeError as error:
            return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("name", _verbs(naming=NAMES_OF_IDS))
def test_a_hidden_coding_is_answered_like_one_that_is_not_there(
    name: str, study: BlindStudy, tmp_path: Path
) -> None:
    """An id that somebody heard of tells nothing: the verb cannot be asked whether it exists."""
    (hidden, *_), absent = study.hidden, "0" * 32
    folder = study.copy(tmp_path / "examples")
    with Project.open(folder / "study.qualcode", as_coder="anna") as project:
        calls = Examples(study, project, folder).calls(find_verb(project, name))
        questions = [arguments for arguments, _ in calls if hidden[:8] in str(arguments)]
    for number, arguments in enumerate(questions):
        unknown = replace_id(arguments, hidden, absent)
        about_hidden = ask(name, arguments, study, tmp_path / f"hidden{number}")
        about_absent = ask(name, unknown, study, tmp_path / f"absent{number}")
        assert replace_id(about_hidden, hidden, absent) == about_absent, arguments
