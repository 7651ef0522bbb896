"""The verbs of rounds: make one, draw its interviews, hand in, open again.

What an open blind round hides is kept by the store, which all codings are read through.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from qualcode import sampling
from qualcode.errors import (
    DuplicateError,
    InvalidValueError,
    UndefinedRequestError,
    unknown_name,
)
from qualcode.model import CONSENSUS, Event, Round
from qualcode.project.codings import CodingWork


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """How far one coder is in a round.

    Attributes:
        coder: Name of the coder.
        codings: Number of codings in the round; None where who looks may not know it.
        uncoded: Names of the transcripts without a coding; None likewise.
        handed_in: Whether the coder handed in.
        handed_in_at: When, in UTC; None where the coder did not.
        reopened: How often the round was opened again for this coder.
    """

    coder: str
    codings: int | None
    uncoded: tuple[str, ...] | None
    handed_in: bool
    handed_in_at: datetime | None = None
    reopened: int = 0


class RoundWork(CodingWork):
    """An open project, with its rounds of coding."""

    def new_round(
        self,
        name: str,
        *,
        coders: Sequence[str],
        transcripts: Sequence[str] = (),
        sample: int | None = None,
        stratify_by: str = "",
        seed: int | None = None,
        codebook_version: int | None = None,
        blind: bool = True,
        suggestions: bool = False,
        who: str = "",
    ) -> Round:
        """Make a round: who codes what, with which codebook, apart or together.

        Args:
            name: Its name.
            coders: Who codes; new names become coders of the project.
            transcripts: What is coded; all by default, drawn from these where ``sample`` is
                given.
            sample: How many whole transcripts to draw at random.
            stratify_by: Attribute of the cases that the draw is stratified by.
            seed: Seed of the draw; a new one by default, which the round keeps.
            codebook_version: Version to code with; the newest by default.
            blind: Coders see neither each other's codings nor suggestions until all handed in.
            suggestions: Whether suggestions may be shown; in a blind round they may not.
            who: Who makes the round.

        Raises:
            DuplicateError: there is a round of this name.
            InvalidValueError: too few coders, or one twice; suggestions in a blind round; more
                to draw than there is; a seed or attribute without a draw.
            UnknownNameError: no such transcript, codebook version or attribute.
        """
        if name in {one.name for one in self.rounds()}:
            raise DuplicateError(f"There is a round '{name}' already. Give this one another name.")
        _check_coders(coders, blind=blind)
        _check_suggestions(blind=blind, suggestions=suggestions)
        names = [self.transcript(one).name for one in dict.fromkeys(transcripts)]
        names = names or [transcript.name for transcript in self.collect_transcripts()]
        chosen: tuple[str, ...] = tuple(names)
        if sample is not None:
            seed = secrets.randbelow(1_000_000) if seed is None else seed
            strata = self._values_of(stratify_by) if stratify_by else None
            chosen = sampling.draw_sample(names, sample, seed, strata)
        elif stratify_by or seed is not None:
            raise InvalidValueError("A seed and strata are for a draw: say how many (--sample N).")
        made = Round(
            name=name,
            coders=tuple(coders),
            transcripts=chosen,
            blind=blind,
            suggestions=suggestions,
            codebook_version=codebook_version or self.codebook().version,
            seed=seed,
            stratified_by=stratify_by,
            drawn_from=len(names) if sample is not None else 0,
        )
        with self.step(who):
            for coder in coders:
                self._store.add_coder(coder, who)
            self._store.put_round(made, who)
        return made

    def _values_of(self, attribute: str) -> dict[str, str]:
        """Return the value that respondents have on an attribute, by transcript.

        Where the respondents of one transcript differ, all their values: "men + women".
        """
        cases = self.collect_cases()
        known = {key for case in cases for key in case.attributes}
        if attribute not in known:
            raise unknown_name("attribute", attribute, known, "the cases")
        values: dict[str, list[str]] = {}
        for case in cases:
            for name in case.transcripts:
                values.setdefault(name, []).append(case.attributes.get(attribute, ""))
        return {name: " + ".join(sorted({*own} - {""})) for name, own in values.items()}

    def round(self, name: str) -> Round:
        """Return a round by name."""
        known = {one.name: one for one in self.rounds()}
        if name not in known:
            raise unknown_name("round", name, known, f"project '{self.name}'")
        return known[name]

    def hand_in(self, name: str, coder: str, who: str = "") -> Round:
        """Hand in a coder's work: it is fixed from then on. Once all have, the round closes.

        Raises:
            ConflictError: the coder did so already; or somebody else does it while the round
                is blind.
            UnknownNameError: there is no such round, or the coder is not in it.
        """
        self.round(name)
        self._refuse_for_another(coder)
        return self._store.hand_in(name, coder, who or coder)

    def reopen_round(self, name: str, coder: str, reason: str = "", who: str = "") -> Round:
        """Open a round again for a coder who handed in; the history and the report tell of it.

        Raises:
            ConflictError: the coder did not hand in.
            UnknownNameError: there is no such round, or the coder is not in it.
        """
        self.round(name)
        self._refuse_for_another(coder)
        return self._store.reopen_round(name, coder, reason, who or coder)

    def progress(self, name: str) -> tuple[RoundProgress, ...]:
        """Return how far each coder of a round is, as far as who looks may know it."""
        one = self.round(name)
        hides = name in {bound.name for bound in self._store.bound()}
        found = self.collect_codings(round=name)
        events = self._hand_ins(name)
        return tuple(
            _progress(
                coder,
                None
                if hides and coder != self.as_coder
                else [coding.transcript for coding in found if coding.coder == coder],
                one,
                events,
            )
            for coder in one.coders
        )

    def _hand_ins(self, name: str) -> tuple[Event, ...]:
        actions = {"hand_in.add", "hand_in.reopen"}
        return tuple(e for e in self.history() if e.action in actions and e.target == name)

    def suggestions_allowed(self, transcript: str, coder: str) -> bool:
        """Tell whether suggestions may be shown to a coder in a transcript now."""
        return not any(
            coder in one.coders
            and not one.closed
            and one.covers(transcript)
            and (one.blind or not one.suggestions)
            for one in self.rounds()
        )

    def hidden_rounds(self) -> tuple[Round, ...]:
        """Return the open blind rounds that hide something from who looks."""
        return self._store.bound()

    def refuse_while_blind(self, coders: Iterable[str], transcripts: Iterable[str]) -> None:
        """Raise where a comparison would tell what an open blind round keeps apart.

        Args:
            coders: Who are compared.
            transcripts: What they are compared on.

        Raises:
            UndefinedRequestError: the text says which round, and who did not hand in.
        """
        names, people = tuple(transcripts), set(coders)
        for one in self.rounds():
            if one.keeps_apart and any(map(one.covers, names)) and people & {*one.coders}:
                waiting = " and ".join(c for c in one.coders if c not in one.handed_in)
                raise UndefinedRequestError(
                    f"Round '{one.name}' is blind and open: {waiting} did not hand in yet "
                    f"(qualcode round hand-in {one.name} --coder NAME). Its coders can be "
                    "compared after that; other interviews now, with --transcripts."
                )

    def interval_advice(self, most: int | None = None) -> tuple[tuple[int, float | None], ...]:
        """Return how sure a figure would be: interviews, and half the width of the interval.

        Args:
            most: The largest number of interviews; those of the project by default.
        """
        there = most or len(self.collect_transcripts())
        sizes = sorted({6, 10, 20, 40, there} if there else {6, 10, 20, 40})
        return tuple((size, sampling.expected_half_width(size)) for size in sizes)


def _check_coders(coders: Sequence[str], *, blind: bool) -> None:
    if len(set(coders)) < len(coders):
        raise InvalidValueError(f"A coder is named twice: {', '.join(coders)}.")
    if len(coders) < (2 if blind else 1):
        raise InvalidValueError(
            "A blind round is of two coders or more. Name them: --coders anna,bram"
        )
    if CONSENSUS in coders:
        raise InvalidValueError("The consensus is made in adjudication and codes in no round.")


def _check_suggestions(*, blind: bool, suggestions: bool) -> None:
    if blind and suggestions:
        raise InvalidValueError(
            "Suggestions cannot be shown in a blind round: two coders who follow the same "
            "suggestion agree without being right. Make it a joint round, or leave them off."
        )


def _progress(
    coder: str, coded: list[str] | None, one: Round, events: Sequence[Event]
) -> RoundProgress:
    own = [event for event in events if json.loads(event.after)["coder"] == coder]
    added = [event.at for event in own if event.action == "hand_in.add"]
    handed_in = coder in one.handed_in
    return RoundProgress(
        coder,
        None if coded is None else len(coded),
        None if coded is None else tuple(t for t in one.transcripts if t not in coded),
        handed_in,
        added[-1] if added and handed_in else None,
        sum(event.action == "hand_in.reopen" for event in own),
    )
