"""In an open blind round no command, given as anna or by nobody, shows what bram coded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import typer

from blind_study import TOOLS, BlindStudy, FolderWatch, prepare_passphrase
from cli_runner import qualcode
from example_arguments import NoExampleError, example_paths, vary
from qualcode.cli.commands import build_app
from two_coder_study import words_in

REVIEWED = {"app": "starts the app, whose pages ask the project; each of its verbs is tested"}
"""Commands that are not called, and why."""

NOBODY = ("",)
REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    # the study is a file
    "upgrade": (("anna", ""), "A project file is upgraded when it is opened"),
    # the study has no list of people
    "team remove": (("anna", ""), "No person"),
    "team allow": (("anna", ""), "has no list of people|goes with a role"),
    # a document for publication would be of a part of the work
    "checklist": (("anna", ""), "is blind and open|is there already"),
    "audit": (("anna", ""), "is blind and open|is there already"),
    "archive make": (("anna", ""), "is blind and open|is there already"),
    "archive verify": (("anna", ""), "is no archive|is damaged|There is no file"),
    "annex": (("anna", ""), "is blind and open|is there already|There is no annex|Say why"),
    # the study has no survey
    "survey export": (("anna", ""), "Say which survey|is there already"),
    # to somebody unnamed no finding is shown
    **dict.fromkeys(
        ("findings edit", "findings link", "findings unlink", "findings evidence"),
        (NOBODY, "No finding '1'|no passage|Say what to change"),
    ),
    **dict.fromkeys(
        ("findings remove", "findings recommend", "findings check"),
        (NOBODY, "No finding '1'|would be removed|rests on a finding"),
    ),
    # to somebody unnamed no summary is shown
    "framework link": (NOBODY, "There is no summary"),
    # what is fixed, travels or is undone is somebody's
    "undo": (
        NOBODY,
        "This step needs the name of a coder|Round 'een' cannot be taken back: 4 codings",
    ),
    "redo": (NOBODY, "This step needs the name of a coder"),
    "round hand-in": (NOBODY, "This step needs the name of a coder"),
    "round reopen": (NOBODY, "This step needs the name of a coder"),
    "withdraw": (NOBODY, "This step needs the name of a coder|No coding"),
    "work export": (NOBODY, r"This step needs the name of a coder|is there already"),
}
"""Commands that must refuse in this study whatever they are asked: for whom, and how."""

ALSO_NEEDED = {
    "suggest": {"transcript"},
    "transcript replace": {"transcript"},
    "typology define": {"dimension"},
    "annex": {"file"},
    "typology assign": {"case"},
    "findings edit": {"codes"},
    "findings remove": {"force"},
    "findings recommend": {"rests_on"},
    # alone it lists what it can write
    "export": {"what", "file"},
}
"""Parameters that a command needs unless another takes their place."""

NOT_ALONE = {
    ("language-model", "server"): ("--name", "proef"),
    ("language-model", "name"): ("--server", "http://127.0.0.1:9"),
    ("suggest", "codebook"): ("--segments", "segments.jsonl"),
    ("suggest", "segments"): ("--codebook", "book.yaml"),
}
"""Options that are written together with another, by command and name."""

COPIES = {"backup", "copy"}
"""Commands that write the whole project as it is, for whoever may read its file anyway."""

NOT_VARIED = {"help", "ask", "version", "project", "coder"}
"""Options that ask somebody at a terminal, or say who and where."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> BlindStudy:
    with pytest.MonkeyPatch.context() as patch:
        prepare_passphrase(patch)
        return BlindStudy(tmp_path_factory.mktemp("blind"))


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_passphrase(monkeypatch)


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield the words and the object of each command, those of groups included."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
            # a group that does something by itself: agreement
            if command.invoke_without_command:
                yield " ".join((*path, name)), command
        elif name not in REVIEWED:
            yield " ".join((*path, name)), command


COMMANDS = dict(commands(typer.main.get_command(build_app())))


