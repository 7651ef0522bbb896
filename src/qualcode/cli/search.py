"""The command ``find``: search the interviews, keep a search, and code what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qualcode.cli.attributes import split_attribute
from qualcode.cli.code_names import find_path, find_paths
from qualcode.cli.counts import count_codings
from qualcode.cli.output import (
    OptionError,
    heading,
    print_json,
    print_message,
    print_problems,
    print_result,
    print_table,
)
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    choose_coder,
    open_project,
)
from qualcode.errors import unknown_name
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import CodeCandidate, Hit
    from qualcode.project import Project


def find(
    words: Annotated[
        str, typer.Argument(help="Words, in any form; OF and NABIJ (OR, NEAR) join them.")
    ] = "",
    exact: Annotated[str, typer.Option(help="Words as they are written.")] = "",
    pattern: Annotated[str, typer.Option(help="A regular expression.")] = "",
    code: Annotated[
        list[str] | None,
        typer.Option(help="Only in passages with this code; repeat it for several codes."),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(help="Nothing in passages with this code; repeat it for several codes."),
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option(help="Only cases with this attribute: group=users.")
    ] = None,
    interview: Annotated[
        list[str] | None, typer.Option(help="Only this transcript; repeat it for several.")
    ] = None,
    everyone: Annotated[
        bool, typer.Option("--everyone", help="Search the turns of interviewers too.")
    ] = False,
    give: Annotated[
        str, typer.Option("--give", help="Assign this code to every hit, in one step.")
    ] = "",
    unit: Annotated[
        Literal["hit", "sentence", "turn"],
        typer.Option(help="With --give: the passage that gets the code."),
    ] = "hit",
    save: Annotated[str, typer.Option(help="Keep this search under a name.")] = "",
    saved: Annotated[str, typer.Option(help="Search as kept under this name.")] = "",
    new_codes: Annotated[
        bool,
        typer.Option("--new-codes", help="List frequent words that the codebook lacks."),
    ] = False,
    layer: Annotated[
        str, typer.Option("--layer", "-l", help="With --new-codes: the layer of codings.")
    ] = "final",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Search the interviews by word in any form, by pattern, by code, by attribute of the case."""
    with open_project(project) as work:
        attributes = dict(_read_attribute(text, work) for text in where or [])
        codes, codes_without = find_paths(work, code or ()), find_paths(work, without or ())
        give = find_path(work, give)
        if new_codes:
            _print_candidates(work.suggestions.propose_codes(layer), json)
            return
        if saved:
            hits = _run_saved_search(work, saved)
        else:
            hits = work.suggestions.find(
                lemma=words,
                exact=exact,
                pattern=pattern,
                code=codes,
                without=codes_without,
                where=attributes,
                transcripts=interview or (),
                everyone=everyone,
            )
        if save:
            from qualcode.model import FrozenMap, SavedSearch, SearchMode

            text, mode = _read_mode(words, exact, pattern, saved)
            parts = (tuple(codes), tuple(codes_without), FrozenMap(attributes))
            work.acting_as(coder).suggestions.save_search(
                SavedSearch(save, text, SearchMode(mode), *parts, tuple(interview or ()), everyone)
            )
            print_message(Message("The project keeps this search as “{name}”.", name=save))
        if give:
            _code_hits(work.acting_as(choose_coder(work, coder)), hits, give, unit)
    if json:
        print_json(hits)
        return
    for hit in hits:
        # The context before a hit has at most 50 characters. Padding it puts all hits in one
        # column, as in a concordance.
        line = f"{hit.transcript}:{hit.turn:<4} {hit.before:>50}[{hit.text}]{hit.after}"
        print_result(" ".join(line.split("\n")))
    print_message(Message.counted("{count} hit", "{count} hits", len(hits)))


def _print_candidates(candidates: Sequence[CodeCandidate], json: bool) -> None:
    if json:
        print_json(candidates)
        return
    rows = [
        (
            candidate.theme,
            " ".join(candidate.lemmas),
            candidate.count,
            candidate.transcripts,
        )
        for candidate in candidates
    ]
    columns = (heading("theme"), heading("words"), heading("times"), heading("interviews"))
    print_table(columns, rows)


def _read_mode(words: str, exact: str, pattern: str, saved: str) -> tuple[str, str]:
    modes = {"forms": words, "exact": exact, "pattern": pattern}
    modes_used = [mode for mode, text in modes.items() if text]
    if saved or len(modes_used) > 1:
        raise OptionError(
            Message("A search that is kept has words, --exact or --pattern: one of them.")
        )
    mode = modes_used[0] if modes_used else "forms"
    return modes[mode], mode


def _code_hits(work: Project, hits: Sequence[Hit], code: str, unit: str) -> None:
    from qualcode.model import HitUnit

    codings = work.suggestions.code_hits(hits, code, HitUnit(unit))
    print_message(
        Message(
            "{codings} with {code}. To undo this: qualcode undo",
            codings=count_codings(len(codings)),
            code=code,
        )
    )
    # Codings made after handing in are not part of the round, which the coder may not expect.
    print_problems(work.rounds.find_late(codings))


def _run_saved_search(work: Project, name: str) -> tuple[Hit, ...]:
    from qualcode.project import run_search

    searches = {search.name: search for search in work.suggestions.collect_searches()}
    if name not in searches:
        raise unknown_name("saved search", name, searches, "the project")
    return run_search(work, searches[name])


def _read_attribute(text: str, work: Project) -> tuple[str, str]:
    attribute = split_attribute(text, work.cases.collect())
    if attribute is None:
        raise OptionError(
            Message("'{text}' is not an attribute with a value, such as group=users.", text=text)
        )
    return attribute
