"""Facts on the coding of a study: coders, rounds, codebook, software, history, memos."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from qualcode.messages import Message
from qualcode.model import CONSENSUS, MemoTarget
from qualcode.project.fact_finder import FactFinder, count_codes, count_themes


class CodingFacts(FactFinder):
    """Facts on how the material was coded."""

    @cached_property
    def _coded_by(self) -> dict[str, set[str]]:
        """The coders of each interview, without the consensus."""
        coders: dict[str, set[str]] = {}
        for coding in self._snapshot.codings:
            if coding.coder != CONSENSUS:
                coders.setdefault(coding.transcript, set()).add(coding.coder)
        return coders

    @property
    def is_double_coded(self) -> bool:
        """Whether two coders coded the same interview."""
        return any(len(coders) > 1 for coders in self._coded_by.values())

    def coders(self) -> Iterator[Message]:
        """Yield how many people coded, and what they coded twice."""
        people = set().union(*self._coded_by.values()) if self._coded_by else set()
        if not people:
            return
        yield Message.counted(
            "{count} person coded the material.", "{count} people coded the material.", len(people)
        )
        twice = sum(len(coders) > 1 for coders in self._coded_by.values())
        # Not "interviews": a document, or the answers to a question of a survey, is none.
        yield Message(
            "{count} of {all} texts were coded by two or more of them.",
            count=twice,
            all=len(self._snapshot.texts),
        )

    def rounds(self) -> Iterator[Message]:
        """Yield the rounds, and whether coders could see each other's work in them."""
        for round_ in self._snapshot.rounds:
            if round_.blind:
                yield Message(
                    "Round ‘{round}’ was blind: nobody saw another’s work before all had handed "
                    "in.",
                    round=round_.name,
                )
            else:
                yield Message("Round ‘{round}’ was joint.", round=round_.name)

    def consensus(self) -> Iterator[Message]:
        """Yield how disagreements were settled."""
        count = len(self._snapshot.decisions)
        if count:
            yield Message.counted(
                "{count} disagreement between coders was settled by a decision; each coder’s own "
                "codings are kept.",
                "{count} disagreements between coders were settled by decisions; each coder’s own "
                "codings are kept.",
                count,
            )

    def coding_tree(self) -> Iterator[Message]:
        """Yield the size of the codebook."""
        book = self._snapshot.find_codebook()
        if book is None:
            return
        yield Message(
            "The codebook ‘{codebook}’ has {codes} under {themes}; version {version}. It is "
            "an annex.",
            codebook=self._words.of(book.title) or book.name,
            codes=count_codes(len(book.usable)),
            themes=count_themes(sum(not code.parent for code in book.active)),
            version=book.version,
        )

    def derivation(self) -> Iterator[Message]:
        """Yield how many codes there were at first, and how many came later."""
        book = self._snapshot.find_codebook()
        if book is None:
            return
        first = self._snapshot.codebook_version(self._snapshot.versions[0].version)
        # By id: a code that was renamed or moved is no new one.
        first_codes = {code.id or code.path for code in first.codes}
        later = sum((code.id or code.path) not in first_codes for code in book.usable)
        yield Message(
            "The first version of the codebook had {first}; {later} of the codes in use were "
            "added later. The annex on its development has each version.",
            first=count_codes(len(first.usable)),
            later=later,
        )
        asked_paths = {path for g in self._snapshot.guides for q in g.questions for path in q.codes}
        expected = sum(code.path in asked_paths for code in book.active)
        if expected:
            yield Message.counted(
                "{count} of the codes is tied to questions of the topic guides.",
                "{count} of the codes are tied to questions of the topic guides.",
                expected,
            )

    def software(self) -> Iterator[Message]:
        """Yield the program, and whether it suggested codes."""
        from qualcode import __version__

        yield Message("Coding and counting: qualcode {version}.", version=__version__)
        adopted = sum(c.origin.startswith("suggestion:") for c in self._snapshot.codings)
        exposure_count = len(self._snapshot.exposures)
        if exposure_count:
            yield Message(
                "It suggested codes {shown} times; {adopted} codings came from a suggestion that "
                "a coder accepted.",
                shown=exposure_count,
                adopted=adopted,
            )
        else:
            yield Message("It suggested no codes to anybody before they coded.")

    def history(self) -> Iterator[Message]:
        """Yield how much of the work is recorded."""
        yield Message(
            "{count} changes are recorded with who made them and when. The audit trail tells them.",
            count=len(self._events),
        )

    def memos(self) -> Iterator[Message]:
        """Yield how many notes were written."""
        # A remark on a coding is kept with the coding, and is a memo for its writer all the same.
        count = len(self._snapshot.memos) + sum(bool(c.memo) for c in self._snapshot.codings)
        if count:
            yield Message.counted("{count} memo was written.", "{count} memos were written.", count)

    def interview_memos(self) -> Iterator[Message]:
        """Yield how many notes are on interviews and participants."""
        kinds = {MemoTarget.TRANSCRIPT, MemoTarget.TURN, MemoTarget.CASE}
        count = sum(memo.target_kind in kinds for memo in self._snapshot.memos)
        if count:
            yield Message.counted(
                "{count} memo is on an interview or a participant.",
                "{count} memos are on interviews or participants.",
                count,
            )

    def reflexive_memos(self) -> Iterator[Message]:
        """Yield how many notes are on the project or on a coder."""
        kinds = {MemoTarget.PROJECT, MemoTarget.CODER}
        count = sum(memo.target_kind in kinds for memo in self._snapshot.memos)
        if count:
            yield Message.counted(
                "{count} memo is on the project or on a coder.",
                "{count} memos are on the project or on coders.",
                count,
            )

    def protection(self) -> Iterator[Message]:
        """Yield what was done so that nobody is recognised."""
        replaced = sum(event.action == "project.pseudonymize" for event in self._events)
        if replaced:
            yield Message("Names in the texts were replaced by pseudonyms.")
        yield Message(
            "Participants have pseudonyms; what fewer than {n} of them share is checked before it "
            "is printed.",
            n=self._measures.threshold,
        )
        if self._measures.left_out:
            yield Message.counted(
                "{count} passage is not quoted.",
                "{count} passages are not quoted.",
                len(self._measures.left_out),
            )
        if self._measures.coarser:
            yield Message(
                "In less detail or not at all: {names}.",
                names=tuple(map(self._words.attribute, self._measures.coarser)),
            )
