"""What coders disagree on, unit by unit.

Within a unit, a code of only one of two coders is paired with a code that only the other gave
to an overlapping passage ("other code", siblings first); what finds no pair was missed by the
other. The same code over other words is a boundary difference; white space and punctuation
do not count. Codings outside the units (interviewers' words) are in no list.

In a team of three or more each code of a unit is a question of its own: did all give it, and
to the same words? Its two sides are groups of coders.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from qualcode.agreement.contingency import Floats, cohen, nominal
from qualcode.agreement.extent import covered, words_apart
from qualcode.agreement.presence import Presence, find_presence, tables
from qualcode.agreement.team import fleiss_by_code
from qualcode.agreement.units import (
    Finished,
    Unit,
    codings_by_unit,
    gather,
)
from qualcode.model import (
    Codebook,
    Coding,
    Disagreement,
    DisagreementKind,
    Segment,
    Span,
    Transcript,
)
from qualcode.model.codebook import theme_path


def collect_disagreements(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: Sequence[str],
    finished: Finished | None = None,
    segments: Sequence[Segment] | None = None,
) -> tuple[Disagreement, ...]:
    """Return every difference between coders, worst code first, then by position.

    The worst code has the lowest kappa (of more than two coders: Fleiss' kappa); codes without
    one come last. Transcripts that fewer than two of them coded are left out, as in
    ``compare_coders`` and ``compare_team``.

    Raises:
        UndefinedRequestError: fewer than two coders, or the same coder twice.
        UnknownNameError: a coding with a code that the codebook lacks.
    """
    material = gather(
        transcripts, codings, codebook, coders, finished=finished, segments=segments, least=2
    )
    found: list[Disagreement] = []
    for transcript in material.transcripts:
        there = tuple(coder for coder in coders if transcript.name in material.coded[coder])
        in_unit = _in_unit if len(coders) == 2 else _in_team
        units = material.units[transcript.name]
        by_unit = [
            codings_by_unit(units, material.codings[coder][transcript.name], transcript.text)
            for coder in there
        ]
        for number, unit in enumerate(units):
            made = [_by_code(own.get(number, ())) for own in by_unit]
            found.extend(in_unit(transcript, unit, made, there))
    presence = find_presence(material, codes=codebook.paths)
    kappas = _kappas(presence, coders)
    kappas = np.nan_to_num(kappas, nan=np.inf)
    rank = {codebook.paths[i]: n for n, i in enumerate(np.argsort(kappas, kind="stable"))}
    order = {transcript.name: number for number, transcript in enumerate(transcripts)}
    return tuple(
        sorted(found, key=lambda d: (rank[d.code], order[d.transcript], d.unit, d.kind, d.id))
    )


def _kappas(presence: Presence, coders: Sequence[str]) -> Floats:
    if len(coders) == 2:
        return cohen(tables(presence, (coders[0], coders[1])).sum(0), nominal(2))
    return fleiss_by_code(presence, coders)


def _by_code(codings: Iterable[Coding]) -> dict[str, list[Coding]]:
    found: dict[str, list[Coding]] = {}
    for coding in codings:
        found.setdefault(coding.code, []).append(coding)
    return found


def _in_unit(
    transcript: Transcript,
    unit: Unit,
    made: Sequence[dict[str, list[Coding]]],
    coders: Sequence[str],
) -> Iterator[Disagreement]:
    one, two = made

    def disagreement(kind: DisagreementKind, a: str, b: str, words: int = 0) -> Disagreement:
        code = a or b
        return Disagreement(
            _identity(transcript.name, unit.span, a, b, coders),
            transcript.name,
            unit.span,
            code,
            coders[0],
            coders[1],
            kind,
            tuple(one.get(a, ())),
            tuple(two.get(b, ())),
            words,
            same_theme=bool(a and b and a != b and theme_path(a) == theme_path(b)),
            other_code=b if a and b and a != b else "",
            coders_a=(coders[0],),
            coders_b=(coders[1],),
        )

    for code in one:
        if code in two:
            words = len(words_apart(transcript.text, one[code], two[code], unit.parts))
            if words:
                yield disagreement(DisagreementKind.BOUNDARY, code, code, words)
    only_a = [code for code in one if code not in two]
    only_b = [code for code in two if code not in one]
    for a, b in _paired(
        {a: one[a] for a in only_a}, {b: two[b] for b in only_b}, unit, transcript.text
    ):
        only_a.remove(a)
        only_b.remove(b)
        yield disagreement(DisagreementKind.OTHER_CODE, a, b)
    for a in only_a:
        yield disagreement(DisagreementKind.MISSED, a, "")
    for b in only_b:
        yield disagreement(DisagreementKind.MISSED, "", b)


def _paired(
    one: dict[str, list[Coding]], two: dict[str, list[Coding]], unit: Unit, text: str
) -> list[tuple[str, str]]:
    """Return codes of A and B on overlapping passages: siblings, then most words shared."""
    offers = []
    for a, b in product(one, two):
        shared = covered(one[a], unit.parts) & covered(two[b], unit.parts)
        size = sum(not text[position].isspace() for position in shared)
        if size:
            offers.append((theme_path(a) != theme_path(b), -size, a, b))
    chosen: list[tuple[str, str]] = []
    for _, _, a, b in sorted(offers):
        if all(a != x and b != y for x, y in chosen):
            chosen.append((a, b))
    return chosen


def _identity(transcript: str, unit: Span, a: str, b: str, coders: Sequence[str]) -> str:
    key = "\n".join((transcript, f"{unit.start}-{unit.end}", a, b, *coders))
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _in_team(
    transcript: Transcript,
    unit: Unit,
    made: Sequence[dict[str, list[Coding]]],
    coders: Sequence[str],
) -> Iterator[Disagreement]:
    own = dict(zip(coders, made, strict=True))
    for code in dict.fromkeys(code for side in made for code in side):
        gave = tuple(coder for coder in coders if code in own[coder])
        others = tuple(coder for coder in coders if code not in own[coder])
        kind, words = DisagreementKind.MISSED, 0
        if not others:
            kind = DisagreementKind.BOUNDARY
            gave, others, words = _versions(transcript.text, unit, own, code)
        if not others:
            continue
        sides = ", ".join(gave), ", ".join(others)
        yield Disagreement(
            # the same whatever the order of the coders
            _identity(transcript.name, unit.span, code, "", [*sorted(gave), "", *sorted(others)]),
            transcript.name,
            unit.span,
            code,
            *sides,
            kind,
            tuple(coding for coder in gave for coding in own[coder][code]),
            tuple(coding for coder in others for coding in own[coder].get(code, ())),
            words,
            coders_a=gave,
            coders_b=others,
        )


def _versions(
    text: str, unit: Unit, own: Mapping[str, Mapping[str, list[Coding]]], code: str
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Return who share the commonest passage, who have another, and by how many words."""
    groups: list[list[str]] = []
    for coder in own:
        for group in groups:
            if not words_apart(text, own[group[0]][code], own[coder][code], unit.parts):
                group.append(coder)
                break
        else:
            groups.append([coder])
    common = max(groups, key=len)
    first = own[common[0]][code]
    words = [len(words_apart(text, first, own[group[0]][code], unit.parts)) for group in groups]
    others = tuple(coder for coder in own if coder not in common)
    return tuple(common), others, max(words)
