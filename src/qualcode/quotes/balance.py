"""Weighs the chosen quotes: who is quoted too often, who never, and what to take instead.

A participant is quoted too often with more than twice an equal share, and at least three quotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.model import Case, Quote, QuoteSection
from qualcode.model.quote_balance import OneSidedCode, QuoteBalance, QuoteShare, QuoteSwap

_TIMES, _FEWEST = 2.0, 3
_SHORTEST, _LONGEST, _ENOUGH_LETTERS = 5, 90, 12
_MOST_SWAPS = 12
_NO_LETTERS = re.compile(r"[^\w]+")


def weigh_quotes(sections: Sequence[QuoteSection], cases: Sequence[Case]) -> QuoteBalance:
    """Return the balance of the chosen quotes.

    Args:
        sections: All quotes by code, chosen and not.
        cases: The respondents who could be quoted.
    """
    quotes = [quote for section in sections for quote in section.quotes]
    chosen = [quote for quote in quotes if quote.chosen]
    # One passage with two codes is printed twice, and counts twice.
    persons = Counter(name for quote in chosen for name in _persons_of(quote))
    names = dict.fromkeys([*(case.name for case in cases), *persons])
    participants = _shares(persons, dict.fromkeys(names, 1), len(chosen))
    sizes = Counter(case.group for case in cases if case.group)
    voices = (name for quote in chosen for name in _groups_of(quote))
    groups = _shares(Counter(name for name in voices if name or not sizes), sizes, len(chosen))
    return QuoteBalance(
        len(chosen),
        participants,
        groups,
        _theme_shares(sections, chosen),
        tuple(_one_sided(sections)),
        _repeated(chosen),
        tuple(_swaps(sections, participants, len(chosen))),
    )


def _shares(
    counts: Mapping[str, int], weights: Mapping[str, int], total: int
) -> tuple[QuoteShare, ...]:
    whole = sum(weights.values())
    # In a dialogue several are quoted at once, so that the shares come to more than one.
    voices = sum(counts.values()) / total if total else 1.0
    shares = []
    for name in dict.fromkeys([*weights, *counts]):
        count = counts.get(name, 0)
        share = count / total if total else 0.0
        expected = min(voices * weights.get(name, 0) / whole, 1.0) if whole else None
        # where there is only one participant, all quotes are of that one
        too_many = len(weights) > 1 and count >= _FEWEST and share > _highest_share(expected)
        shares.append(QuoteShare(name, count, share, expected, too_many))
    return tuple(sorted(shares, key=lambda share: -share.quotes))


def _highest_share(expected: float | None) -> float:
    # With two participants nobody can have more than twice an equal share.
    return min(_TIMES * expected, (1 + expected) / 2) if expected else 1.0


def _theme_shares(
    sections: Sequence[QuoteSection], chosen: Sequence[Quote]
) -> tuple[QuoteShare, ...]:
    counts = Counter(quote.theme for quote in chosen)
    return tuple(
        QuoteShare(theme, counts[theme], counts[theme] / len(chosen) if chosen else 0.0)
        for theme in dict.fromkeys(section.theme for section in sections)
    )


def _one_sided(sections: Iterable[QuoteSection]) -> Iterable[OneSidedCode]:
    for section in sections:
        chosen = [quote for quote in section.quotes if quote.chosen]
        if not chosen:
            continue
        for is_group in (True, False):
            names_of = _groups_of if is_group else _persons_of
            quoted = dict.fromkeys(name for q in chosen for name in names_of(q))
            everybody = dict.fromkeys(name for q in section.quotes for name in names_of(q))
            missing = tuple(name for name in everybody if name and name not in quoted)
            # Two quotes of one person are one voice; a single quote is no matter of persons.
            is_alone = len(quoted) == 1 and (is_group or len(chosen) > 1)
            if is_alone and missing and next(iter(quoted)):
                yield OneSidedCode(
                    section.code, section.code_label, next(iter(quoted)), missing, is_group
                )
                break


def _repeated(chosen: Sequence[Quote]) -> tuple[tuple[Quote, ...], ...]:
    """Return quotes that print the same words: the same, or one within the other."""
    texts = [_NO_LETTERS.sub(" ", quote.text.casefold()).strip() for quote in chosen]
    groups: list[list[int]] = []
    for place, text in enumerate(texts):
        for group in groups:
            other = texts[group[0]]
            shorter, longer = sorted((text, other), key=len)
            # "ja" stands in many quotes.
            if len(shorter) >= _ENOUGH_LETTERS and f" {shorter} " in f" {longer} ":
                group.append(place)
                break
        else:
            groups.append([place])
    return tuple(tuple(chosen[i] for i in group) for group in groups if len(group) > 1)


@dataclass(frozen=True, slots=True)
class _Offer:
    """A swap that could be proposed: two quotes with one code."""

    out: Quote
    into: Quote

    def rank(self, counts: Mapping[str, int], excess: Mapping[str, float]) -> tuple[float, ...]:
        """Return what sorts the most useful swap first."""
        lengths = len(self.out.text.split()), len(self.into.text.split())
        return (
            -max(excess.get(name, 0.0) for name in _persons_of(self.out)),
            max(counts.get(name, 0) for name in _persons_of(self.into)),
            abs(lengths[0] - lengths[1]),
        )


def _swaps(
    sections: Iterable[QuoteSection], participants: Sequence[QuoteShare], total: int
) -> Iterable[QuoteSwap]:
    """Yield swaps within a code until nobody is quoted too often, the most useful first.

    Args:
        sections: All quotes by code, chosen and not.
        participants: How often each is quoted now.
        total: Number of chosen quotes, which a swap does not change.
    """
    counts = Counter({share.name: share.quotes for share in participants})
    limits = {share.name: _limit(share, total) for share in participants}
    too_often = {share.name for share in participants if share.too_many}
    offers = list(_offers(sections, too_often))
    for _ in range(_MOST_SWAPS):
        excess = {name: counts[name] - limits[name] for name in sorted(too_often)}
        # Nobody may come to be quoted too often by a swap.
        fitting = [
            offer
            for offer in offers
            if any(excess.get(name, 0) > 0 for name in _persons_of(offer.out))
            and all(counts[n] < limits.get(n, total) for n in _persons_of(offer.into))
        ]
        if not fitting:
            return
        swap = min(fitting, key=lambda offer, e=excess: offer.rank(counts, e))  # type: ignore[misc]
        for name in _persons_of(swap.out):
            counts[name] -= 1
        for name in _persons_of(swap.into):
            counts[name] += 1
        offers = [
            offer
            for offer in offers
            if offer.out is not swap.out
            and offer.into.coding != swap.into.coding
            # other people may say the same words, which would be printed twice
            and offer.into.text != swap.into.text
        ]
        yield QuoteSwap(swap.out, swap.into)


def _limit(share: QuoteShare, total: int) -> float:
    """Return the number of quotes from which one more is too often."""
    return max(_highest_share(share.expected) * total, _FEWEST - 1)


def _offers(sections: Iterable[QuoteSection], too_often: set[str]) -> Iterable[_Offer]:
    sections = tuple(sections)
    printed = {quote.text for section in sections for quote in section.quotes if quote.chosen}
    for section in sections:
        other_quotes = [
            q for q in section.quotes if not q.chosen and _is_fit(q, too_often, printed)
        ]
        for quote in section.quotes:
            if quote.chosen and too_often & {*_persons_of(quote)}:
                yield from (_Offer(quote, into) for into in other_quotes)


def _is_fit(quote: Quote, too_often: set[str], printed: set[str]) -> bool:
    """Tell whether a quote may take the place of one of somebody who is quoted too often."""
    return (
        bool(quote.case)
        and not too_often & {*_persons_of(quote)}
        and quote.text not in printed
        and _SHORTEST <= len(quote.text.split()) <= _LONGEST
    )


def _persons_of(quote: Quote) -> tuple[str, ...]:
    """Return who says a quote, each by name; several in a dialogue, ``""`` for nobody known."""
    return quote.cases or (quote.case,)


def _groups_of(quote: Quote) -> tuple[str, ...]:
    return quote.groups or (quote.group,)