def examples(study: BlindStudy) -> dict[str, list[str | tuple[str, ...]]]:
    """Return values by the name of a parameter; the first that works is varied on.

    A tuple holds several values, or other options that a value needs.
    """
    ids = [study.shared, study.visible[0], study.hidden[0]]
    codings = "codings choose unchoose leave_out"
    numbers = "number limit context quotes_per_code sample seed old version codebook_version"
    return {
        **{name: [*ids] for name in codings.split()},
        **{name: ["1"] for name in numbers.split()},
        # interviews, rounds, people
        "transcript": ["A3", "A1"],
        "transcripts": ["A3", "A1"],
        "pair": ["1"],
        "interviews": ["10"],
        "half_width": ["0.2"],
        "power": ["0.8"],
        "coefficient": ["alpha"],
        "prevalence": ["0.1"],
        "expected": ["0.9"],
        "icc": ["0.1"],
        "share": ["50"],
        "stop": ["klaar"],
        "coders": ["anna,bram"],
        "round_": ["twee", "een"],
        "name": ["een", "twee", "nl", "new_name", "P2", "sex"],
        "attributes": ["place=hier"],
        "person": ["anna"],
        "role": ["owner", "coder"],
        "roles": ["coder", "supervisor,coder"],
        "right": ["codebook", "rounds"],
        "login": ["anna@example.org"],
        "speaker": [("R", "--in", "A3")],
        "remove_from": ["A1"],
        "kind": ["text", "sample", "levels", "portrait", "confusions"],
        "place": ["motives=society", "motives/joy=-"],
        "level_names": ["hier,daar"],
        "dimension": [("Motief: motives/joy | motives/energy", "--layer", "anna")],
        "type_": ["Blij"],
        "cells": [("*", "--type", "Blij")],
        "target": [("Wie", "--type", "Blij")],
        "types": ["Blij"],
        "wave": [""],
        "clusters": ["2"],
        "swap": [(study.visible[0], study.visible[1]), (study.shared, study.hidden[0])],
        "print_type": [("Blij", "--reason", "daarom")],
        "title": ["Titel"],
        "sentence": ["1"],
        "numbers": ["1"],
        "rests_on": ["1"],
        "codes": [("motives/joy",)],
        "source": ["Monitor"],
        "relation": ["extends"],
        "print_counts": ["daarom"],
        "paper": ["A3"],
        "print_group": [("users", "--reason", "daarom")],
        "standard": ["coreq"],
        "consent": ["sex"],
        "all_because": ["daarom"],
        "names_because": ["nagekeken"],
        "groups": ["users"],
        "print_attribute": [("sex", "--reason", "daarom")],
        "cuts": [("30,50", "--type", "number")],
        "order": [("laag,hoog", "--type", "ordered")],
        "id_column": ["nr"],
        "question": ["vraag"],
        "attribute": ["nr"],
        "survey": ["survey.csv"],
        "rounds": [("twee,drie", "--coders", "anna"), ("twee,twee", "--coders", "anna,bram")],
        "other_coders": ["bram,anna"],
        "speakers": ["I=interviewer,R=respondent"],
        "same_text": ["keep"],
        "set_": ["I=interviewer,R=respondent"],
        "group": ["users"],
        "case": ["P1"],
        "by": ["sex"],
        "where": ["sex=man"],
        "suggestions": ["off"],
        "server": ["http://127.0.0.1:9"],
        "window": ["2048"],
        # the codebook
        "theme": ["motives"],
        "code": ["motives/joy"],
        "path": ["motives/joy", "motives/oud", "motives/nieuw"],
        "parent": ["motives"],
        "into": ["motives/energy"],
        "names": [("een_deel", "ander_deel")],
        "give": ["motives/energy"],
        "new_name": ["Gesprek 3"],
        "label": ["Nieuw"],
        "definition": ["Iets."],
        "terms": ["nieuw"],
        "new": ["2"],
        # words, decisions
        "words": ["leuk"],
        "pattern": ["leuk"],
        "exact": ["leuk"],
        "save": [("mijn", "--exact", "leuk")],
        "saved": ["final"],
        "remove": [next(iter(study.memos))],
        "without": ["motives/energy"],
        "interview": ["A3"],
        "change": [(next(iter(study.memos)), "nieuwe tekst")],
        "text": ["iets"],
        "about": ["turn A1#2", "transcript A2", *(f"coding {key}" for key in ids)],
        "take": ["a", "most", "bram"],
        "decide": [(study.disagreement, "--take", "a")],
        "new_code": ["motives/joy"],
        "new_quote": ["leuk"],
        "new_span": ["25-29"],
        "reason": ["daarom"],
        "note": ["iets"],
        # reports
        "what": ["codings", "code_by_case", "code_by_group", "work", "project", "transcript"],
        "layer": ["final", "all", "bram", "anna"],
        "unit": ["turn", "sentence"],
        "intervals": ["jackknife", "bootstrap"],
        "level": ["code", "theme"],
        "excerpt": [(key, "je [...] wakker") for key in ids],
        "confirm": [(study.risk, "--reason", "daarom")],
        "suppress": ["P2:sex"],
        "widen": ["sex:man=mens"],
        "take_back": [study.measure],
        "tables": ["code_by_group"],
        "attribution": ["{group}"],
        "language": ["en", "nl"],
        "service_lines": ["keep"],
        "columns": ["code=code"],
        "right_text": ["keep"],
        "new_codes": ["Rust"],
        "tool": list(TOOLS),
        "plot_format": ["png"],
        "position_unit": ["utf16"],
        "floor": ["0.1"],
        "model": ["none", "bundled"],
        "scale": ["nominal", "ratio"],
        "labels": ["0,1"],
        "threshold": ["3"],
        "protocol": ["ollama", "openai"],
    }


