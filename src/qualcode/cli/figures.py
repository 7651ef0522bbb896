"""The command ``figure``: figures of a paper as files, and what the level figure is made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.code_names import find_path, find_paths
from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.language import read_names
from qualcode.cli.output import heading, print_json, print_message, print_problems, print_table
from qualcode.cli.report_options import LanguageOption, LayerOption, TranscriptNamesOption
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    open_project,
    step_of_changes,
)
from qualcode.errors import InvalidValueError
from qualcode.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.project import Project

_LEFT_OUT, _TAKEN_BACK = "-", "?"
_COUNTS = {"levels", "theme-map", "co-occurrence"}


def figure(
    kind: Annotated[
        str,
        typer.Argument(
            help="What to draw: levels, theme-map, co-occurrence, participants, portrait, "
            "timeline, saturation, forest, confusions."
        ),
    ],
    file: Annotated[
        Path | None, typer.Option("--out", help="Write the figure: svg (to edit) or png.")
    ] = None,
    theme: Annotated[
        list[str] | None,
        typer.Option("--theme", help="Only this theme; may be given several times."),
    ] = None,
    transcript: Annotated[
        str, typer.Option(help="For portrait and timeline: the interview. Default: the first.")
    ] = "",
    coders: Annotated[
        str, typer.Option(help="For forest and confusions: the coders, with commas between them.")
    ] = "",
    place: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE=LEVEL",
            help="For levels: put a code, or a theme with its codes, on this level; with - it is "
            "left out of the figure, with ? it is where the codebook says.",
        ),
    ] = None,
    level_names: Annotated[
        str,
        typer.Option(
            "--levels",
            help="For levels: the names of the levels, from the person outwards, with commas "
            "between them.",
        ),
    ] = "",
    stacked: Annotated[
        bool, typer.Option("--stacked", help="For levels: below each other, not nested.")
    ] = False,
    title: Annotated[str, typer.Option(help="The title. Default: what the figure shows.")] = "",
    layer: LayerOption = "final",
    transcript_names: TranscriptNamesOption = False,
    language: LanguageOption = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Draw a figure for a paper: codes by level, themes, participants, one interview."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        is_changed = _change_levels(work, level_names, place or ())
        if is_changed and file is None and not json:
            _print_levels(work)
            return
        drawing = work.themes.figures.draw(
            kind,
            layer=layer,
            only=find_paths(work, theme or ()),
            transcript=transcript,
            coders=read_names(coders),
            title=title,
            language=language,
            nested=not stacked,
            transcript_names=transcript_names,
            on_screen=file is None,
        )
        if file is not None:
            work.themes.figures.write(drawing, file)
            # Its bars and lines are counts of people, which a reader measures.
            if drawing.kind in _COUNTS:
                print_problems(work.disclosure.check_table("code_by_group", layer))
    if file is not None:
        print_message(Message("Wrote {file}", file=str(file)))
    if json:
        values = {"kind": drawing.kind, "title": drawing.title, "text": drawing.text}
        print_json({**values, "marks": drawing.marks})
    elif file is None:
        print_message(drawing.title)
        print_message(drawing.text)
        print_message(Message("To write it: --out FILE.svg, or FILE.png"))


def _change_levels(work: Project, names: str, places: Sequence[str]) -> bool:
    """Change the levels of the level figure, and say whether there was anything to change."""
    figures = work.themes.figures
    # One command is one step: a single undo takes all places back.
    with step_of_changes(work, names, places):
        if names:
            figures.name_levels(read_names(names))
        for text in places:
            code, sign, level = (part.strip() for part in text.partition("="))
            if not sign or not level:
                raise InvalidValueError(
                    Message("'{text}' is not a code and its level: CODE=LEVEL", text=text)
                )
            figures.place(
                [find_path(work, code)], {_LEFT_OUT: "", _TAKEN_BACK: None}.get(level, level)
            )
    return bool(names or places)


def _print_levels(work: Project) -> None:
    plan, codebook = work.themes.figures.levels(), work.codebook.get()
    rows = [
        (level, ", ".join(c.path for c in codebook.active if plan.level_of(c, codebook) == level))
        for level in plan.levels
    ]
    print_table((heading("level"), heading("codes")), rows)
