"""Holds back attributes that fit too few cases: below quotes, in tables of cases, as headings.

A value of any attribute may not be rare by itself (``rare_values``). Of the telling attributes that
are printed together, those before stay as long as enough cases share them (local suppression;
Willenborg and de Waal 2001, Elements of Statistical Disclosure Control, ch. 6).
What was accepted with a reason is printed whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from qualcode.model import (
    Case,
    Cell,
    CrossTable,
    FrozenMap,
    Passage,
    Quote,
    QuoteSection,
    ThemeSummary,
    Transcript,
)
from qualcode.quotes.attribution import PLACES, AttributionLine
from qualcode.quotes.disclosure import (
    attribution_id,
    combination_risk_of,
    split_by_moment,
    telling_fields,
)
from qualcode.quotes.disclosure_decisions import Measures
from qualcode.quotes.rare_values import RareValues


class AttributeGuard:
    """Which attributes may be printed together.

    Args:
        cases: All cases that are printed of, with attributes as they may be printed.
        measures: How many cases must share what is printed, and which risks were accepted.
        rare: Values that are rare by themselves; those of ``cases`` by default.
    """

    def __init__(
        self, cases: Sequence[Case], measures: Measures, rare: RareValues | None = None
    ) -> None:
        self._cases = {case.name: case for case in cases}
        self._moments = split_by_moment(cases)
        self._names = {name for moment in self._moments for name in moment.attributes}
        self._measures = measures
        self._rare = RareValues(cases, measures) if rare is None else rare
        self._held: set[str] = set()
        self._printable: dict[tuple[tuple[str, str], ...], frozenset[str]] = {}
        self._accepted: dict[tuple[str, FrozenMap[str, str]], bool] = {}

    @property
    def held_back(self) -> tuple[str, ...]:
        """The attributes that were held back so far, for somebody at least."""
        return tuple(sorted(self._held))

    # --- lines below quotes ------------------------------------------------------------------

    def shorten_line(self, line: str) -> str:
        """Return the line below a quote without the fields that point at too few cases."""
        # A line that somebody wrote by hand says what its author decided to print.
        if not isinstance(line, AttributionLine):
            return line
        fields = [name for name in line.pattern.fields if name not in PLACES]
        values = [line.values.get(name, "") for name in fields]
        if attribution_id(values) in self._measures.confirmed:
            return line
        printable = self._find_printable(line.values, fields)
        self._held |= {name for name in fields if name not in printable}
        return line.keep_fields({*printable, *PLACES})

    def hide_in_quote(self, quote: Quote) -> Quote:
        """Return a quote with the attributes that may be printed together."""
        hidden = self._find_hidden(quote.cases, quote.transcript, quote.attributes)
        attributes = {k: v for k, v in quote.attributes.items() if k not in hidden}
        return replace(
            quote,
            attribution=self.shorten_line(quote.attribution),
            attributes=FrozenMap(attributes),
            group="" if "group" in hidden else quote.group,
            groups=tuple(filter(self._is_printable_group, quote.groups)),
        )

    def hide_in_sections(self, sections: Iterable[QuoteSection]) -> tuple[QuoteSection, ...]:
        """Return quotes by code with the attributes that may be printed together."""
        return tuple(
            replace(section, quotes=tuple(map(self.hide_in_quote, section.quotes)))
            for section in sections
        )

    def hide_in_passage(self, passage: Passage) -> Passage:
        """Return a passage with the attributes that may be printed together."""
        is_one = any(m.attributes.get("group", "") == passage.group for m in self._moments)
        # The name of one group may hold the comma that stands between two.
        names = (passage.group,) if is_one else passage.group.split(", ")
        groups = filter(self._is_printable_group, names)
        line = self.shorten_line(passage.attribution)
        return replace(passage, attribution=line, group=", ".join(groups))

    def hide_in_theme(self, theme: ThemeSummary) -> ThemeSummary:
        """Return the summary of a theme with the attributes that may be printed together."""
        return replace(
            theme,
            representative=tuple(map(self.hide_in_passage, theme.representative)),
            codes=tuple(
                replace(
                    code,
                    representative=tuple(map(self.hide_in_passage, code.representative)),
                    deviant=tuple(map(self.hide_in_passage, code.deviant)),
                )
                for code in theme.codes
            ),
            deviant_cases=tuple(
                case if self._is_printable_group(case.group) else replace(case, group="")
                for case in theme.deviant_cases
            ),
        )

    def _is_printable_group(self, group: str) -> bool:
        values = {"group": group}
        return bool(self._find_printable(values, ("group",))) or not group

    # --- cases -------------------------------------------------------------------------------

    def hide_in_cases(self) -> tuple[Case, ...]:
        """Return the cases; an attribute that points at too few of them has no value."""
        return tuple(map(self._hide_in_case, self._cases.values()))

    def hide_in_table(self, table: CrossTable) -> CrossTable:
        """Return the table of the attributes of each case without the values that are held back."""
        rows = []
        for name, cells in zip(table.rows, table.cells, strict=True):
            hidden = self._hidden_of(self._cases[name]) if name in self._cases else frozenset()
            rows.append(
                tuple(
                    Cell(None) if column in hidden else cell
                    for column, cell in zip(table.columns, cells, strict=True)
                )
            )
        return replace(table, cells=tuple(rows))

    def hide_in_transcripts(self, transcripts: Iterable[Transcript]) -> tuple[Transcript, ...]:
        """Return interviews; an attribute that points at too few cases has no value."""
        printed = []
        for transcript in transcripts:
            hidden = self._find_hidden_alone(transcript.attributes)
            self._held |= hidden
            attributes = _emptied(transcript.attributes, hidden)
            printed.append(replace(transcript, attributes=attributes) if hidden else transcript)
        return tuple(printed)

    # --- headings ----------------------------------------------------------------------------

    def is_heading(self, name: str, value: str) -> bool:
        """Tell whether a value of an attribute may be printed as the heading of a table."""
        if self._rare.is_left_out(name):
            return False
        if not self._rare.is_held(name, value):
            return True
        # Attributes together were decided on by case: each decision prints all their values.
        holders = self._rare.find_holders(name, value)
        return not self._rare.is_alone(name) and all(
            self._is_accepted(moment.name, "", moment.attributes)
            for moment in self._moments
            if moment.name in holders
        )

    # --- one case ----------------------------------------------------------------------------

    def _hide_in_case(self, case: Case) -> Case:
        hidden = self._hidden_of(case)
        if not hidden:
            return case
        return replace(
            case,
            attributes=_emptied(case.attributes, hidden),
            participations=tuple(
                replace(part, attributes=_emptied(part.attributes, hidden))
                for part in case.participations
            ),
        )

    def _hidden_of(self, case: Case) -> frozenset[str]:
        # What is printed of one moment stands next to what is printed of the others.
        moments = (self._find_hidden((m.name,), "", m.attributes) for m in split_by_moment([case]))
        alone = self._rare.find_held(case.name)
        self._held |= alone
        return alone.union(*moments)

    def _find_hidden(
        self, names: Collection[str], transcript: str, values: Mapping[str, str]
    ) -> frozenset[str]:
        """Return the attributes that may not be printed of somebody, alone or together."""
        fields = telling_fields(values)
        hidden = self._find_hidden_alone(values)
        if not names or not all(self._is_accepted(name, transcript, values) for name in names):
            hidden |= frozenset(fields) - self._find_printable(values, fields)
        self._held |= hidden
        return hidden

    def _find_hidden_alone(self, values: Mapping[str, str]) -> frozenset[str]:
        rare = self._rare
        return frozenset(
            name
            for name, value in values.items()
            if rare.is_left_out(name) or (rare.is_alone(name) and rare.is_held(name, value))
        )

    def _is_accepted(self, name: str, transcript: str, values: Mapping[str, str]) -> bool:
        """Tell whether somebody accepted the risk of all attributes of a case at a moment."""
        case = self._cases.get(name)
        if case is None:
            return False
        attributes = case.attributes_in(transcript) if transcript else FrozenMap(values)
        key = (name, attributes)
        if key not in self._accepted:
            moment = replace(case, attributes=attributes)
            risk = combination_risk_of(moment, self._moments, threshold=self._measures.threshold)
            self._accepted[key] = risk is not None and risk.id in self._measures.confirmed
        return self._accepted[key]

    # --- counting ----------------------------------------------------------------------------

    def _find_printable(self, values: Mapping[str, str], fields: Iterable[str]) -> frozenset[str]:
        """Return the fields that may be printed together: those before go before those after."""
        key = tuple((name, values.get(name, "")) for name in fields)
        if key not in self._printable:
            together: dict[str, str] = {}
            for name, value in key:
                # What is no attribute of cases tells nothing of them: the wave of an interview.
                if (
                    name in self._names
                    and value.strip()
                    and self._is_few({**together, name: value})
                ):
                    continue
                together[name] = value
            self._printable[key] = frozenset(together)
        return self._printable[key]

    def _is_few(self, values: Mapping[str, str]) -> bool:
        pairs = [(n, v) for n, v in values.items() if n in self._names and v.strip()]
        cases = {
            moment.name
            for moment in self._moments
            if all(moment.attributes.get(name, "") == value for name, value in pairs)
        }
        # What fits nobody is said of no participant: the words of an interviewer.
        return 0 < len(cases) < self._measures.threshold


def _emptied(attributes: FrozenMap[str, str], hidden: Collection[str]) -> FrozenMap[str, str]:
    # The attribute stays with an empty value, so that a table keeps its column.
    return FrozenMap({k: "" if k in hidden else v for k, v in attributes.items()})
