"""Example values for the parameters of the project's verbs, and the calls made with them.

A class of ours is looked up by its name in the annotation, everything else by the name of the
parameter. What neither table has is got from a verb whose annotation says that it returns it:
disagreements from the verb that lists disagreements. A new verb needs an entry here only where
its parameters have names or classes that no other verb has.
"""

from __future__ import annotations

import inspect
import re
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields, is_dataclass
from enum import EnumType
from functools import partial
from itertools import product
from pathlib import Path
from types import GeneratorType
from typing import Any

from blind_study import CODERS, KEY, PASSPHRASE, TOOLS, BlindStudy
from qualcode import model, project
from qualcode.errors import QualcodeError
from qualcode.importing import read_transcript
from qualcode.importing.survey import SurveyPlan
from qualcode.model import (
    AgreementPlan,
    Code,
    MemoTarget,
    Role,
    SavedSearch,
    Span,
    Suggestion,
    TeamRole,
)
from qualcode.model.finding import OutsideEvidence
from qualcode.model.property_space import TypeAssignment
from qualcode.placement import Placement
from qualcode.project import (
    CommentChoices,
    Edit,
    EditKind,
    ExportOptions,
    Project,
    QuoteFilter,
    RealNames,
    read_exchange,
)

BUILTIN = {"str", "int", "float", "bool", "None", "Any", "Mapping", "Callable"}
MULTIPLE = {"Iterable", "Iterator", "Sequence", "Collection", "tuple", "list", "frozenset"}
HELD_IN = {
    "Coverage": "ThemeReport",
    "Saturation": "ThemeReport",
    "Typology": "ThemeReport",
    "Proposal": "NameScan",
    "T": "ThemeReport",
}
"""Classes that no verb returns by themselves, and the class whose values hold them."""

PARTS_OF = "qualcode.project"


class NoExampleError(Exception):
    """A parameter has no example: add one to the tables below."""


