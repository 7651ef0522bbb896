"""Commands for a language model of one's own: language-model, and suggest ask."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qualcode.cli.output import OptionError, print_json, print_message, print_result
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import AskingReport, LanguageModel
    from qualcode.project import Project

ASK = "ask"


def language_model(
    server: Annotated[
        str,
        typer.Option(
            help="Address of the server on this machine: http://127.0.0.1:11434 for Ollama."
        ),
    ] = "",
    name: Annotated[str, typer.Option(help="Name of the model at the server.")] = "",
    protocol: Annotated[
        Literal["ollama", "openai"],
        typer.Option(help="How the server is spoken to; llama.cpp and LM Studio: openai."),
    ] = "ollama",
    window: Annotated[
        int,
        typer.Option(
            min=0, help="Tokens of the context window, where the server does not tell; 0 otherwise."
        ),
    ] = 0,
    off: Annotated[
        bool, typer.Option("--off", help="Use no language model from now on; its answers stay.")
    ] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Choose a language model on this machine for suggestions, or show which one is chosen."""
    if bool(server) != bool(name) or (off and server):
        raise OptionError(Message("Give --server and --name together, or --off alone."))
    with open_project(project) as work:
        own_model = work.acting_as(coder).suggestions.language_model
        if off:
            own_model.turn_off()
        if server:
            own_model.choose(server, name, protocol, window)
        model = own_model.read_choice()
    if json:
        print_json(model)
    else:
        _print_model(model)


def _print_model(model: LanguageModel | None) -> None:
    if model is None:
        print_result(Message("No language model takes part in the suggestions of this project."))
        return
    print_result(
        Message(
            "This language model takes part in the suggestions of this project: {description}, at "
            "{server}.",
            description=model.description,
            server=model.server,
        )
    )
    print_message(Message("Ask it about the interviews: qualcode suggest ask"))


def ask_model(work: Project, interview: str, *, json: bool) -> None:
    """Ask the language model of the project, with the progress on the screen."""

    def show(share: float) -> None:
        # On the error stream, so that JSON stays whole; on a screen only, where a line can be
        # redrawn.
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{share:.0%} ")
            sys.stderr.flush()

    report = work.suggestions.language_model.ask(interview, show)
    if json:
        print_json(report)
        return
    _print_asking(report)


def _print_asking(report: AskingReport) -> None:
    print_result(
        Message(
            "Passages: {texts}. Judgements of a code for a passage, now: {asked}; known before: "
            "{known}. Codes given, with words of the passage: {given}.",
            texts=report.texts,
            asked=report.new_judgements,
            known=report.known_judgements,
            given=report.codes_given,
        )
    )
    print_result(
        Message(
            "Dropped: quotes that are not in the passage: {invented}; judgements that could not "
            "be read: {unusable}; passages too long for its context window: {too_long}.",
            invented=report.invented,
            unusable=report.unusable,
            too_long=report.too_long,
        )
    )
    if report.left_out:
        print_result(
            Message(
                "Not asked about, in an open round without suggestions: {names}.",
                names=", ".join(report.left_out),
            )
        )
