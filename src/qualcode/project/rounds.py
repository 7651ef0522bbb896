"""The coders of a project and its rounds: make one, draw its interviews, hand in, open again.

What an open blind round hides is kept by the store, which all codings are read through.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from qualcode import sampling
from qualcode.errors import (
    ConflictError,
    DuplicateError,
    InvalidValueError,
    Problem,
    UndefinedRequestError,
)
from qualcode.messages import Message, shell_word
from qualcode.model import CONSENSUS, Coding, Event, Round
from qualcode.project.part import Part, in_step
from qualcode.project.team import ProjectTeam

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.storage import Store


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """How far one coder is in a round.

    Attributes:
        coder: Name of the coder.
        codings: Number of codings in the round; None where the acting coder may not know it.
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


class Rounds(Part):
    """Coders and their rounds of coding.

    Attributes:
        team: The list of people and their roles, where the project has one.
    """

    def __init__(self, project: Project, store: Store, coder: str) -> None:
        super().__init__(project, store, coder)
        self.team = ProjectTeam(project, store, coder)

    def coders(self) -> tuple[str, ...]:
        """Return the names of the coders."""
        with self._snapshot() as snapshot:
            return snapshot.coders

    def add_coder(self, name: str) -> None:
        """Add a coder; one that is there already is left alone."""
        # Where nobody acts yet, the new coder is the one who joins.
        self._store.add_coder(name, self._coder or name)

    @in_step
    def create(
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

        Raises:
            DuplicateError: there is a round of this name.
            InvalidValueError: too few coders, or one twice; suggestions in a blind round; more
                to draw than there is; a seed or attribute without a draw.
            UnknownNameError: no such transcript, codebook version or attribute.
        """
        with self._snapshot() as snapshot:
            if name in {round_.name for round_ in snapshot.rounds}:
                raise DuplicateError(
                    Message(
                        "There is a round '{name}' already. Give this one another name.", name=name
                    )
                )
            _check_coders(coders, blind=blind)
            _check_suggestions(blind=blind, suggestions=suggestions)
            names = [snapshot.transcript(text).name for text in dict.fromkeys(transcripts)]
            # The names are written down, so that an interview imported later does not join the
            # round.
            names = names or list(snapshot.texts)
            selected: tuple[str, ...] = tuple(names)
            if sample is not None:
                # Kept with the round, so that a reader can draw the same interviews.
                seed = secrets.randbelow(1_000_000) if seed is None else seed
                strata = self._project.cases.values_of(stratify_by) if stratify_by else None
                selected = sampling.draw_sample(names, sample, seed, strata)
            elif stratify_by or seed is not None:
                raise InvalidValueError(
                    "A seed and strata are for a draw: say how many (--sample N)."
                )
            round_ = Round(
                name=name,
                coders=tuple(coders),
                transcripts=selected,
                blind=blind,
                suggestions=suggestions,
                codebook_version=codebook_version or snapshot.codebook.version,
                seed=seed,
                stratified_by=stratify_by,
                drawn_from=len(names) if sample is not None else 0,
            )
        with self._store.step(self._coder):
            for coder in coders:
                self._store.add_coder(coder, self._coder)
            self._store.put_round(round_, self._coder)
        return round_

    @in_step
    def put(self, round_: Round) -> None:
        """Add a round of coding, or change one that is there; see :meth:`create`.

        Raises:
            ConflictError: the round keeps coders apart, who would then see each other's work.
        """
        before = {stored_round.name: stored_round for stored_round in self.collect()}.get(
            round_.name
        )
        # To change who codes, or to open blindness, would show coders each other's work.
        if before and before != round_ and (before.coders_are_separated or before.handed_in):
            raise ConflictError(
                Message(
                    "Round '{name}' is under way and cannot be changed. Its coders hand in "
                    "(qualcode round hand-in {word} --coder NAME), and it closes by itself.",
                    name=round_.name,
                    word=shell_word(round_.name),
                )
            )
        self._store.put_round(round_, self._coder)

    def collect(self) -> tuple[Round, ...]:
        """Return the rounds."""
        with self._snapshot() as snapshot:
            return snapshot.rounds

    def get(self, name: str) -> Round:
        """Return a round by name."""
        with self._snapshot() as snapshot:
            return snapshot.round(name)

    def hand_in(self, name: str, coder: str = "") -> Round:
        """Hand in a coder's work: it is fixed from then on. Once all have, the round closes.

        Args:
            name: Name of the round.
            coder: Whose work; the acting coder's by default.

        Raises:
            ConflictError: the coder did so already; or somebody else does it while the round
                is blind.
            UnknownNameError: there is no such round, or the coder is not in it.
        """
        self.get(name)
        coder = coder or self._coder
        self.refuse_acting_for(coder)
        # A step bears a name: without an acting coder that of the person whose work it is.
        return self._store.hand_in(name, coder, self._coder or coder)

    def reopen(self, name: str, coder: str = "", reason: str = "") -> Round:
        """Open a round again for a coder who handed in; the history and the report tell of it.

        Args:
            name: Name of the round.
            coder: For whom; the acting coder by default.
            reason: Why.

        Raises:
            ConflictError: the coder did not hand in.
            UnknownNameError: there is no such round, or the coder is not in it.
        """
        self.get(name)
        coder = coder or self._coder
        self.refuse_acting_for(coder)
        return self._store.reopen_round(name, coder, reason, self._coder or coder)

    def progress(self, name: str) -> tuple[RoundProgress, ...]:
        """Return how far each coder of a round is, as far as the acting coder may know it."""
        with self._snapshot() as snapshot:
            round_ = snapshot.round(name)
            hides = name in {hiding.name for hiding in snapshot.hiding_rounds}
            codings = snapshot.find_codings(round=name)
            events = self.hand_ins(name)
        return tuple(
            _progress(
                coder,
                None
                if hides and coder != self._coder
                else [coding.transcript for coding in codings if coding.coder == coder],
                round_,
                events,
            )
            for coder in round_.coders
        )

    def hand_ins(self, name: str) -> tuple[Event, ...]:
        """Return the events of handing in a round and of opening it again."""
        actions = {"hand_in.add", "hand_in.reopen"}
        return tuple(
            event
            for event in self._project.history.events()
            if event.action in actions and event.target == name
        )

    # --- blindness ---------------------------------------------------------------------------

    def find_late(self, codings: Iterable[Coding]) -> tuple[Problem, ...]:
        """Return a note for each coder who codes interviews of a round after handing it in."""
        late: dict[tuple[str, str], set[str]] = {}
        rounds = self.collect()
        for coding in codings:
            for round_ in rounds:
                handed_in = coding.coder in round_.handed_in and round_.covers(coding.transcript)
                if handed_in and coding.round != round_.name:
                    late.setdefault((coding.coder, round_.name), set()).add(coding.transcript)
        return tuple(
            Problem(
                ", ".join(sorted(transcripts)),
                Message(
                    "{coder} handed in round '{round}' before: these codings are not part of it.",
                    coder=coder,
                    round=name,
                ),
                Message(
                    "To change the work of that round, open it again: "
                    "qualcode round reopen {round} --coder {coder}",
                    coder=shell_word(coder),
                    round=shell_word(name),
                ),
            )
            for (coder, name), transcripts in late.items()
        )

    def collect_hiding(self) -> tuple[Round, ...]:
        """Return the open blind rounds that hide something from the acting coder."""
        with self._snapshot() as snapshot:
            return snapshot.hiding_rounds

    def refuse_acting_for(self, coder: str) -> None:
        """Raise where a coder may not act for another: signed in, or in an open blind round."""
        if coder not in {self._coder, ""} and self._is_signed_in():
            raise ConflictError(
                Message(
                    "You are signed in as {coder}, and this is work of {coder_2}. You can bring in "
                    "your own work only; nothing was changed. Who manages the server can import "
                    "the file with the command line.",
                    coder=self._coder,
                    coder_2=coder,
                )
            )
        for round_ in self.collect_hiding() if self._coder else ():
            if coder != self._coder and coder in round_.coders:
                raise ConflictError(
                    Message(
                        "Round '{name}' is blind and open: {coder} cannot act for {coder_2} in "
                        "it. {coder_2} can, with --coder {coder_2}.",
                        name=round_.name,
                        coder=self._coder,
                        coder_2=coder,
                    )
                )

    def refuse_comparison(self, coders: Iterable[str], transcripts: Iterable[str]) -> None:
        """Raise where a comparison would tell what an open blind round keeps apart.

        Args:
            coders: Who are compared.
            transcripts: What they are compared on.

        Raises:
            UndefinedRequestError: the text says which round, and who did not hand in.
        """
        names, people = tuple(transcripts), set(coders)
        for round_ in self.collect():
            if (
                round_.coders_are_separated
                and any(map(round_.covers, names))
                and people & {*round_.coders}
            ):
                waiting = tuple(c for c in round_.coders if c not in round_.handed_in)
                raise UndefinedRequestError(
                    Message(
                        "Round '{name}' is blind and open: {waiting} did not hand in yet "
                        "(qualcode round hand-in {word} --coder NAME). Its coders can be "
                        "compared after that; other interviews now, with --transcripts.",
                        name=round_.name,
                        word=shell_word(round_.name),
                        waiting=waiting,
                    )
                )

    def expected_intervals(self, most: int | None = None) -> tuple[tuple[int, float | None], ...]:
        """Return how sure alpha would be: interviews, and half the width of the interval.

        From the spread between the interviews that were coded twice so far; None where there are
        too few, or where they are hidden.

        Args:
            most: The largest number of interviews; those of the project by default.
        """
        largest = most or len(self._project.transcripts.collect())
        # Numbers of interviews that qualitative studies often have, to choose from.
        sizes = sorted({6, 10, 20, 40} | ({largest} if largest else set()))
        # Imported here: other verbs of rounds need no arrays, and to load them takes long.
        from qualcode import agreement

        try:
            names = [transcript.name for transcript in self._project.transcripts.collect()]
            # Who handed in an interview without a coding has coded it, too, and found nothing.
            coders = [c for c in self.coders() if self._project.agreement.finished([c])[c]]
            coders += [
                coder
                for coder in dict.fromkeys(c.coder for c in self._project.codings.collect())
                if coder not in (*coders, CONSENSUS)
            ]
            study = self._project.agreement.coding_study(coders, names)
        except UndefinedRequestError:
            return tuple((size, None) for size in sizes)
        return agreement.expected_half_widths(study, sizes)


def _check_coders(coders: Sequence[str], *, blind: bool) -> None:
    if len(set(coders)) < len(coders):
        raise InvalidValueError(
            Message("A coder is named twice: {coders}.", coders=", ".join(coders))
        )
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
    coder: str, transcripts: list[str] | None, round_: Round, events: Sequence[Event]
) -> RoundProgress:
    coder_events = [event for event in events if json.loads(event.after)["coder"] == coder]
    times = [event.at for event in coder_events if event.action == "hand_in.add"]
    handed_in = coder in round_.handed_in
    uncoded = None
    if transcripts is not None:
        uncoded = tuple(name for name in round_.transcripts if name not in transcripts)
    return RoundProgress(
        coder,
        None if transcripts is None else len(transcripts),
        uncoded,
        handed_in,
        times[-1] if times and handed_in else None,
        sum(event.action == "hand_in.reopen" for event in coder_events),
    )
