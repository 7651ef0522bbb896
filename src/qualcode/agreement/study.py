"""What is compared: some coders' codings of the same interviews, on the same units.

A :class:`CodingStudy` is the argument of everything in this package. Two coders are a team of
two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qualcode.agreement.checks import check_coders
from qualcode.agreement.incidence import Incidence, find_incidence
from qualcode.agreement.units import Unit, UnitsOfAnalysis, codings_by_unit
from qualcode.errors import unknown_name
from qualcode.messages import Message
from qualcode.model import AgreementUnit, Codebook, Coding, Transcript

Finished = Mapping[str, Collection[str]]
"""Per coder the names of transcripts gone through, also where nothing in them was coded."""


# no slots: the arrays are computed when they are first asked for, and kept
@dataclass(frozen=True)
class CodingStudy:
    """Codings of two coders or more, with the units and codes on which they are compared.

    Attributes:
        units: The units of all interviews given.
        codebook: The codes that count, used or not.
        coders: The coders, in the order given; the first of two is A.
        codings: The codings that count, by coder and name of transcript, in order of position.
        finished: Per coder the names of the interviews that the coder coded; one gone through
            without finding anything is among them.
    """

    units: UnitsOfAnalysis
    codebook: Codebook
    coders: tuple[str, ...]
    codings: Mapping[str, Mapping[str, Sequence[Coding]]]
    finished: Mapping[str, frozenset[str]]

    @classmethod
    def of(
        cls,
        codings: Iterable[Coding],
        units: UnitsOfAnalysis,
        codebook: Codebook,
        coders: Sequence[str],
        *,
        finished: Finished | None = None,
    ) -> CodingStudy:
        """Return the study of some coders.

        Args:
            codings: Codings of any coder; withdrawn codings, those of other coders and those
                of other interviews are ignored.
            units: The units of the interviews to compare.
            codebook: The codes that count.
            coders: Two coders or more; the first of two is A.
            finished: Per coder the transcripts gone through, besides those with codings: one
                in which nothing was coded is compared as such, not left out.

        Raises:
            UndefinedRequestError: fewer than two coders, or one of them twice.
            UnknownNameError: a coding with a code that the codebook lacks.
        """
        check_coders(coders)
        names = [transcript.name for transcript in units.transcripts]
        counting = _sort_codings(codings, codebook, coders, names)
        # without these, an interview in which a coder found nothing would look uncoded
        gone_through = {coder: set((finished or {}).get(coder, ())) for coder in coders}
        coded = {
            coder: frozenset(n for n in names if counting[coder][n] or n in gone_through[coder])
            for coder in coders
        }
        return cls(units, codebook, tuple(coders), counting, coded)

    # --- parts of a study ---------------------------------------------------------------------

    def of_coders(self, coders: Sequence[str]) -> CodingStudy:
        """Return the study of some of the coders, on the interviews that they share."""
        return replace(self, coders=tuple(coders))

    def within(self, names: Collection[str]) -> CodingStudy:
        """Return the study of some of the interviews."""
        return replace(self, units=self.units.within(names))

    def with_units(self, units: Mapping[str, tuple[Unit, ...]]) -> CodingStudy:
        """Return the study of other units of the interviews compared."""
        shared = replace(self.units, transcripts=self.transcripts, by_transcript=units)
        return replace(self, units=shared)

    def complete(self) -> CodingStudy:
        """Return the study of the interviews that all of the coders coded."""
        names = frozenset.intersection(*(self.finished[coder] for coder in self.coders))
        return self.within(names & {t.name for t in self.transcripts})

    # --- what is compared ---------------------------------------------------------------------

    @property
    def is_pair(self) -> bool:
        """Whether two coders are compared: some statistics exist for two only."""
        return len(self.coders) == 2

    @cached_property
    def transcripts(self) -> tuple[Transcript, ...]:
        """The interviews that two or more of the coders coded, in the order given."""
        return tuple(
            transcript
            for transcript in self.units.transcripts
            if sum(transcript.name in self.finished[coder] for coder in self.coders) > 1
        )

    @property
    def left_out(self) -> tuple[str, ...]:
        """Names of the other interviews."""
        compared = {transcript.name for transcript in self.transcripts}
        return tuple(t.name for t in self.units.transcripts if t.name not in compared)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Paths of the codes compared: all that may be used, and all that were."""
        book, names = self.codebook, [transcript.name for transcript in self.units.transcripts]
        paths_in_use = {
            c.code for coder in self.coders for n in names for c in self.codings[coder][n]
        }
        usable = {code.path for code in book.active if code.parent or not book.children(code.path)}
        return tuple(path for path in book.paths if path in paths_in_use or path in usable)

    def coders_of(self, transcript: Transcript) -> tuple[str, ...]:
        """Return the coders who coded an interview."""
        return tuple(coder for coder in self.coders if transcript.name in self.finished[coder])

    def units_of(self, transcript: Transcript) -> tuple[Unit, ...]:
        """Return the units of an interview, in order of position."""
        return self.units.by_transcript[transcript.name]

    def codings_of(self, coder: str, transcript: Transcript) -> Sequence[Coding]:
        """Return a coder's codings of an interview, in order of position."""
        return self.codings[coder][transcript.name]

    def codings_by_unit(self, coder: str, transcript: Transcript) -> dict[int, list[Coding]]:
        """Return a coder's codings per number of the unit that they lie in."""
        key = coder, transcript.name
        if key not in self._by_unit:
            self._by_unit[key] = codings_by_unit(
                self.units_of(transcript), self.codings_of(coder, transcript), transcript.text
            )
        return self._by_unit[key]

    @cached_property
    def _by_unit(self) -> dict[tuple[str, str], dict[int, list[Coding]]]:
        """What was found of each coder and transcript: incidence, differences and more need it."""
        return {}

    @cached_property
    def incidence(self) -> Incidence:
        """Which units each coder gave each code; characters where those are counted."""
        if self.units.kind is AgreementUnit.CHARACTER:
            return find_incidence(self, by_character=True)
        return self.unit_incidence

    @cached_property
    def unit_incidence(self) -> Incidence:
        """The same of whole units, also where their characters are counted."""
        return find_incidence(self, by_character=False)


def _sort_codings(
    codings: Iterable[Coding], codebook: Codebook, coders: Sequence[str], names: Sequence[str]
) -> dict[str, dict[str, list[Coding]]]:
    """Return the codings that count, by coder and transcript, in order of position."""
    paths = set(codebook.paths)
    counting: dict[str, dict[str, list[Coding]]] = {c: {n: [] for n in names} for c in coders}
    for coding in codings:
        by_transcript = counting.get(coding.coder, {})
        # a withdrawn coding may have a code that the codebook lost since: skip it first
        if coding.withdrawn_at is not None or coding.transcript not in by_transcript:
            continue
        if coding.code not in paths:
            raise unknown_name(
                "code", coding.code, paths, Message("codebook '{name}'", name=codebook.name)
            )
        by_transcript[coding.transcript].append(coding)
    for by_transcript in counting.values():
        for of_transcript in by_transcript.values():
            # ids of disagreements and the order of passages must not depend on that of the store
            of_transcript.sort(key=lambda coding: (coding.span, coding.code, coding.id))
    return counting
