"""What sets a type apart: codes that its cases bring up more often than others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from qualcode.model import Case, Codebook, CodeCount, Coding, Transcript
from qualcode.themes.dataset import ThemeDataset
from qualcode.themes.typology import count_codes


class TypeContrasts:
    """Which codes set cases apart from others; counts the codings once for all comparisons.

    Args:
        codings: The codings of one layer.
        codebook: Their codebook.
        transcripts: The interviews.
        cases: The respondents.
    """

    def __init__(
        self,
        codings: Iterable[Coding],
        codebook: Codebook,
        transcripts: Sequence[Transcript],
        cases: Sequence[Case],
    ) -> None:
        self._dataset = ThemeDataset(codings, codebook, transcripts, cases)

    def set_apart(
        self, *, inside: Collection[str], outside: Collection[str]
    ) -> tuple[CodeCount, ...]:
        """Return the codes that are more common inside than outside, by how much.

        Args:
            inside: Names of the cases of the type.
            outside: Names of the cases to compare with; one of both is inside.
        """
        cases = self._dataset.cases
        members = [case for case in cases if case.name in inside]
        other_cases = [c for c in cases if c.name in outside and c.name not in inside]
        return count_codes(self._dataset, members, other_cases)
