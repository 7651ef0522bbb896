"""What was found and decided about names in this window, until it is in the key.

It lives in the memory of one window. A passphrase is never part of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import session
import streamlit as st

from qualcode.project import NameEntry, NameKey, NameScan, Proposal, Replacement, entry_for

_PLACE = "names-desk"


@dataclass(slots=True)
class Desk:
    """The names at hand.

    Attributes:
        project: Key of the project that they are of.
        key_path: Where the key is, or is to be.
        known: What was decided before, from a key that was opened.
        scan: What was found; None before looking.
        decided: What was decided in this window, by name and kind.
        unkept: Whether some of that is not in the key yet.
        told: What came of replacing, to be read after it.
        preview: What would be replaced, with the revision and the key that it holds for.
    """

    project: str
    key_path: str
    known: NameKey
    scan: NameScan | None = None
    decided: dict[tuple[str, str], NameEntry] = field(default_factory=dict)
    unkept: bool = False
    told: tuple[str, ...] = ()
    preview: tuple[int, NameKey, tuple[Replacement, ...]] | None = None

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """All that was found and not decided before this window."""
        return self.scan.proposals if self.scan else ()

    @property
    def left(self) -> tuple[Proposal, ...]:
        """What is still to be decided."""
        return tuple(one for one in self.proposals if (one.text, one.kind) not in self.decided)

    @property
    def key(self) -> NameKey:
        """All decisions together, those of before included."""
        return self.known.with_entries(tuple(self.decided.values()))

    def decide(self, chosen: Iterable[tuple[Proposal, str]]) -> None:
        """Take over decisions: each name with its role in brackets, or ``""`` to leave it."""
        entries = [entry_for(one.text, one.kind, role) for one, role in chosen]
        self.decided |= {(entry.text, entry.kind): entry for entry in entries}
        self.unkept = self.unkept or bool(entries)

    def reopen(self, proposal: Proposal) -> None:
        """Take a decision of this window back."""
        self.decided.pop((proposal.text, proposal.kind), None)


def key_folder() -> Path:
    """Return the folder that is proposed for keys and for backups with names."""
    return Path.home() / "qualcode-keys"


def desk() -> Desk:
    """Return the desk of this window; an empty one for another project than before."""
    project = session.project()
    found: Desk | None = st.session_state.get(_PLACE)
    if found is None or found.project != project.info.key:
        path = key_folder() / f"{Path(session.project_path()).stem or 'study'}.key"
        found = Desk(project.info.key, str(path), NameKey(project.info.name))
        st.session_state[_PLACE] = found
    return found


def go(step: str) -> None:
    """Draw the page again at another step: ``find``, ``review`` or ``replace``."""
    st.session_state["names-go"] = step
    st.rerun()


def clear(told: tuple[str, ...] = ()) -> None:
    """Forget all names of this window."""
    st.session_state.pop(_PLACE, None)
    if told:
        desk().told = told
