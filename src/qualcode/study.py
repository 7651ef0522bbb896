"""Paths of the included sample study: codebook, guides, interviews and codings.

In an installed package they are inside it; in a checkout at the top of the repository.
"""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import UnreadableFileError
from qualcode.messages import Message

_INSIDE = Path(__file__).parent / "_study"
_CHECKOUT = Path(__file__).parents[2]


def codebook() -> Path:
    """Return the sample codebook."""
    return _folder("codebooks") / "substance_use.yaml"


def guides() -> tuple[Path, ...]:
    """Return the topic guides."""
    return tuple(sorted(_folder("codebooks").glob("guide_*.yaml")))


def transcripts() -> tuple[Path, ...]:
    """Return the ten interviews, in their order."""
    return tuple(sorted(_folder("transcripts_sample").glob("[GP]0*.*")))


def cases() -> Path:
    """Return the table of respondents."""
    return _folder("transcripts_sample") / "cases.csv"


def codings() -> tuple[Path, ...]:
    """Return the tables of codings, one for each coder."""
    return tuple(sorted(_folder("transcripts_sample").glob("codings_*.csv")))


def decisions() -> Path:
    """Return the decisions on the coders' disagreements."""
    return _folder("transcripts_sample") / "decisions.csv"


def _folder(name: str) -> Path:
    for root in (_INSIDE, _CHECKOUT):
        if (root / name).is_dir():
            return root / name
    raise UnreadableFileError(
        Message(
            "The sample study ('{name}') is not part of this installation. Install qualcode "
            "again: python -m pip install --force-reinstall qualcode",
            name=name,
        )
    )
