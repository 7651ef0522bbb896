"""The names found and decided on in this window, until they are stored in the key file.

This state is in the memory of one window. A passphrase is never part of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from qualcode.project import NameEntry, NameKey, NameScan, Proposal, Replacement, entry_for

from ... import session

_KEY = "names-desk"


@dataclass(slots=True)
class ReviewState:
    """The names under review.

    Attributes:
        project: Key of their project.
        file: Path of their project.
        key_path: Path of the key file, existing or new.
        stored_key: Earlier decisions, from a key file that was opened.
        scan: Result of the scan; None before it.
        decided: Decisions of this window, by name and kind.
        unkept: Whether the key file lacks some of these decisions.
        summary: Result of the replacement, shown once after it.
        preview: The replacements, with the revision and key that they belong to.
    """

    project: str
    file: str
    key_path: str
    stored_key: NameKey
    scan: NameScan | None = None
    decided: dict[tuple[str, str], NameEntry] = field(default_factory=dict)
    unkept: bool = False
    summary: tuple[str, ...] = ()
    preview: tuple[int, NameKey, tuple[Replacement, ...]] | None = None

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """All names found that had no decision before this window."""
        return self.scan.proposals if self.scan else ()

    @property
    def undecided(self) -> tuple[Proposal, ...]:
        """The names without a decision."""
        return tuple(
            proposal
            for proposal in self.proposals
            if (proposal.text, proposal.kind) not in self.decided
        )

    @property
    def key(self) -> NameKey:
        """All decisions, earlier ones included."""
        return self.stored_key.with_entries(tuple(self.decided.values()))

    def decide(self, chosen: Iterable[tuple[Proposal, str]]) -> None:
        """Store decisions: each name with its role in brackets, or ``""`` to keep the name."""
        entries = [entry_for(proposal.text, proposal.kind, role) for proposal, role in chosen]
        self.decided |= {(entry.text, entry.kind): entry for entry in entries}
        self.unkept = self.unkept or bool(entries)

    def reopen(self, proposal: Proposal) -> None:
        """Withdraw a decision of this window."""
        self.decided.pop((proposal.text, proposal.kind), None)


def key_folder() -> Path:
    """Return the default folder for key files and for backups that contain names."""
    return Path.home() / "qualcode-keys"


def review_state() -> ReviewState:
    """Return the review of this window; an empty one after another project was opened."""
    project = session.project()
    state: ReviewState | None = st.session_state.get(_KEY)
    # Names of one project must not appear while another one is open.
    file = session.project_path()
    if state is None or state.project != project.info.key or _is_copy(state.file, file):
        path = key_folder() / f"{Path(file).stem or 'study'}.key"
        state = ReviewState(project.info.key, file, str(path), NameKey(project.info.name))
        st.session_state[_KEY] = state
    # A project that was moved keeps its review, under the path of now.
    state.file = file
    return state


def _is_copy(file: str, present_file: str) -> bool:
    """Tell whether two files are two projects with one key, and no project that was moved."""
    return file != present_file and Path(file).exists()


def go_to_step(step: str) -> None:
    """Draw the page again at another step: ``find``, ``review`` or ``replace``."""
    st.session_state["names-go"] = step
    st.rerun()


def clear_state(summary: tuple[str, ...] = ()) -> None:
    """Forget all names of this window."""
    st.session_state.pop(_KEY, None)
    if summary:
        review_state().summary = summary