def values_of(command: Any, name: str, study: BlindStudy, folder: Path) -> list[Any]:
    """Return the values to try for a parameter of a command."""
    paths = example_paths(folder)
    places = {
        "folder": [folder / "demo"],
        "target": [folder / "new.qualcode"],
        "source": [folder / "study.qualcode"],
        "to": [folder / "restored.qualcode"],
        "key": [path for path in paths if path.suffix == ".key"],
    }
    if "Path" in str(get_type_hints(command.callback)[name]):
        return [*places.get(name, paths)]
    values: dict[str, list[Any]] = {**examples(study), **places}
    if name not in values:
        raise NoExampleError(f"no example for '{name}'")
    return values[name]


def words_of(command: Any, parameter: Any, study: BlindStudy, folder: Path) -> list[list[str]]:
    """Return the words to write for a parameter of a command, once for each of its values."""
    option = [] if parameter.param_type_name == "argument" else [parameter.opts[0]]
    if getattr(parameter, "is_flag", False):
        return [option]
    values = values_of(command, parameter.name, study, folder)
    several = (value if isinstance(value, tuple) else (value,) for value in values)
    others = NOT_ALONE.get((command.name, parameter.name), ())
    return [[*option, *map(str, words), *others] for words in several]


@pytest.mark.parametrize(
    ("coder", "every_value"),
    [
        pytest.param("anna", False, id="anna"),
        pytest.param("anna", True, id="anna-every_value", marks=pytest.mark.slow),
        pytest.param("", True, id="nobody-every_value", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow) if n == "demo" else n for n in COMMANDS]
)
def test_no_command_shows_the_other_coders_work(
    name: str, coder: str, every_value: bool, study: BlindStudy, tmp_path: Path
) -> None:
    """Every command, also one that is yet to be made, is called until a call succeeds.

    With every value: it is called with each of its options and each of their values as well.
    """
    folder, refusals, succeeded = study.copy(tmp_path), [], False
    names = {parameter.name for parameter in COMMANDS[name].params}
    parameters = [one for one in COMMANDS[name].params if one.name not in NOT_VARIED]
    values = {one.name: words_of(COMMANDS[name], one, study, folder) for one in parameters}
    needed = [p.name for p in parameters if p.required or p.name in ALSO_NEEDED.get(name, ())]
    fixed = ["--project", str(folder / "study.qualcode")] if "project" in names else []
    fixed += ["--coder", coder] if coder and "coder" in names else []
    refused_for, refusal = REFUSED.get(name, ((), ""))
    written = FolderWatch(tmp_path)
    for arguments, report_success in vary(values, needed):
        line = [*name.split(), *(word for part in arguments.values() for word in part), *fixed]
        asked = "\n".join([*line, *(words_in(Path(word)) for word in line if Path(word).is_file())])
        result = qualcode(*line, folder=folder)
        assert result.code in {0, 1}, (line, result.err)
        if result.code == 0:
            report_success()
            succeeded = True
        else:
            refusals.append(result.err)
        files = "" if name in COPIES else written.new_words()
        assert not study.leaks(result.out + result.err + files, asked), line
        if not every_value and (succeeded or coder in refused_for):
            break
    if coder in refused_for:
        assert not succeeded
        assert [error for error in refusals if not re.search(refusal, error)] == []
    else:
        assert succeeded, f"no example makes '{name}' succeed: {refusals[-3:]}"


def test_the_coder_who_owns_the_work_sees_it(study: BlindStudy) -> None:
    """So that the test above proves something."""
    words = ["quotes", "--layer", "bram", "--json", "--coder", "bram"]
    answer = qualcode(*words, folder=study.folder).out
    answer += qualcode("history", "--json", "--coder", "bram", folder=study.folder).out
    assert not {*study.secrets()} - {*study.leaks(answer)} - {"Het is […] hoor"}
