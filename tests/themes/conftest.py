"""A study in miniature, written in the notation of ``tests/notation.py``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pytest

from notation import coded, transcript
from qualcode.model import (
    Case,
    Code,
    Codebook,
    Coding,
    FrozenMap,
    LocalText,
    Participation,
    Transcript,
)


@dataclass(frozen=True)
class Study:
    codings: tuple[Coding, ...]
    codebook: Codebook
    transcripts: tuple[Transcript, ...]
    cases: tuple[Case, ...]

    @property
    def parts(
        self,
    ) -> tuple[tuple[Coding, ...], Codebook, tuple[Transcript, ...], tuple[Case, ...]]:
        return self.codings, self.codebook, self.transcripts, self.cases


MakeStudy = Callable[..., Study]
MakeBook = Callable[..., Codebook]


def _codebook(*entries: str | Code) -> Codebook:
    """Make codes of ``path`` or ``path @ group, group``, or take them as they are."""
    codes = []
    for entry in entries:
        if isinstance(entry, Code):
            codes.append(entry)
            continue
        path, _, asked = (part.strip() for part in entry.partition("@"))
        groups = tuple(group.strip() for group in asked.split(",") if group.strip())
        attributes = FrozenMap({"asked_of": groups} if groups else {})
        label = LocalText({"nl": path.rpartition("/")[2]})
        codes.append(Code(path, label, attributes=attributes))
    return Codebook("book", tuple(codes))


def _study(texts: Mapping[str, str], codebook: Codebook, **groups: str) -> Study:
    """Make a study of marked texts by name; ``users="U1 U2"`` gives each a case of a group."""
    codings: list[Coding] = []
    transcripts = []
    for name, marked in texts.items():
        plain, own = coded(marked, name=name)
        transcripts.append(transcript(plain, name))
        codings += [replace(coding, id=f"{name}:{coding.id}") for coding in own]
    cases = [
        Case(name.lower(), FrozenMap({"group": group}), participations=Participation.in_each(name))
        for group, names in groups.items()
        for name in names.split()
    ]
    return Study(tuple(codings), codebook, tuple(transcripts), tuple(cases))


@pytest.fixture
def book() -> MakeBook:
    return _codebook


@pytest.fixture
def study() -> MakeStudy:
    return _study
