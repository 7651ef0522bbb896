"""The verb that finds names in all that a project holds, and tells what it looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import Problem
from qualcode.importing.text_encoding import decode_text
from qualcode.importing.transcripts import read_bytes
from qualcode.language.lemmas import lemmas_of
from qualcode.model import Codebook, LocalText
from qualcode.project.disclosing import Disclosing
from qualcode.pseudonyms import (
    NameEntry,
    NameKey,
    NameKind,
    Proposal,
    Rules,
    find_in_labels,
    propose_names,
)

if TYPE_CHECKING:
    from qualcode.language import LanguagePiece
    from qualcode.pseudonyms.detection import Entities

NOT_LOOKED_AT = (
    "withdrawn codings and the history: what is replaced elsewhere is replaced there too",
    "texts of the codebook in another language than that of the interviews",
)
"""What a scan of the whole project leaves out, to be told with it."""

CANNOT_SEE = (
    "names that are also ordinary words, at the beginning of a sentence or without a capital",
    "names in lower case that are on no list, and numbers or addresses that are spelled out",
    "who somebody is by what happened: an incident, a rare profession, a dialect",
    "audio, video and pictures, and anything outside this project file: exports, older backups",
)
"""What the rules cannot find, to be told with every scan."""


@dataclass(frozen=True, slots=True)
class NameScan:
    """What a scan found.

    Attributes:
        proposals: Names that are not decided yet, in order of their first places.
        decided: Number of names found that were decided before.
        looked_at: What was looked at, with the number of each.
        model: Name of the language model that was used; ``""`` for none.
        problems: What to settle by hand.
    """

    proposals: tuple[Proposal, ...]
    decided: int
    looked_at: tuple[tuple[str, int], ...]
    model: str
    problems: tuple[Problem, ...] = ()


class Scanning(Disclosing):
    """An open project, with what looks for names in it."""

    def scan_names(
        self,
        transcripts: Iterable[str] = (),
        *,
        key: NameKey | None = None,
        names: Iterable[str] = (),
        tell: Callable[[float], None] = lambda _share: None,
    ) -> NameScan:
        """Return the names that were found in the project and not decided on yet.

        Args:
            transcripts: Names of the transcripts to look in; all of them, and everything else in
                the project, where none is given.
            key: What was decided before.
            names: Names that are known to be in it, also where no rule would find them.
            tell: Told which part is done, 0 to 1; what it raises ends the work.
        """
        known = key or NameKey(self.name)
        model, entities = self._entities()
        given = tuple(
            NameEntry(name, NameKind.PERSON, "[persoon]")
            for name in dict.fromkeys(n.strip() for n in names)
            if name and name not in {e.text for e in known.entries}
        )
        rules = Rules(
            known=(*known.replaced, *given),
            ignored=known.ignored,
            is_word=lemmas_of(self.language).knows,
            entities=entities,
        )
        chosen = tuple(transcripts)
        texts = {f"transcript {t}": self.transcript(t).text for t in chosen}
        labels: dict[str, str] = {}
        if not chosen:
            texts, labels = dict(self._texts_inside()), dict(self._labels())
        proposals = propose_names(texts, rules, tell)
        proposals += find_in_labels(labels, rules, proposals)
        open_ones = tuple(_renumbered(proposals, known))
        return NameScan(
            open_ones,
            len(proposals) - len(open_ones),
            _counted((*texts, *labels)),
            model,
            () if chosen else tuple(self._beyond_replacing()),
        )

    def read_known_names(self, path: Path) -> tuple[str, ...]:
        """Read a text file with a name on each line."""
        text, _ = decode_text(read_bytes(path), path.name)
        return tuple(filter(None, (line.strip() for line in text.split("\n"))))

    def _entities(self) -> tuple[str, Entities | None]:
        from qualcode.language import load_language

        language = load_language(self.language)
        models = [piece.name for piece in language.describe() if _is_model(piece)]
        return (models[0], language.names_in) if models else ("", None)

    def _texts_inside(self) -> Iterator[tuple[str, str]]:
        for transcript in self.collect_transcripts():
            yield f"transcript {transcript.name}", transcript.text
        for memo in self.memos():
            yield f"memo {memo.id[:8]} on {memo.target_kind} {memo.target}".rstrip(), memo.text
        for coding in self.collect_codings():
            if coding.memo:
                yield f"note on coding {coding.id[:8]}", coding.memo
        for case in self.collect_cases():
            for attribute, value in case.attributes.items():
                yield f"attribute {attribute} of {case.name}", value
        for decision in self._store.decisions():
            if decision.reason:
                yield f"reason of decision {decision.disagreement[:8]}", decision.reason
        book = self._store.codebook()
        yield from _texts_of(book, self.language) if book else ()
        yield from self._texts_beside()

    def _texts_beside(self) -> Iterator[tuple[str, str]]:
        """Yield what people wrote that is no memo: questions, excerpts, reasons."""
        for guide in self.collect_guides():
            for question in guide.questions:
                if text := question.text.get(self.language):
                    yield f"question {question.id} of {guide.name}", text
        for key, excerpt in self._store.excerpts().items():
            yield f"excerpt of coding {key[:8]}", excerpt
        for risk, reason in self.measures().confirmed.items():
            yield f"acceptance of risk {risk}", reason

    def _labels(self) -> Iterator[tuple[str, str]]:
        yield "name of the project", self.name
        for transcript in self.collect_transcripts():
            yield f"name of transcript {transcript.name}", transcript.name
            yield f"file of {transcript.name}", transcript.source_file
            for speaker in transcript.speakers:
                yield f"speaker {speaker.label} of {transcript.name}", speaker.label
        for case in self.collect_cases():
            yield f"name of case {case.name}", case.name
        for one in self.rounds():
            yield f"name of round {one.name}", one.name

    def _beyond_replacing(self) -> Iterator[Problem]:
        """Yield what a scan sees and replacing leaves: names of coders, hidden memos."""
        rules = Rules(is_word=lemmas_of(self.language).knows)
        for found in find_in_labels({f"coder {c}": c for c in self.coders()}, rules):
            yield Problem(
                found.mentions[0].where,
                f"The coder's name '{found.text}' is somebody's name; it stays in the project.",
                "An export without --real-names does not show it.",
            )
        for one in self._store.bound():
            yield Problem(
                f"round {one.name}",
                "It is blind and open, so what others wrote in it was not looked at.",
                "Scan again when it is closed.",
            )


def _is_model(piece: LanguagePiece) -> bool:
    return piece.in_use and piece.name.endswith(("_sm", "_md", "_lg"))


def _texts_of(book: Codebook, language: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a codebook in one language: the rules know no other."""
    for code in book.codes:
        for field in ("definition", "include", "exclude", "typical", "borderline"):
            texts: LocalText = getattr(code, field)
            if texts.get(language):
                yield f"codebook {code.path} {field}", texts[language]


def _renumbered(proposals: Sequence[Proposal], known: NameKey) -> Iterator[Proposal]:
    decided = {(entry.text, entry.kind) for entry in known.entries}
    taken = {entry.replacement for entry in known.entries} | {p.replacement for p in proposals}
    given: dict[str, str] = {}
    for one in proposals:
        if (one.text, one.kind) in decided:
            continue
        if one.replacement == "[persoon]":
            number = next(n for n in range(1, 10**6) if f"[persoon {n}]" not in taken)
            # in a text and in a label it is the same person
            role = given.setdefault(one.text.casefold(), f"[persoon {number}]")
            taken.add(role)
            yield Proposal(one.text, one.kind, role, one.because, one.mentions)
        else:
            yield one


def _counted(places: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for place in places:
        what = place.partition(" ")[0] if not place.startswith("name of") else "name"
        counts[what] = counts.get(what, 0) + 1
    return tuple(counts.items())
