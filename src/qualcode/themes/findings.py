"""Counts who carries a finding, and finds who or what may speak against it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from qualcode.model import Case, Codebook, Coding, Reach, Transcript
from qualcode.model.finding import ContraryProposal
from qualcode.speech import group_in
from qualcode.themes.dataset import ThemeDataset, split_words
from qualcode.themes.exemplars import TfidfVectors, select_exemplars
from qualcode.themes.prevalence import reach_of

_PROPOSED = 5
OPPOSITE = "opposite"
"""The attribute of a code that names its opposite, by path or name."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a finding claims, as it is counted.

    Attributes:
        paths: Paths of its codes.
        supporting: Codings that carry it, next to those of its codes.
        contrary: Ids of codings that speak against it.
    """

    paths: tuple[str, ...]
    supporting: tuple[Coding, ...]
    contrary: frozenset[str]


class ClaimCounter:
    """Counts the claims of a study on the codings of one layer.

    Args:
        codings: The codings of the layer.
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

    def reaches(self, claim: Claim) -> tuple[Reach, ...]:
        """Return who carries a claim: all cases first (group ``""``), then one per group.

        A case counts with one passage of the codes, or one that was linked, which was not linked
        as contrary. Cases who were not asked about any of the codes have no place in the total.
        """
        codings = self._carrying(claim)
        # A claim without codes is about what its passages are about.
        paths = claim.paths or tuple(dict.fromkeys(c.code for c in claim.supporting))
        return reach_of(self._dataset, codings, paths, with_words=False)

    def _carrying(self, claim: Claim) -> tuple[Coding, ...]:
        of_codes = (coding for path in claim.paths for coding in self._dataset.below(path))
        by_id = {coding.id: coding for coding in (*of_codes, *claim.supporting)}
        return tuple(coding for key, coding in by_id.items() if key not in claim.contrary)

    def propose_contrary(
        self, claim: Claim, linked: Collection[str]
    ) -> tuple[ContraryProposal, ...]:
        """Return who or what may speak against a claim.

        Args:
            claim: The claim.
            linked: Ids of codings that were linked to it already.
        """
        codings = self._carrying(claim)
        proposals = [*self._opposites(claim, codings), *self._silent_groups(claim, codings)]
        ordered = self._dataset.in_order(c for c in codings if c in self._dataset.codings)
        vectors = TfidfVectors(self._dataset, split_words)
        _, atypical = select_exemplars(self._dataset, vectors, ordered, quotes_per_code=_PROPOSED)
        ids = tuple(passage.coding for passage in atypical if passage.coding not in linked)
        if ids:
            proposals.append(ContraryProposal("wording", codings=ids))
        return tuple(proposals)

    def _opposites(self, claim: Claim, codings: Sequence[Coding]) -> Iterable[ContraryProposal]:
        dataset = self._dataset
        cases_saying = {case for case, _ in dataset.said(codings)}
        for path in claim.paths:
            for name in dataset.codes[path].values(OPPOSITE):
                opposite = _path_of(name, path, dataset.codes)
                against = dataset.below(opposite) if opposite else ()
                with_both = cases_saying & {case for case, _ in dataset.said(against)}
                ids = tuple(
                    c.id for c in against if any(k.name in with_both for k in dataset.cases_of(c))
                )
                if with_both:
                    names = tuple(case.name for case in dataset.cases if case.name in with_both)
                    yield ContraryProposal("opposite", names, ids)

    def _silent_groups(self, claim: Claim, codings: Sequence[Coding]) -> Iterable[ContraryProposal]:
        dataset = self._dataset
        for reach in reach_of(dataset, codings, claim.paths, with_words=False):
            if reach.group and reach.of and reach.cases == 0:
                names = tuple(
                    case.name
                    for case in dataset.cases
                    if any(group_in(case, t) == reach.group for t in case.transcripts)
                )
                yield ContraryProposal("silent", names, group=reach.group)


def _path_of(name: str, path: str, known: Collection[str]) -> str:
    # Next to the code itself its name is enough.
    sibling = f"{path.rpartition('/')[0]}/{name}".lstrip("/")
    return next((p for p in (name, sibling) if p in known), "")
