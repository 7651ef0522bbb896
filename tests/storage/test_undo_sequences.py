"""Any row of changes, undos and redos by two coders, against a model of a few lines."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hypothesis_examples import examples
from qualcode.errors import ConflictError, DuplicateError, UndefinedRequestError, UnknownNameError
from qualcode.model import Case, FrozenMap
from qualcode.storage import Store
from store_contents import Study, clock, file_of, first_codebook, interview

WHO = st.sampled_from(["Anna", "Ben"])
WORDS = st.sampled_from(["feest", "vrienden", "Elke week"])
GROUPS = st.sampled_from(["U", "P", "X"])

Key = tuple[str, str]
Moves = dict[Key, tuple[Any, Any]]


class Sequences(RuleBasedStateMachine):
    """A store beside a dictionary; codings stand by id, a case has a group, quotes are chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.store = Store.create("sqlite://", name="Proef", now=clock())
        self.now: dict[Key, Any] = {}
        self.words: dict[str, str] = {}
        self.done: dict[str, list[Moves]] = defaultdict(list)
        self.undone: dict[str, list[Moves]] = defaultdict(list)

    @initialize()
    def begin(self) -> None:
        transcript = interview()
        self.store.add_transcript(transcript, file_of(transcript))
        self.store.save_codebook(first_codebook())
        self.store.add_coder("Anna")
        self.study = Study(self.store, transcript)

    def teardown(self) -> None:
        """The project is sound, and no event is lost, whatever was done."""
        numbers = [event.number for event in self.store.events()]
        assert numbers == list(range(1, len(numbers) + 1))
        assert self.store.check() == ()
        self.store.close()

    def standing(self, words: str) -> str | None:
        return next(
            (i for i, w in self.words.items() if w == words and self.now.get(("coding", i))), None
        )

    def do(self, who: str, moves: Moves) -> None:
        self.now |= {key: after for key, (_, after) in moves.items()}
        self.done[who].append(moves)
        self.undone[who].clear()

    @rule(who=WHO, words=WORDS)
    def add(self, who: str, words: str) -> None:
        try:
            (coding,) = self.store.add_codings([self.study.passage(words)], who)
        except DuplicateError:
            assert self.standing(words)
        else:
            assert not self.standing(words)
            self.words[coding.id] = words
            self.do(who, {("coding", coding.id): (None, True)})

    @rule(who=WHO, words=WORDS)
    def withdraw(self, who: str, words: str) -> None:
        coding = self.standing(words)
        try:
            self.store.withdraw_codings([coding or "nothing"], who)
        except UnknownNameError:
            assert coding is None
        else:
            assert coding
            self.do(who, {("coding", coding): (True, None)})

    @rule(who=WHO, words=WORDS, group=GROUPS)
    def recode_and_group_in_one_step(self, who: str, words: str, group: str) -> None:
        coding = self.standing(words)
        moves: Moves = {}
        with self.store.step(who):
            if coding:
                self.store.withdraw_codings([coding], who)
                moves["coding", coding] = True, None
            (new,) = self.store.add_codings([self.study.passage(words)], who)
            self.words[new.id] = words
            moves["coding", new.id] = None, True
            if self.now.get(("case", "G1")) != group:
                self.store.put_cases([Case("G1", FrozenMap({"group": group}))], who)
                moves["case", "G1"] = self.now.get(("case", "G1")), group
        self.do(who, moves)

    @rule(who=WHO, group=GROUPS)
    def put_case(self, who: str, group: str) -> None:
        before = self.now.get(("case", "G1"))
        self.store.put_cases([Case("G1", FrozenMap({"group": group}))], who)
        if before != group:
            self.do(who, {("case", "G1"): (before, group)})

    @rule(who=WHO, words=WORDS, wanted=st.booleans())
    def choose(self, who: str, words: str, wanted: bool) -> None:
        coding = self.standing(words)
        if coding:
            self.store.choose([coding], wanted, who)
            before, after = self.now.get(("chosen", coding)), True if wanted else None
            if before != after:
                self.do(who, {("chosen", coding): (before, after)})

    @rule(who=WHO)
    def undo(self, who: str) -> None:
        self.turn(self.store.undo, who, self.done[who], self.undone[who], back=True)

    @rule(who=WHO)
    def redo(self, who: str) -> None:
        self.turn(self.store.redo, who, self.undone[who], self.done[who], back=False)

    def turn(
        self, turn: Any, who: str, source: list[Moves], goal: list[Moves], *, back: bool
    ) -> None:
        try:
            turn(who)
        except UndefinedRequestError:
            assert not source
        except ConflictError:
            assert self.conflicts(source[-1], back=back)
        else:
            assert not self.conflicts(source[-1], back=back)
            moves = source.pop()
            self.now |= {key: ends[0 if back else 1] for key, ends in moves.items()}
            goal.append(moves)

    def conflicts(self, moves: Moves, *, back: bool) -> bool:
        leaving = {key for key, ends in moves.items() if ends[0 if back else 1] is None}
        for key, ends in moves.items():
            if self.now.get(key) != ends[1 if back else 0]:
                return True
            if key[0] == "coding" and key not in leaving:
                other = self.standing(self.words[key[1]])
                if other and ("coding", other) not in leaving:
                    return True
        return False

    @invariant()
    def store_and_model_agree(self) -> None:
        standing = {i for (kind, i), on in self.now.items() if kind == "coding" and on}
        assert {coding.id for coding in self.store.codings()} == standing
        groups = [group for (kind, _), group in self.now.items() if kind == "case" and group]
        assert [case.group for case in self.store.cases()] == groups
        chosen = {i for (kind, i), on in self.now.items() if kind == "chosen" and on}
        assert self.store.chosen() == chosen & standing


TestSequences = pytest.mark.slow(Sequences.TestCase)
TestSequences.settings = settings(max_examples=examples(12), stateful_step_count=20, deadline=None)