def by_name(study: BlindStudy) -> dict[str, list[Any]]:
    """Return values by the name of a parameter; the first that works is varied on."""
    shared, mine, hidden = [study.shared], study.visible, study.hidden
    return {
        "same_text": ["keep", "skip"],
        # people, rounds, interviews
        "coder": ["anna", "bram"],
        "who": ["anna", "bram", ""],
        "author": ["anna", "bram"],
        "by": ["anna", "sex"],
        "as_coder": ["anna", ""],
        "coders": [CODERS, ("bram", "anna")],
        "round": ["twee", "een", ""],
        "rounds": [("twee", "drie"), ("twee", "twee")],
        "other_coders": [("bram", "anna")],
        "person": ["anna", "bram"],
        "login": ["anna@example.org"],
        "logins": [("anna@example.org",), None],
        "round_": ["", "twee", "een"],
        "transcript": ["A3", "A1", "A2"],
        "transcripts": [("A3",), ("A1", "A2")],
        "name": ["A3", "A1", "een", "twee", "final", "all", "bram", "sex", "new_name"],
        "layer": ["final", "all", "bram", "anna", "consensus"],
        "choice": ["none", "bundled"],
        "server": ["http://127.0.0.1:9"],
        "protocol": ["ollama", "openai"],
        "window": [2048],
        "roles": [{"I": Role.INTERVIEWER, "R": Role.RESPONDENT}],
        "case": ["P2", "", "P1"],
        "attribute": ["sex", "groep"],
        "attributes": [{"place": "Utrecht"}],
        "attribute_type": ["text", "ordered", "number"],
        "cuts": [(30.0, 50.0)],
        "participations": [[{"case": "P1", "transcript": "A1", "sex": "man"}]],
        "remove": [True, False],
        "value": ["man"],
        "values": ["man"],
        "wider": ["mens"],
        "new_name": ["Gesprek 3"],
        "stratify_by": ["sex"],
        "sample": [1],
        "seed": [1],
        "blind": [True, False],
        # codes, codings, memos
        "code": ["motives/joy", "motives/energy"],
        "path": ["motives/joy", "motives/oud"],
        "into": ["motives/energy"],
        "parent": ["motives", ""],
        "before": ["motives/energy"],
        "names": [("een", "twee")],
        "names_because": ["nagekeken"],
        "codes": [("motives/joy",)],
        "texts": [[("Finding 1", "Anna en Bram vonden het leuk.")]],
        "fields": [{"color": "#aa00ff"}],
        "as_read": [None, Code("motives/joy")],
        "version": [1, 2],
        "old": [1],
        "new": [2],
        "codebook_version": [1],
        "ids": [shared, mine[:1], hidden[:1]],
        "codings": [shared, mine[:1], hidden[:1]],
        "beginnings": [[shared[0][:8]], [mine[0][:8]], [hidden[0][:8]]],
        "coding": [*shared, mine[0], hidden[0]],
        "coded": [[("A3", "anna"), ("A1", "bram")]],
        "excerpt": [None, "je [...] wakker"],
        "target": ["A1#2", "A2", mine[0], hidden[0], "motives/joy", "P1"],
        "memo": ["iets"],
        "consent": ["sex", ""],
        "memos": [True, False],
        "memo_id": [*study.memos],
        "text": ["iets"],
        "note": ["iets"],
        "origin": ["manual"],
        "placements": [
            [Placement("A3", Span(0, 4), "motives/joy", "anna")],
            [Placement("A1", Span(25, 29), "motives/joy", "bram")],
        ],
        "lemma": ["leuk"],
        "exact": ["leuk"],
        "without": [["motives/energy"]],
        "pattern": ["leuk"],
        "where": [{"sex": "man"}],
        "words": ["saai thuis", "leuk"],
        # comparing, settling, reporting
        "unit": ["turn", "sentence", "character"],
        "level": ["code", "theme"],
        "take": ["a", "b", "both", "most", "anna", "bram"],
        "reason": ["daarom"],
        "on_screen": [True, False],
        "assigned": [{"anna": [TypeAssignment("P1", "Rustig")]}],
        "most": [10],
        "rows": ["code", "case"],
        "columns": ["case", "code"],
        "attribution": ["{group}"],
        "quotes_per_code": [1],
        "what": ["codings", "code_by_case", "code_by_group", "memos", "turns"],
        "tables": [["code_by_group"]],
        "other_tables": [["codings"]],
        "intervals": ["jackknife", "bootstrap"],
        "figure": ["kappa", "forest"],
        "kind": [
            *("svg", "png", "coreq", "codebook", "sample", "levels", "portrait", "confusions"),
            "theme-map",
        ],
        "only": [("motives",)],
        "paths": [("motives/joy",)],
        "level_name": ["society", None],
        "chosen_id": [mine[0], hidden[0]],
        "other_id": [mine[1], hidden[1]],
        "type_name": ["Blij"],
        "group": ["", None],
        "group_name": ["users"],
        "sentence": [1],
        # A finding, and a recommendation to change.
        "numbers": [[1]],
        "findings": [[1]],
        "number": [1],
        "audit": [False, True],
        "evidence": [[OutsideEvidence("Monitor", "3 van 10")]],
        "cells": ["*"],
        "places": [[("P2", "motives/joy")]],
        "paper": ["A4", "A3"],
        "dimensions": [("Motief: motives/joy | motives/energy",)],
        "types": [(), ("Blij",)],
        "definition": ["Samen."],
        "wave": [""],
        "groups": [2],
        "title": ["Titel"],
        "nested": [True, False],
        "levels": [("een", "twee"), ("hier", "daar")],
        "language": ["nl", "en"],
        "titles": [None, {"code": "code"}],
        "context": [1],
        "limit": [1],
        "floor": [0.0],
        "threshold": [3, 0.667],
        "coefficient": ["alpha", "kappa"],
        "half_width": [0.2],
        "power": [0.8],
        "prevalence": [0.1],
        "expected": [0.9],
        "icc": [0.1],
        "units_per_interview": [20],
        "risk": [study.risk],
        "measure": [study.measure],
        # files, browsers
        "tool": list(TOOLS),
        "file": ["bram.work"],
        "passphrase": [PASSPHRASE],
        "client": ["browser"],
        "clients": [["browser"]],
        "tell": [lambda _share: None],
    }


