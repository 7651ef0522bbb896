"""The verbs of what is held back: what was decided to print less of, and which risks to accept.

Decisions are kept in the project, hold for everything that is printed from it, and can be taken
back. The check that calls for them is in ``disclosing``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from qualcode.errors import InvalidValueError, UnknownNameError, unknown_name
from qualcode.model import FrozenMap, apply_aliases, coder_aliases, transcript_aliases
from qualcode.project.work_files import WorkFiles
from qualcode.quotes import EVERY_CASE, THRESHOLD, Measure, Measures

T = TypeVar("T")

_CODER = {"nl": "codeur"}
_SETTING = "disclosure"
_FEWEST_TO_HIDE = 3
_SHORTEST_ID = 4


@dataclass(frozen=True, slots=True)
class RealNames:
    """Which names stay in what leaves the project.

    Attributes:
        coders: Names of coders; else "coder A", "coder B".
        transcripts: Names of interviews, as their files were called; else the pseudonym of who
            speaks.
    """

    coders: bool = False
    transcripts: bool = False


NO_NAMES = RealNames()


class Withholding(WorkFiles):
    """An open project, with what is not to be printed of it."""

    def measures(self) -> Measures:
        """Return what was decided to print less of, and which risks were accepted."""
        kept: dict[str, Any] = self._store.setting(_SETTING, {})
        return Measures(
            threshold=kept.get("threshold", THRESHOLD),
            left_out=frozenset(kept.get("left_out", ())),
            suppressed=frozenset((case, name) for case, name in kept.get("suppressed", ())),
            wider=FrozenMap({(name, value): to for name, value, to in kept.get("wider", ())}),
            hide_counts=kept.get("hide_counts", False),
            confirmed=FrozenMap({one["risk"]: one["reason"] for one in kept.get("confirmed", ())}),
        )

    def _keep(self, measures: Measures, who: str) -> None:
        kept: dict[str, Any] = self._store.setting(_SETTING, {})
        by = {one["risk"]: one.get("by", "") for one in kept.get("confirmed", ())}
        value = {
            "threshold": measures.threshold,
            "left_out": sorted(measures.left_out),
            "suppressed": sorted(map(list, measures.suppressed)),
            "wider": sorted([name, old, new] for (name, old), new in measures.wider.items()),
            "hide_counts": measures.hide_counts,
            "confirmed": [
                {"risk": risk, "reason": reason, "by": by.get(risk, who)}
                for risk, reason in measures.confirmed.items()
            ],
        }
        self._store.set_setting(_SETTING, value, who)

    def set_threshold(self, threshold: int, who: str = "") -> None:
        """Say how many cases must share what is printed of them.

        Raises:
            InvalidValueError: it is below 2, or below 3 while small counts are hidden.
        """
        if threshold < 2:
            raise InvalidValueError(f"The threshold is a number of cases from 2; got {threshold}.")
        changed = replace(self.measures(), threshold=threshold)
        _refuse_telling(changed)
        self._keep(changed, who)

    def leave_out(self, codings: Iterable[str], who: str = "") -> None:
        """Quote these codings no more."""
        before = self.measures()
        self._keep(replace(before, left_out=before.left_out | set(self.full_ids(codings))), who)

    def suppress(self, case: str, attribute: str, who: str = "") -> None:
        """Print an attribute of a case no more.

        Args:
            case: Its pseudonym; ``""`` for every case.
            attribute: The attribute.
            who: Who decides.

        Raises:
            UnknownNameError: there is no such case, or it has no such attribute.
            InvalidValueError: it is the group, on which it hangs what a case was asked.
        """
        cases = {one.name: one for one in self.collect_cases()}
        if case != EVERY_CASE and case not in cases:
            raise unknown_name("case", case, cases, f"project '{self.name}'")
        meant = cases.values() if case == EVERY_CASE else (cases[case],)
        known = {name for one in meant for name in one.attributes}
        if attribute not in known:
            of = f"case '{case}'" if case else f"project '{self.name}'"
            raise unknown_name("attribute", attribute, known, of)
        self._refuse_group(attribute)
        before = self.measures()
        self._keep(replace(before, suppressed=before.suppressed | {(case, attribute)}), who)

    def widen(self, attribute: str, values: str, wider: str, who: str = "") -> None:
        """Print a wider value of an attribute.

        Args:
            attribute: The attribute.
            values: A value, or several with commas between them, to join in the wider one.
            wider: What to print.
            who: Who decides.

        Raises:
            InvalidValueError: the wider value is empty, or it is the group.
            UnknownNameError: no case has this value.
        """
        if not wider.strip():
            raise InvalidValueError("The wider value is empty. To print none, suppress it.")
        known = {c.attributes[attribute] for c in self.collect_cases() if attribute in c.attributes}
        meant = [values] if values in known else [one.strip() for one in values.split(",")]
        for value in meant:
            if value not in known:
                of = f"project '{self.name}'"
                raise unknown_name(f"value of '{attribute}'", value, known, of)
        self._refuse_group(attribute)
        before = self.measures()
        pairs = {**before.wider, **{(attribute, value): wider.strip() for value in meant}}
        self._keep(replace(before, wider=FrozenMap(pairs)), who)

    def _refuse_group(self, attribute: str) -> None:
        book = self._store.codebook()
        if attribute == "group" and book and any(code.values("asked_of") for code in book.codes):
            raise InvalidValueError(
                "Some codes were asked of one group only, so the groups cannot be joined or left "
                "out: 'n of N' would be wrong. Hide small counts instead: "
                "qualcode disclosure --hide-cells"
            )

    def hide_counts(self, who: str = "") -> None:
        """Print counts of fewer cases than the threshold as "<3", with what gives them away.

        Raises:
            InvalidValueError: the threshold is 2, so that what is hidden can only be 1.
        """
        changed = replace(self.measures(), hide_counts=True)
        _refuse_telling(changed)
        self._keep(changed, who)

    def confirm_risk(self, risk: str, reason: str, who: str = "") -> None:
        """Accept a risk, with the reason why; both are kept.

        Raises:
            InvalidValueError: there is no reason.
        """
        if not reason.strip():
            raise InvalidValueError("Say why the risk is accepted: the reason is kept with it.")
        before = self.measures()
        confirmed = FrozenMap({**before.confirmed, risk: reason.strip()})
        self._keep(replace(before, confirmed=confirmed), who)

    def take_back(self, measure: str, who: str = "") -> Measure:
        """Take back a decision, so that it is printed again, or warned of again.

        Args:
            measure: Its id, or four or more characters of it, as in ``measures().listed()``.
            who: Who takes it back.

        Raises:
            UnknownNameError: no measure, or more than one, begins like that.
        """
        before = self.measures()
        long_enough = len(measure) >= _SHORTEST_ID
        fitting = [m for m in before.listed() if long_enough and m.id.startswith(measure)]
        if len(fitting) != 1:
            ids = [one.id for one in before.listed()]
            if not ids:
                raise UnknownNameError("There is nothing to take back: no measure was decided on.")
            raise unknown_name("measure", measure, ids, f"project '{self.name}'")
        self._keep(before.without(fitting[0].id), who)
        return fitting[0]

    def for_others(self, value: T, names: RealNames, language: str = "") -> T:
        """Return a value of the model without the names of coders and interviews.

        Args:
            value: A value of the model, or a tuple of them.
            names: Which names to keep.
            language: Language of what stands for a name: "codeur A"; English by default.
        """
        coders = {} if names.coders else coder_aliases(self.coders(), _CODER.get(language, "coder"))
        if names.transcripts:
            return apply_aliases(value, coders, {})
        transcripts = [transcript.name for transcript in self.collect_transcripts()]
        return apply_aliases(value, coders, transcript_aliases(transcripts, self.collect_cases()))

    def full_ids(self, beginnings: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of codings that begin like this, as they are shown in lists.

        Raises:
            UnknownNameError: no coding, or more than one, begins like that.
        """
        known = [coding.id for coding in self.collect_codings()]
        found = []
        for beginning in beginnings:
            fitting = [key for key in known if key.startswith(beginning)]
            if not fitting:
                raise UnknownNameError(
                    f"No coding '{beginning}' in project '{self.name}'. The ids stand behind the "
                    "quotes: qualcode quotes"
                )
            if len(fitting) > 1:
                raise unknown_name("coding", beginning, fitting, f"project '{self.name}'")
            found.append(fitting[0])
        return tuple(found)


def _refuse_telling(measures: Measures) -> None:
    if measures.hide_counts and measures.threshold < _FEWEST_TO_HIDE:
        raise InvalidValueError(
            "With a threshold of 2 a hidden count can only be 1, so hiding it tells it. Set it to "
            "3 or more: qualcode disclosure --threshold 3"
        )
