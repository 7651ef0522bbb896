"""Makes the page of a type: who, in words safe to print, what sets it apart, and its quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qualcode import quotes, themes
from qualcode.model import Case, Codebook, CodeCount, Coding, Quote, QuoteSection, Transcript
from qualcode.model.property_space import (
    CaseType,
    TypeAssignment,
    TypeContrast,
    TypePage,
    TypologyDesign,
    members,
)
from qualcode.quotes import Measures

_CODES, _CONTRASTS, _QUOTES = 8, 3, 4
_SHORTEST, _LONGEST = 8, 90


@dataclass(frozen=True, slots=True)
class Material:
    """What pages are made of.

    Attributes:
        codings: The codings of one layer.
        codebook: Their codebook.
        transcripts: The interviews.
        cases: The respondents, with attributes as they may be printed.
        sections: Their quotes by code, as they may be printed.
    """

    codings: tuple[Coding, ...]
    codebook: Codebook
    transcripts: tuple[Transcript, ...]
    cases: tuple[Case, ...]
    sections: tuple[QuoteSection, ...]


class TypePages:
    """Pages of the types of one typology.

    Args:
        design: The typology.
        assignments: Who is which.
        measures: What is held back.
        material: What is counted and quoted.
        for_print: Whether types of too few cases are withheld where nobody decided on them.
    """

    def __init__(
        self,
        design: TypologyDesign,
        assignments: Sequence[TypeAssignment],
        measures: Measures,
        material: Material,
        *,
        for_print: bool,
        threshold: int | None = None,
    ) -> None:
        self._threshold = threshold
        self._design, self._assignments, self._measures = design, assignments, measures
        self._material, self._for_print = material, for_print
        self._compared = {case.name for case in material.cases if design.group in {"", case.group}}

    def page(self, case_type: CaseType) -> TypePage:
        """Return the page of one type."""
        cases = members(self._assignments, case_type.name)
        informants = tuple(
            dict.fromkeys(
                a.case for a in self._assignments if a.type == case_type.name and a.describes
            )
        )
        is_small = 0 < len(cases) < self._measures.threshold
        risk = quotes.type_risk(case_type.name) if is_small else ""
        accepted = self._measures.confirmed.get(risk, "") if risk else ""
        if self._for_print and is_small and not accepted:
            described = self._quotes(informants, ())
            return TypePage(case_type, (), (), risk=risk, withheld=True, described=described)
        codes = self._apart(cases, self._compared) if cases else ()
        codes = self._printable(codes, is_accepted=bool(accepted))[:_CODES]
        if self._for_print and len(self._compared - {*cases}) < self._measures.threshold:
            # "0 of 1" of the others describes that one.
            codes = tuple(replace(code, outside=0, of_outside=0) for code in codes)
        paths = [count.code for count in codes if "/" in count.code]
        return TypePage(
            case_type,
            cases,
            informants,
            self._moves(case_type),
            self._about(cases),
            codes,
            self._quotes(cases, paths),
            self._quotes(informants, paths),
            self._contrasts(case_type, cases),
            risk,
            accepted,
        )

    @cached_property
    def _contrasting(self) -> themes.TypeContrasts:
        m = self._material
        return themes.TypeContrasts(m.codings, m.codebook, m.transcripts, m.cases)

    def _apart(self, cases: Collection[str], others: Collection[str]) -> tuple[CodeCount, ...]:
        return self._contrasting.set_apart(inside=cases, outside=others)

    def _printable(
        self, codes: tuple[CodeCount, ...], *, is_accepted: bool
    ) -> tuple[CodeCount, ...]:
        """Return the codes without small counts, unless somebody decided that they are printed."""
        smallest = self._threshold
        if smallest is None or (is_accepted and not self._measures.hide_counts):
            return codes
        return tuple(c for c in codes if c.inside >= smallest and not 0 < c.outside < smallest)

    def _contrasts(self, case_type: CaseType, cases: Collection[str]) -> tuple[TypeContrast, ...]:
        contrasts = []
        for other_type in self._design.types:
            theirs = {*members(self._assignments, other_type.name)} - {*cases}
            # What few people of another type say would be told here, past their own page.
            if other_type == case_type or not theirs or not cases or self._is_withheld(other_type):
                continue
            is_accepted = all(map(self._is_accepted, (case_type, other_type)))
            counts = self._printable(self._apart(cases, theirs), is_accepted=is_accepted)
            codes = [c for c in counts if "/" in c.code]
            contrasts.append(TypeContrast(other_type.name, tuple(codes[:_CONTRASTS])))
        return tuple(contrasts)

    def _is_withheld(self, case_type: CaseType) -> bool:
        count = len(members(self._assignments, case_type.name))
        is_small = count < self._measures.threshold
        return self._for_print and is_small and not self._is_accepted(case_type)

    def _is_accepted(self, case_type: CaseType) -> bool:
        return quotes.type_risk(case_type.name) in self._measures.confirmed

    def _moves(self, case_type: CaseType) -> tuple[tuple[str, str, str], ...]:
        """Return the cases that are a type in some waves, and of other types in others."""
        waves: dict[str, dict[str, set[str]]] = {}
        for a in self._assignments:
            if a.wave and not a.describes:
                waves.setdefault(a.case, {}).setdefault(a.wave, set()).add(a.type)
        withheld = {t.name for t in self._design.types if self._is_withheld(t)}
        cases = {
            case
            for case, types in waves.items()
            if any(case_type.name in names for names in types.values())
            and not all(case_type.name in names for names in types.values())
            # Where such a case goes to would name who is of a type that is left out.
            and not withheld & {name for names in types.values() for name in names}
        }
        return tuple(
            (a.case, a.wave, a.type)
            for a in sorted(self._assignments, key=lambda a: (a.case, a.wave))
            if a.case in cases and a.wave and not a.describes
        )

    def _about(self, cases: Collection[str]) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        """Return the attributes of the cases of a type, with how many have each value."""
        chosen = [case for case in self._material.cases if case.name in cases]
        names = dict.fromkeys(name for case in chosen for name in case.attributes)
        about = []
        for name in names:
            values = Counter(v for case in chosen if (v := case.attributes.get(name, "")))
            if self._for_print and any(n < self._measures.threshold for n in values.values()):
                # A value of one person, next to those of the others, describes that person.
                values = Counter({v: n for v, n in values.items() if n >= self._measures.threshold})
            if values and name != "group":
                about.append((name, tuple(values.most_common())))
        return tuple(about)

    def _quotes(self, cases: Collection[str], paths: Sequence[str]) -> tuple[Quote, ...]:
        """Return quotes of some cases: chosen ones first, and no case twice before its turn."""
        rank = {path: place for place, path in enumerate(paths)}
        candidates = [
            quote
            for section in self._material.sections
            for quote in section.quotes
            if quote.case in cases
            and (quote.code in rank or not rank)
            # A quote that somebody chose is printed whatever its length; others must be readable
            # alone.
            and (quote.chosen or _SHORTEST <= len(quote.text.split()) <= _LONGEST)
        ]
        candidates.sort(key=lambda q: (not q.chosen, rank.get(q.code, 0), q.transcript, q.span))
        picked: list[Quote] = []
        turns: Counter[str] = Counter()
        while candidates and len(picked) < _QUOTES:
            fewest = min(turns[quote.case] for quote in candidates)
            quote = next(q for q in candidates if turns[q.case] == fewest)
            picked.append(quote)
            turns[quote.case] += 1
            # The same words with another code are one quote.
            candidates = [q for q in candidates if q.text != quote.text and q.code != quote.code]
        return tuple(picked)