def by_class(study: BlindStudy, folder: Path) -> dict[str, list[Any]]:
    """Return values by the name of the class that an annotation asks for."""
    edits = [
        Edit(1, EditKind.ADD, "A1", id="a" * 32, code="joy", start=25, end=29),
        Edit(2, EditKind.WITHDRAW, "A1", id=study.hidden[0]),
        Edit(3, EditKind.CHANGE, "A2", id="b" * 32, replaces=study.hidden[1], code="joy", end=4),
        Edit(4, EditKind.MEMO, "A1", text="iets", target_kind=MemoTarget.TURN, target="2"),
    ]
    return {
        "Path": example_paths(folder),
        "SurveyPlan": [SurveyPlan("nr", ("vraag",), ())],
        "AgreementPlan": [AgreementPlan(CODERS, 0.2)],
        "Code": [Code("motives/nieuw")],
        "Span": [Span(25, 29), Span(0, 4)],
        "Suggestion": [Suggestion("terms", "motives/joy", 0.5, Span(25, 29))],
        "NameKey": [KEY],
        "ReadResult": [read_transcript(folder / "answer.txt")],
        "Edit": edits,
        "QuoteFilter": [
            QuoteFilter(),
            QuoteFilter(layer="all"),
            QuoteFilter(layer="bram"),
            QuoteFilter(layer="union"),
        ],
        "ExportOptions": [ExportOptions(), ExportOptions(real_names=True, originals=True)],
        "RealNames": [RealNames(), RealNames(coders=True, transcripts=True)],
        "CommentChoices": [
            CommentChoices("correct", withdraw=True, move=True, new_codes=("Nieuw",)),
            CommentChoices("keep"),
        ],
        "ExchangeProject": [read_exchange(folder / "other.qdpx")],
        "CoderPackage": [study.work],
        "TeamRole": [TeamRole.OWNER, TeamRole.SUPERVISOR],
        "QuoteSection": list(study.sections),
        "SavedSearch": [SavedSearch("leuk", "leuk"), SavedSearch("joy", code=("motives/joy",))],
    }


def example_paths(folder: Path) -> list[Path]:
    """Return files to read, of every kind, and names of files to write."""
    read = sorted(path for path in folder.iterdir() if path.is_file())
    suffixes = ("json", "csv", "xlsx", "qdpx", "docx", "svg", "work")
    written = [folder / f"written.{suffix}" for suffix in suffixes]
    keys = folder.parent / "keys"
    return [*read, *written, folder / "charts", keys / "names.key", keys / "written.key"]


# --- verbs ---------------------------------------------------------------------------------------


def verb_names(work: object) -> Iterator[str]:
    """Yield the public verbs and properties of a project, and of each part it is composed of."""
    for name in sorted(set(dir(work))):
        if name.startswith("_"):
            continue
        attribute = getattr(work, name)
        # A part may have a part of its own: agreement.planning.
        if _is_part(attribute):
            yield from (f"{name}.{verb}" for verb in verb_names(attribute))
        else:
            yield name


def _is_part(attribute: object) -> bool:
    of_project = type(attribute).__module__.startswith(PARTS_OF)
    return of_project and not is_dataclass(attribute) and not isinstance(attribute, Project)


def find_verb(work: object, name: str) -> Any:
    """Return a verb of a project or of one of its parts; of a property, a way to read it."""
    owner: Any = work
    *parts, last = name.split(".")
    for part in parts:
        owner = getattr(owner, part)
    if callable(attribute := getattr(owner, last)):
        return attribute
    return lambda: getattr(owner, last)


def perform(verb: Callable[..., Any], arguments: Mapping[str, Any]) -> Any:
    """Call a verb and return what it gave, run to its end."""
    result = verb(**arguments)
    if isinstance(result, GeneratorType):
        return list(result)
    if isinstance(result, Project):
        if result is not getattr(verb, "__self__", None):
            result.close()
        return None
    if isinstance(result, AbstractContextManager):
        with result as value:
            return value
    return result


# --- calls ---------------------------------------------------------------------------------------


