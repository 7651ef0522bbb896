"""The steps of the study: what is done, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from qualcode.model import CONSENSUS

from ... import session
from ...page_links import open_page


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a study.

    Attributes:
        name: What it is called once it is done.
        task: What is to be done.
        page: Where it is done.
        done: How much of it is done.
        all: How much there is to do; 0 where nothing can be done yet.
        about: What is counted, where that is not plain.
    """

    name: str
    task: str
    page: str
    done: int
    all: int
    about: str = ""

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return 0 < self.all <= self.done


def _find_steps() -> list[Step]:
    _ = session.words()
    project = session.project()
    names = {text.name for text in project.transcripts.collect()}
    coders = set(session.coders())
    coded: dict[str, set[str]] = {}
    for coding in project.codings.collect():
        coded.setdefault(coding.transcript, set()).add(coding.coder)
    coded_names = {name for name, people in coded.items() if people & coders}
    rounds = [round_ for round_ in project.rounds.collect() if round_.coders]
    parts = [(round_, coder) for round_ in rounds for coder in round_.coders]
    handed_in = sum(coder in round_.handed_in for round_, coder in parts)
    shared = [people for people in coded.values() if len(people & coders) > 1]
    settled = sum(CONSENSUS in people for people in shared)
    steps = [
        Step(_("Imported"), _("import interviews"), "project", len(names), len(names)),
        Step(
            _("Speakers confirmed"),
            _("confirm the speakers"),
            "project",
            len(names & project.transcripts.with_confirmed_roles()),
            len(names),
        ),
        Step(_("Coded"), _("code the interviews"), "coding", len(coded_names), len(names)),
    ]
    # A study of one coder has no rounds to hand in and nothing to resolve.
    if parts:
        steps.append(Step(_("Handed in"), _("hand in"), "project", handed_in, len(parts)))
    if shared or len(coders) > 1:
        steps.append(
            Step(_("Resolved"), _("resolve differences"), "adjudication", settled, len(shared))
        )
    return [*steps, _writing_step()]


def _writing_step() -> Step:
    """Return the last step: a theme is written once a quote of it is chosen for publication."""
    _ = session.words()
    with session.project().snapshot() as snapshot:
        chosen_ids = snapshot.chosen
        codings = snapshot.codings
    themes = {coding.id: coding.code.partition("/")[0] for coding in codings}
    quoted_themes = {theme for coding_id, theme in themes.items() if coding_id in chosen_ids}
    return Step(
        _("Written"),
        _("write"),
        # Where quotes are chosen; the themes tell which ones are worth it.
        "quotes" if quoted_themes else "themes",
        len(quoted_themes),
        len({*themes.values()}),
        _("Themes with a quote that is chosen for publication"),
    )


def show_steps() -> None:
    """Show the steps in one strip; the next one stands out, and each leads to its page."""
    _ = session.words()
    steps = _find_steps()
    following = next((step for step in steps if not step.is_done), steps[-1])
    with st.container(horizontal=True, gap="xsmall", key="steps"):
        for step in steps:
            label = _("Next: {task}", task=step.task) if step is following else step.name
            if step.all and not step.is_done:
                label += f" · {_.number(step.done)}/{_.number(step.all)}"
            icon = "check_circle" if step.is_done else "radio_button_unchecked"
            if st.button(
                label,
                key=f"step-{steps.index(step)}",
                icon=f":material/{icon}:",
                help=step.about or None,
                type="secondary" if step is following else "tertiary",
            ):
                open_page(step.page)
