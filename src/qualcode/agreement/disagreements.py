"""What coders disagree on, unit by unit.

Within a unit, a code of only one of two coders is paired with a code that only the other gave
to an overlapping passage ("other code", siblings first); a code that finds no pair was missed
by the other. The same code over other words is a boundary difference; white space and
punctuation do not count. Codings outside the units (interviewers' words) are in no list.

In a team of three or more each code of a unit is a question of its own: did all give it, and
to the same words? Its two sides are groups of coders.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from qualcode.agreement.coefficients import COEFFICIENTS
from qualcode.agreement.covered_words import covered_positions, differing_words
from qualcode.agreement.report_columns import code_sums
from qualcode.agreement.resampling import value_of_all
from qualcode.agreement.study import CodingStudy
from qualcode.agreement.units import Unit
from qualcode.model import Coding, Disagreement, DisagreementKind, Span, Transcript
from qualcode.model.codebook import theme_path

ByCode = Mapping[str, Sequence[Coding]]


def collect_disagreements(study: CodingStudy) -> tuple[Disagreement, ...]:
    """Return every difference between coders, worst code first, then by position.

    The worst code has the lowest kappa (of more than two coders: Fleiss' kappa); codes without
    one come last. Differences are of whole units, also where their characters are counted.
    """
    in_unit = _in_unit_of_pair if study.is_pair else _in_unit_of_team
    disagreements: list[Disagreement] = []
    for transcript in study.transcripts:
        coders = study.coders_of(transcript)
        by_unit = [study.codings_by_unit(coder, transcript) for coder in coders]
        for number, unit in enumerate(study.units_of(transcript)):
            by_code = [_group_by_code(numbers.get(number, ())) for numbers in by_unit]
            disagreements.extend(in_unit(transcript, unit, by_code, coders))
    rank = _rank_codes(study)
    order = {transcript.name: number for number, transcript in enumerate(study.transcripts)}
    return tuple(
        sorted(
            disagreements,
            key=lambda d: (rank[d.code], order[d.transcript], d.unit, d.kind, d.id),
        )
    )


def _rank_codes(study: CodingStudy) -> dict[str, int]:
    """Return the place of each code, the lowest kappa first."""
    sums = code_sums(study.unit_incidence, of_pair=study.is_pair)
    entry = COEFFICIENTS["cohen_kappa" if study.is_pair else "fleiss_kappa"]
    printed = entry.pair if study.is_pair else entry.team
    assert printed is not None
    # a code without kappa goes last, not first
    kappas = np.nan_to_num(value_of_all(sums, printed.value), nan=np.inf)
    return {study.codes[i]: rank for rank, i in enumerate(np.argsort(kappas, kind="stable"))}


def _group_by_code(codings: Iterable[Coding]) -> dict[str, list[Coding]]:
    by_code: dict[str, list[Coding]] = {}
    for coding in codings:
        by_code.setdefault(coding.code, []).append(coding)
    return by_code


def _disagreement_id(
    transcript: str, unit: Span, code_a: str, code_b: str, coders: Sequence[str]
) -> str:
    """Return an id that is the same for the same codings: decisions are stored under it.

    It does not depend on the order of the coders: of two coders the first name comes first here.
    """
    key = "\n".join((transcript, f"{unit.start}-{unit.end}", code_a, code_b, *coders))
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _id_of_pair(
    transcript: str, unit: Span, codes: Sequence[str], coders: Sequence[str], *, swapped: bool
) -> str:
    sides = sorted(zip(coders, codes, strict=True), reverse=swapped)
    code_a, code_b = (code for _, code in sides)
    return _disagreement_id(transcript, unit, code_a, code_b, [coder for coder, _ in sides])


def swapped_id(disagreement: Disagreement) -> str:
    """Return the id of a disagreement with its sides swapped: older versions stored some so."""
    if is_of_pair(disagreement):
        return _pair_id(disagreement, swapped=True)
    identity = [*sorted(disagreement.coders_b), "", *sorted(disagreement.coders_a)]
    place = disagreement.transcript, disagreement.unit
    return _disagreement_id(*place, disagreement.code, "", identity)


def is_of_pair(disagreement: Disagreement) -> bool:
    """Tell whether two coders were compared; in a team two sides can have one coder each too."""
    one_each = len(disagreement.coders_a) == len(disagreement.coders_b) == 1
    return one_each and disagreement.id == _pair_id(disagreement, swapped=False)


def _pair_id(disagreement: Disagreement, *, swapped: bool) -> str:
    code_a = disagreement.code if disagreement.codings_a else ""
    code_b = (disagreement.other_code or disagreement.code) if disagreement.codings_b else ""
    coders = (*disagreement.coders_a, *disagreement.coders_b)
    place = disagreement.transcript, disagreement.unit
    return _id_of_pair(*place, (code_a, code_b), coders, swapped=swapped)


# --- two coders -------------------------------------------------------------------------------


def _in_unit_of_pair(
    transcript: Transcript, unit: Unit, by_code: Sequence[ByCode], coders: Sequence[str]
) -> Iterator[Disagreement]:
    codes_a, codes_b = by_code

    def disagreement(kind: DisagreementKind, a: str, b: str, words: int = 0) -> Disagreement:
        return Disagreement(
            _id_of_pair(transcript.name, unit.span, (a, b), coders, swapped=False),
            transcript.name,
            unit.span,
            a or b,
            coders[0],
            coders[1],
            kind,
            tuple(codes_a.get(a, ())),
            tuple(codes_b.get(b, ())),
            words,
            same_theme=bool(a and b and a != b and theme_path(a) == theme_path(b)),
            other_code=b if a and b and a != b else "",
            coders_a=(coders[0],),
            coders_b=(coders[1],),
        )

    for code in codes_a:
        if code in codes_b:
            words = len(differing_words(transcript.text, codes_a[code], codes_b[code], unit.parts))
            if words:
                yield disagreement(DisagreementKind.BOUNDARY, code, code, words)
    only_a = {code: codings for code, codings in codes_a.items() if code not in codes_b}
    only_b = {code: codings for code, codings in codes_b.items() if code not in codes_a}
    pairs = _pair_codes(only_a, only_b, unit, transcript.text)
    for a, b in pairs:
        yield disagreement(DisagreementKind.OTHER_CODE, a, b)
    paired = {code for pair in pairs for code in pair}
    for a in only_a:
        if a not in paired:
            yield disagreement(DisagreementKind.MISSED, a, "")
    for b in only_b:
        if b not in paired:
            yield disagreement(DisagreementKind.MISSED, "", b)


def _pair_codes(only_a: ByCode, only_b: ByCode, unit: Unit, text: str) -> list[tuple[str, str]]:
    """Return codes of A and B on overlapping passages: siblings, then most words shared."""
    candidates = []
    for a, b in product(only_a, only_b):
        positions_a = covered_positions(only_a[a], unit.parts)
        shared = positions_a & covered_positions(only_b[b], unit.parts)
        size = sum(not text[position].isspace() for position in shared)
        if size:
            # the paths come last: pairs that are equally good must always come in one order
            candidates.append((theme_path(a) != theme_path(b), -size, a, b))
    chosen: list[tuple[str, str]] = []
    # greedy: the best pair first; an optimal assignment would be harder to explain to coders
    for _, _, a, b in sorted(candidates):
        if all(a != chosen_a and b != chosen_b for chosen_a, chosen_b in chosen):
            chosen.append((a, b))
    return chosen


# --- three coders or more ---------------------------------------------------------------------


def _in_unit_of_team(
    transcript: Transcript, unit: Unit, by_code: Sequence[ByCode], coders: Sequence[str]
) -> Iterator[Disagreement]:
    by_coder = dict(zip(coders, by_code, strict=True))
    for code in dict.fromkeys(code for side in by_code for code in side):
        # "other code" would need a pairing of three or more: each code is a question of its own
        side_a = tuple(coder for coder in coders if code in by_coder[coder])
        side_b = tuple(coder for coder in coders if code not in by_coder[coder])
        kind, words = DisagreementKind.MISSED, 0
        if not side_b:
            kind = DisagreementKind.BOUNDARY
            side_a, side_b, words = _split_by_passage(transcript.text, unit, by_coder, code)
        if not side_b:
            continue
        # sorted: the id is the same whatever the order of the coders
        identity = [*sorted(side_a), "", *sorted(side_b)]
        yield Disagreement(
            _disagreement_id(transcript.name, unit.span, code, "", identity),
            transcript.name,
            unit.span,
            code,
            ", ".join(side_a),
            ", ".join(side_b),
            kind,
            tuple(coding for coder in side_a for coding in by_coder[coder][code]),
            tuple(coding for coder in side_b for coding in by_coder[coder].get(code, ())),
            words,
            coders_a=side_a,
            coders_b=side_b,
        )


def _split_by_passage(
    text: str, unit: Unit, by_coder: Mapping[str, ByCode], code: str
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Return who share the commonest passage, who have another, and by how many words."""

    def differing(coder_a: str, coder_b: str) -> int:
        codings_a, codings_b = by_coder[coder_a][code], by_coder[coder_b][code]
        return len(differing_words(text, codings_a, codings_b, unit.parts))

    groups: list[list[str]] = []
    for coder in by_coder:
        group = next((group for group in groups if not differing(group[0], coder)), None)
        if group is None:
            groups.append([coder])
        else:
            group.append(coder)
    # of equally large groups the first coder's counts as the commonest
    commonest = max(groups, key=len)
    words = max(differing(commonest[0], group[0]) for group in groups)
    other_coders = tuple(coder for coder in by_coder if coder not in commonest)
    return tuple(commonest), other_coders, words
