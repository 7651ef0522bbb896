"""What people decided to print less of, and which risks they accepted, applied to quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from qualcode.model import GROUP_LABELS, Case, FrozenMap, LocalText, QuoteSection
from qualcode.quotes.attribution import AttributionPattern
from qualcode.quotes.disclosure import THRESHOLD, Risk


@dataclass(frozen=True, slots=True)
class Measures:
    """What is printed less, and why the rest is printed.

    Attributes:
        threshold: Fewest cases that must share what is printed of them.
        left_out: Ids of codings that are not quoted.
        suppressed: Case and attribute that are not printed together.
        wider: Wider values by attribute and value: ``("region", "Zuid")`` to ``"buiten"``.
        confirmed: Why a risk is accepted, by its id.
    """

    threshold: int = THRESHOLD
    left_out: frozenset[str] = frozenset()
    suppressed: frozenset[tuple[str, str]] = frozenset()
    wider: FrozenMap[tuple[str, str], str] = field(default_factory=FrozenMap)
    confirmed: FrozenMap[str, str] = field(default_factory=FrozenMap)

    @property
    def change_print(self) -> bool:
        """Whether they change what is printed."""
        return bool(self.left_out or self.suppressed or self.wider)

    def of_case(self, name: str, attributes: Mapping[str, str]) -> FrozenMap[str, str]:
        """Return the attributes of a case as they are printed."""
        return FrozenMap(
            {
                key: self.wider.get((key, value), value)
                for key, value in attributes.items()
                if (name, key) not in self.suppressed
            }
        )

    def of_cases(self, cases: Iterable[Case]) -> tuple[Case, ...]:
        """Return the cases as they are printed."""
        return tuple(replace(c, attributes=self.of_case(c.name, c.attributes)) for c in cases)

    def with_reasons(self, risks: Iterable[Risk]) -> tuple[Risk, ...]:
        """Return the risks with the reasons for which they were accepted."""
        return tuple(replace(risk, confirmed=self.confirmed.get(risk.id, "")) for risk in risks)


def apply_measures(
    sections: Iterable[QuoteSection],
    measures: Measures,
    *,
    attribution: str,
    group_labels: Mapping[str, LocalText] = GROUP_LABELS,
    language: str = "nl",
) -> tuple[QuoteSection, ...]:
    """Return quotes as they are printed: some left out, attributes wider or not there.

    Args:
        sections: From ``collect_quotes``.
        measures: What to print less.
        attribution: Pattern of the line below a quote.
        group_labels: What one member of a group is called.
        language: Language of the attribution.
    """
    pattern = AttributionPattern.parse(attribution)
    printed = []
    for section in sections:
        quotes = []
        for quote in section.quotes:
            if quote.coding in measures.left_out:
                continue
            kept = measures.of_case(quote.case, quote.attributes)
            if kept != quote.attributes:
                new = replace(quote, attributes=kept, group=kept.get("group", ""))
                line = pattern.fill(new, group_labels, language)
                quote = replace(new, attribution=line)  # noqa: PLW2901 - the same quote
            quotes.append(quote)
        if quotes:
            printed.append(replace(section, quotes=tuple(quotes)))
    return tuple(printed)