def vary(
    values: Mapping[str, Sequence[Any]], needed: Sequence[str]
) -> Iterator[tuple[dict[str, Any], Callable[[], None]]]:
    """Yield arguments to call with, and what the caller calls where they worked.

    First what is needed in every combination, until one works; then that one with each value of
    each parameter in its turn; where none worked, all of them.
    """
    worked: list[dict[str, Any]] = []
    tried: list[dict[str, Any]] = []
    for combination in product(*(values[name] for name in needed)):
        arguments = dict(zip(needed, combination, strict=True))
        tried.append(arguments)
        yield arguments, partial(worked.append, arguments)
        if worked:
            break
    for base, (name, examples) in product(worked or tuple(tried), values.items()):
        for value in examples:
            arguments = base | {name: value}
            if arguments not in tried:
                tried.append(arguments)
                yield arguments, lambda: None


class Examples:
    """The example arguments for verbs of one open project.

    Args:
        study: The study that the project is a copy of.
        work: The project, open as who looks.
        folder: The folder of the copy.
    """

    def __init__(self, study: BlindStudy, work: Project, folder: Path) -> None:
        self._work = work
        self._named = by_name(study)
        self._classes = by_class(study, folder)

    def calls(
        self, verb: Callable[..., Any]
    ) -> Iterator[tuple[dict[str, Any], Callable[[], None]]]:
        """Yield arguments for a verb, and what to call where they worked; see :func:`vary`.

        Raises:
            NoExampleError: a parameter has no example.
        """
        parameters = [*inspect.signature(verb).parameters.values()]
        values = {parameter.name: self.values(parameter) for parameter in parameters}
        open_ended = {p.name for p in parameters if p.kind == p.VAR_KEYWORD}
        needed = [p.name for p in parameters if p.default is p.empty and p.name not in open_ended]
        for arguments, report_success in vary(values, needed):
            more = [arguments[name] for name in open_ended & {*arguments}]
            named = {key: value for key, value in arguments.items() if key not in open_ended}
            yield dict(ChainMap(named, *more)), report_success

    def values(self, parameter: inspect.Parameter) -> list[Any]:
        """Return the values to try for a parameter.

        Raises:
            NoExampleError: there is none.
        """
        annotation = str(parameter.annotation).strip("'")
        words = re.findall(r"\w+(?=[^\w.]|$)", annotation)
        for name in [] if words[0] in BUILTIN else words:
            if name not in BUILTIN | MULTIPLE and (examples := self._of_class(name)):
                return [examples] if words[0] in MULTIPLE else examples
        if parameter.name in self._named:
            return self._named[parameter.name]
        if annotation == "bool":
            return [True, False]
        raise NoExampleError(f"no example for '{parameter.name}: {annotation}'")

    def _of_class(self, name: str) -> list[Any]:
        if name in self._classes:
            return self._classes[name]
        found = getattr(model, name, None) or getattr(project, name, None)
        if isinstance(found, EnumType):
            return list(found)
        self._classes[name] = list(self._returned(name))[:8]
        return self._classes[name]

    def _returned(self, name: str) -> Iterator[Any]:
        """Yield values of a class that the verbs of the project return."""
        holder = re.compile(rf"\b{HELD_IN.get(name, name)}\b".replace(".", r"\."))
        for verb_name in verb_names(self._work):
            verb = find_verb(self._work, verb_name)
            signature = inspect.signature(verb)
            if not holder.search(str(signature.return_annotation)):
                continue
            if any(holder.search(str(p.annotation)) for p in signature.parameters.values()):
                continue
            for arguments, report_success in self.calls(verb):
                try:
                    result = perform(verb, arguments)
                except QualcodeError:
                    continue
                report_success()
                wanted = [v for v in _inside(result) if name in ("T", type(v).__name__)]
                if wanted:
                    yield from wanted
                    return


def _inside(value: object, depth: int = 5) -> Iterator[Any]:
    """Yield a value and the values that it holds."""
    yield value
    if depth and isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for item in value[:4]:
            yield from _inside(item, depth - 1)
    elif depth and is_dataclass(value):
        for field in fields(value):
            yield from _inside(getattr(value, field.name), depth - 1)
