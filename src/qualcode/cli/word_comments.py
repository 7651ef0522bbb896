"""A Word document with comments: what it brings and changes is shown, and confirmed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.cli.counts import count_codings
from qualcode.cli.foreign_files import print_losses
from qualcode.cli.output import OptionError, confirm, heading, print_message, print_table
from qualcode.errors import Problem
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import Coding
    from qualcode.project import CommentChoices, CommentPlan, Project

TEXTS = ("correct", "keep")
_LONGEST = 60


def import_commented(
    work: Project, file: Path, coder: str, choices: CommentChoices, *, all_codes: bool = False
) -> tuple[tuple[Coding, ...], tuple[Problem, ...]]:
    """Show what a document changes, ask about it on a screen, and take its comments in.

    Args:
        work: The project.
        file: The document.
        coder: Whose codings they are; ``""`` for the author of each comment.
        choices: What the command line confirmed already.
        all_codes: Whether it confirmed all new codes.

    Returns:
        The codings of the document, and what to check.
    """
    from qualcode.project import plan_comments

    if choices.text not in {"", *TEXTS}:
        raise OptionError(
            Message("'{word}' is not one of {kinds}.", word=choices.text, kinds=", ".join(TEXTS))
        )
    plan = plan_comments(work, file, coder)
    choices = _confirmed(plan, choices, all_codes=all_codes)
    read, problems = work.exchange.read_commented(file, coder=coder, choices=choices)
    print_losses(read)
    return read.codings, problems


def _confirmed(plan: CommentPlan, choices: CommentChoices, *, all_codes: bool) -> CommentChoices:
    """Return the choices that a person made, in options or by answers."""
    from qualcode.project import CommentChoices

    return CommentChoices(
        text=_text_choice(plan, choices.text),
        move=_choose_moves(plan, agreed=choices.move),
        withdraw=_choose_deletions(plan, agreed=choices.withdraw),
        new_codes=plan.new_codes if all_codes else _choose_codes(plan, choices.new_codes),
    )


def _text_choice(plan: CommentPlan, option: str) -> str:
    if not plan.text_changes:
        return option
    rows = [(_short(change.before), _short(change.after)) for change in plan.text_changes]
    print_message(Message("The text of interview '{name}' differs:", name=plan.transcript))
    print_table((heading("was"), heading("is")), rows)
    if option or not sys.stdin.isatty():
        return option
    return "correct" if confirm(Message("Take it as the corrected transcript?")) else "keep"


def _choose_moves(plan: CommentPlan, *, agreed: bool) -> bool:
    if not plan.moved:
        return agreed
    print_message(Message("Comments on other words than in the project:"))
    rows = [
        (m.coding.id[:8], m.coding.code, m.coding.coder, _short(m.coding.quote), _short(m.to.quote))
        for m in plan.moved
    ]
    columns = (heading("id"), heading("code"), heading("coder"), heading("was"), heading("is"))
    print_table(columns, rows)
    return _answer(
        Message("Move these codings?"),
        Message("They stay where they are. To move them: --move"),
        agreed=agreed,
    )


def _choose_deletions(plan: CommentPlan, *, agreed: bool) -> bool:
    if not plan.deleted:
        return agreed
    message = Message(
        "{codings} of its authors without a comment in the document:",
        codings=count_codings(len(plan.deleted)),
    )
    print_message(message)
    rows = [(c.id[:8], c.code, c.coder, _short(c.quote)) for c in plan.deleted]
    print_table((heading("id"), heading("code"), heading("coder"), heading("quote")), rows)
    return _answer(
        Message("Withdraw these codings?"),
        Message("They stay. To withdraw them: --withdraw"),
        agreed=agreed,
        # Enter keeps them: a comment may be gone by accident.
        default=False,
    )


def _choose_codes(plan: CommentPlan, labels: Iterable[str]) -> tuple[str, ...]:
    chosen = [label for label in plan.new_codes if label in {*labels}]
    other_labels = [label for label in plan.new_codes if label not in chosen]
    if not other_labels:
        return tuple(chosen)
    print_message(
        Message("Comments begin with what is no code yet: {labels}", labels="; ".join(other_labels))
    )
    if not sys.stdin.isatty():
        print_message(
            Message(
                'They became notes. To add them as codes: --new-codes "{example}" (or all)',
                example=other_labels[0],
            )
        )
        return tuple(chosen)
    chosen += [
        label
        for label in other_labels
        # Enter adds none: the first line of a comment may be a remark.
        if confirm(Message("Add '{label}' as a code?", label=label), default=False)
    ]
    return tuple(chosen)


def _answer(question: Message, advice: Message, *, agreed: bool, default: bool = True) -> bool:
    """Return consent, by an option or an answer on a screen; else say how to consent."""
    if agreed:
        return True
    if sys.stdin.isatty():
        return confirm(question, default=default)
    print_message(advice)
    return False


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
