"""Names that stand in for coders and interviews in what goes to others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_uppercase

from qualcode.model.case import Case
from qualcode.model.coding import CONSENSUS
from qualcode.model.frozen import FrozenMap


def coder_aliases(coders: Iterable[str], word: str = "coder") -> FrozenMap[str, str]:
    """Return "coder A", "coder B", ... by coder, in the order given; the consensus has none.

    Args:
        coders: Names of coders, possibly several times.
        word: What a coder is called in the language of the file.
    """
    people = [name for name in dict.fromkeys(coders) if name and name != CONSENSUS]
    return FrozenMap({name: f"{word} {_letters(n)}" for n, name in enumerate(people)})


def _letters(number: int) -> str:
    """Return A to Z, then AA, AB, ..."""
    above, own = divmod(number, len(ascii_uppercase))
    return (_letters(above - 1) if above else "") + ascii_uppercase[own]


def transcript_aliases(
    transcripts: Iterable[str], cases: Sequence[Case], word: str = "interview"
) -> FrozenMap[str, str]:
    """Return the pseudonym of who speaks by transcript; "interview 3" where nobody is known.

    A second interview with the same people is told apart by its number: "G3 (2)".

    Args:
        transcripts: Names of all transcripts, in order.
        cases: All cases of the project.
        word: What an interview is called in the language of the file.
    """
    seen: dict[str, int] = {}
    found = {}
    for number, name in enumerate(transcripts, 1):
        speakers = ", ".join(case.name for case in cases if name in case.transcripts)
        label = speakers or f"{word} {number}"
        seen[label] = seen.get(label, 0) + 1
        found[name] = label if seen[label] == 1 else f"{label} ({seen[label]})"
    return FrozenMap(found)
