"""Ask a language model about passages, code by code, and keep what it answers.

One prompt holds one code and some passages that answer the same question. The codes are asked one
after the other, so that a server reads the rules and the entry once for many prompts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from qualcode.errors import ModelServerError
from qualcode.messages import Message
from qualcode.model import AskingReport, LanguageModel, ServerProtocol
from qualcode.suggesting.language_models.answers import Answers, Verdict, verdict_key
from qualcode.suggesting.language_models.prompts import (
    VERSION,
    Prompt,
    question_of,
    write_probe,
    write_prompt,
)
from qualcode.suggesting.language_models.replies import (
    UnusableReplyError,
    find_words,
    read_reply,
)
from qualcode.suggesting.language_models.servers import ModelServer
from qualcode.suggesting.texts import SegmentText

Tell = Callable[[float], None]
_MOST_PASSAGES = 8
"""Passages in one prompt: small models lose count of more."""
_MARGIN = 1.25
"""Tokens that are reckoned with, relative to what the size of a prompt leads one to expect."""
_LEAST_READ = 0.8
"""Share of the expected tokens below which a server has not read the whole prompt."""
_RATIOS = (1 / 8, 1.5)
"""Tokens for each byte that are believable: a word piece has one to eight bytes in all four
languages, and the headings that a server adds make short prompts longer."""
_MOST_DIFFERENT = 0.15
"""How much prompts of the same number of tokens may differ in size."""
_MOST_IN_A_ROW = 5
"""Passages in a row without a usable answer after which the model is given up."""


@dataclass(frozen=True, slots=True)
class TokenRatio:
    """How many tokens a server reads for each byte of a prompt."""

    value: float

    def expected(self, prompt: Prompt) -> float:
        """Return the tokens that a prompt should have."""
        return self.value * prompt.size


@dataclass(frozen=True, slots=True)
class AskedModel:
    """A model, and the server where it is asked."""

    server: ModelServer
    model: LanguageModel


def describe_model(
    server: ModelServer, address: str, protocol: ServerProtocol, name: str, window: int = 0
) -> LanguageModel:
    """Return a model as its server describes it.

    Args:
        server: The server.
        address: Its address.
        protocol: Its protocol.
        name: Name of the model.
        window: Tokens of the window that the caller wants or knows; 0 where neither.

    Raises:
        UnknownNameError: the server has no such model.
        ModelServerError: it does not tell the size of the window, and neither did the caller.
    """
    facts = server.find_model(name, window)
    if not facts.window:
        raise ModelServerError(
            Message(
                "The server does not tell how many tokens '{name}' takes at once. Give that "
                "number with --window: longer prompts would be cut off in silence.",
                name=name,
            )
        )
    return LanguageModel(
        server=address,
        protocol=protocol,
        name=name,
        window=facts.window,
        digest=facts.digest,
        quantisation=facts.quantisation,
        prompt_version=VERSION,
    )


def measure_tokens(server: ModelServer, model: LanguageModel, language: str) -> TokenRatio:
    """Return how many tokens the server reads for each byte, from a prompt that is known.

    Raises:
        ModelServerError: the server tells no number of tokens, or one that cannot be true.
    """
    probe = write_probe(language)
    # only the count of tokens read is wanted: a longer answer would cost time
    tokens = server.ask(probe, replace(model, longest_answer=1)).prompt_tokens
    if tokens is None:
        raise ModelServerError(
            Message(
                "The server does not tell how many tokens it read, so nobody would know whether "
                "it cut prompts off. A newer version may."
            )
        )
    ratio = tokens / probe.size
    if not _RATIOS[0] <= ratio <= _RATIOS[1]:
        raise _cut_off(tokens, probe.size / 4)
    return TokenRatio(ratio)


def ask_about(
    asked_model: AskedModel,
    entries: Mapping[str, str],
    segments: Sequence[SegmentText],
    language: str,
    answers: Answers,
    *,
    tell: Tell = lambda _share: None,
    keep: Callable[[], None] = lambda: None,
) -> AskingReport:
    """Ask about each code and each passage what is not known yet.

    Args:
        asked_model: The model at its server.
        entries: Per path of a code its entry, as ``prompts.describe_codes`` gives it.
        segments: The passages; of the same text and question one is asked about.
        language: Their language.
        answers: Where the answers are kept.
        tell: Receives the share of the work done, 0 to 1; what it raises ends the work.
        keep: Is called after each answer, so that nothing is asked twice after an interruption.

    Raises:
        ModelServerError: the server does not answer, cuts prompts off, or answers nonsense.
    """
    distinct = list({(question_of(s), s.text): s for s in segments}.values())
    keys = {path: [verdict_key(entry, s) for s in distinct] for path, entry in entries.items()}
    known_verdicts = answers.find({key for listed in keys.values() for key in listed})
    unknown = sum(key not in known_verdicts for listed in keys.values() for key in listed)
    talk = _Talk(asked_model, language, answers, keep)
    judged_count = 0
    for path, entry in entries.items():
        new = [s for key, s in zip(keys[path], distinct, strict=True) if key not in known_verdicts]
        for batch in _batches(new):
            tell(judged_count / unknown)
            talk.ask(entry, batch)
            judged_count += len(batch)
    verdicts = answers.find({key for listed in keys.values() for key in listed}).values()
    return AskingReport(
        texts=len(distinct),
        new_judgements=talk.judgements,
        known_judgements=len(known_verdicts),
        codes_given=sum(bool(verdict.places) for verdict in verdicts),
        invented=talk.invented,
        unusable=sum(verdict.unusable for verdict in verdicts),
        too_long=len(talk.too_long),
    )


def _batches(segments: Sequence[SegmentText]) -> Iterator[list[SegmentText]]:
    for _, group in groupby(segments, question_of):
        listed = list(group)
        for first in range(0, len(listed), _MOST_PASSAGES):
            yield listed[first : first + _MOST_PASSAGES]


class _Talk:
    """The questions to one model, and what became of them."""

    def __init__(
        self,
        asked_model: AskedModel,
        language: str,
        answers: Answers,
        keep: Callable[[], None],
    ) -> None:
        self._server, self._model = asked_model.server, asked_model.model
        self._language = language
        self._answers, self._keep = answers, keep
        self._ratio: TokenRatio | None = None
        self._unusable_in_a_row = 0
        self._sizes: dict[int, int] = {}
        self.judgements = 0
        self.invented = 0
        self.too_long: set[str] = set()

    def ask(self, entry: str, segments: list[SegmentText]) -> None:
        """Ask about passages; where that fails, about each half of them."""
        if self._ratio is None:
            # Only where something is to be asked: what is known needs no server.
            self._ratio = measure_tokens(self._server, self._model, self._language)
        prompt = write_prompt(entry, segments, self._language)
        room = self._model.window - self._model.longest_answer
        if self._ratio.expected(prompt) * _MARGIN > room:
            if len(segments) > 1:
                self._ask_halves(entry, segments)
            else:
                self.too_long.add(segments[0].text)
            return
        reply = self._server.ask(prompt, self._model)
        self._check_read(prompt, self._ratio.expected(prompt), reply.prompt_tokens or 0, room)
        try:
            # An answer that was not finished is no JSON, or seems whole and is not.
            passages = read_reply(reply.text if reply.finished else "", len(segments))
        except UnusableReplyError as error:
            if len(segments) > 1:
                self._ask_halves(entry, segments)
                return
            self._note_unusable(entry, segments[0], str(error))
            return
        self._unusable_in_a_row = 0
        self._take_in(entry, segments, passages)

    def _check_read(self, prompt: Prompt, expected: float, tokens: int, room: int) -> None:
        """Refuse an answer to a prompt that was cut off: it is well-formed, but about less."""
        # Cut off at the window, prompts of other sizes have one number of tokens.
        size_of_same = self._sizes.setdefault(tokens, prompt.size)
        is_same = abs(prompt.size - size_of_same) > _MOST_DIFFERENT * size_of_same
        if is_same or not _LEAST_READ * expected <= tokens <= room:
            raise _cut_off(tokens, expected)

    def _ask_halves(self, entry: str, segments: list[SegmentText]) -> None:
        middle = len(segments) // 2
        self.ask(entry, segments[:middle])
        self.ask(entry, segments[middle:])

    def _take_in(
        self, entry: str, segments: list[SegmentText], passages: Sequence[tuple[int, str]]
    ) -> None:
        for number, segment in enumerate(segments):
            quotes = [words for place, words in passages if place == number]
            places = [find_words(words, segment.text) for words in quotes]
            literal = tuple(dict.fromkeys(place for place in places if place is not None))
            invented = places.count(None)
            self.invented += invented
            self._answers.keep(verdict_key(entry, segment), Verdict(literal, invented))
        self.judgements += len(segments)
        self._keep()

    def _note_unusable(self, entry: str, segment: SegmentText, beginning: str) -> None:
        self._unusable_in_a_row += 1
        if self._unusable_in_a_row >= _MOST_IN_A_ROW:
            raise ModelServerError(
                Message(
                    "'{name}' gave {count} answers in a row that are not the JSON it was asked "
                    "for. The last one begins with: {beginning}",
                    name=self._model.name,
                    count=self._unusable_in_a_row,
                    beginning=beginning or "-",
                )
            )
        self.judgements += 1
        self._answers.keep(verdict_key(entry, segment), Verdict(unusable=True))
        self._keep()


def _cut_off(tokens: int, expected: float) -> ModelServerError:
    return ModelServerError(
        Message(
            "The server read {tokens} tokens where about {expected} were sent: it cuts prompts "
            "off. Load the model with a larger context window, or give a smaller --window.",
            tokens=tokens,
            expected=round(expected),
        )
    )
