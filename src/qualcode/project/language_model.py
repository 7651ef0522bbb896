"""A language model that a researcher runs: which one, asking it, and what became of it.

The choice is a setting of the project, off by default. It names the model as its server described
it, so that answers of another version are never mixed up with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from qualcode.errors import (
    InvalidValueError,
    ModelServerError,
    UndefinedRequestError,
    unknown_name,
)
from qualcode.messages import Message
from qualcode.model import (
    AskingReport,
    Coding,
    Exposure,
    LanguageModel,
    ModelUse,
    Rejection,
    SegmentKind,
    ServerProtocol,
    Transcript,
)
from qualcode.project.coded_passages import TextReader, collect_passages, respondents_segments
from qualcode.project.languages import by_language, load_for
from qualcode.project.part import Part

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot
    from qualcode.project.suggestion_model import SuggestionModel
    from qualcode.storage import Store
    from qualcode.suggesting import SegmentText

SETTING = "language_model"
WITH = " with "
"""Stands between the version of a suggestion and the language model that spoke for it."""

Tell = Callable[[float], None]


class OwnLanguageModel(Part):
    """The language model of a project, on the researcher's own machine."""

    def __init__(self, project: Project, store: Store, coder: str, model: SuggestionModel) -> None:
        super().__init__(project, store, coder)
        self._model = model

    def choose(
        self, server: str, name: str, protocol: str = ServerProtocol.OLLAMA, window: int = 0
    ) -> LanguageModel:
        """Choose the language model whose answers count in suggestions from now on.

        Args:
            server: Address of its server on this machine (``http://127.0.0.1:11434``).
            name: Name of the model at the server.
            protocol: ``ollama`` or ``openai``.
            window: Tokens of its context window; 0 for what the server tells.

        Raises:
            InvalidValueError: the address is of another machine, or is none; or no name.
            ModelServerError: no server answers there, or it tells too little.
            UnknownNameError: the server has no such model, or no server speaks so.
        """
        from qualcode.suggesting.language_models import Connection, describe_model, open_server

        if not name.strip():
            raise InvalidValueError("Write the name of the model as its server calls it.")
        if protocol not in [*ServerProtocol]:
            raise unknown_name("protocol", protocol, ServerProtocol, "the protocols of servers")
        kind, connection = ServerProtocol(protocol), Connection(server)
        model = describe_model(open_server(kind, connection), server, kind, name, window)
        self._store.set_setting(SETTING, asdict(model), self._coder)
        return model

    def turn_off(self) -> None:
        """Let no language model count in suggestions; what it answered is kept."""
        self._store.set_setting(SETTING, None, self._coder)

    def read_choice(self) -> LanguageModel | None:
        """Return the language model of this project; None where there is none."""
        return read_model(self._store.setting(SETTING))

    def ask(self, transcript: str = "", tell: Tell = lambda _share: None) -> AskingReport:
        """Ask the model about what respondents said, as far as its answers are not known.

        Each answer is kept at once: asking again after an interruption goes on from there.

        Args:
            transcript: Name of a transcript; by default all of them, and what was coded in them,
                as measuring needs it.
            tell: Receives the share of the work done, 0 to 1; what it raises ends the work.

        Raises:
            UndefinedRequestError: no model is chosen, the transcript is in an open round without
                suggestions, or the transcripts are not segmented yet.
            ModelServerError: the server does not answer, cuts prompts off or answers nonsense; the
                answers before that are kept.
        """
        model = self.read_choice()
        if model is None:
            raise UndefinedRequestError(
                "No language model is chosen in this project. Choose one first: qualcode "
                "language-model --server http://127.0.0.1:11434 --name MODEL."
            )
        with self._snapshot() as snapshot:
            texts, left_out = self._askable(snapshot, transcript)
            groups = [
                (load_for(of_language[0]).name, self._segments(snapshot, of_language, transcript))
                for _, of_language in by_language(texts)
            ]
            entries = {language: self._model.entries(snapshot, language) for language, _ in groups}
        return self._ask_groups(model, groups, entries, left_out, tell)

    def _ask_groups(
        self,
        model: LanguageModel,
        groups: Sequence[tuple[str, Sequence[SegmentText]]],
        entries: dict[str, dict[str, str]],
        left_out: Sequence[str],
        tell: Tell,
    ) -> AskingReport:
        from qualcode.suggesting.language_models import (
            Answers,
            AskedModel,
            Connection,
            ask_about,
            describe_model,
            open_server,
        )

        shares = _Shares(tell, [len(segments) for _, segments in groups])
        connection = Connection(model.server, shares.repeat)
        server = open_server(model.protocol, connection)
        current = describe_model(server, model.server, model.protocol, model.name, model.window)
        if current.description != model.description:
            raise ModelServerError(
                Message(
                    "The server has another version of '{name}' now ({now}). Choose it again, so "
                    "that its answers are kept apart from those of before.",
                    name=model.name,
                    now=current.description,
                )
            )
        reports = []
        for number, (language, segments) in enumerate(groups):
            kept_answers = self._model.kept_answers(model)
            shares.group = number
            reports.append(
                ask_about(
                    AskedModel(server, model),
                    entries[language],
                    segments,
                    language,
                    Answers(kept_answers.vectors),
                    tell=shares.tell,
                    keep=kept_answers.keep,
                )
            )
        return AskingReport(
            **{
                field.name: sum(getattr(report, field.name) for report in reports)
                for field in fields(AskingReport)
                if field.name != "left_out"
            },
            left_out=tuple(left_out),
        )

    def _askable(self, snapshot: Snapshot, transcript: str) -> tuple[list[Transcript], list[str]]:
        """Return the transcripts that may be asked about, and the names of the others."""
        from qualcode.project.suggestions import is_silent

        texts = [snapshot.transcript(transcript)] if transcript else list(snapshot.transcripts)
        # Whoever asks: what is kept would be there for those who are in the round, too.
        silent = [
            text.name
            for text in texts
            if any(is_silent(round_, text.name) for round_ in snapshot.rounds)
        ]
        if transcript and silent:
            raise UndefinedRequestError(
                Message(
                    "'{transcript}' is in an open round without suggestions: no language model is "
                    "asked about it until the round is closed.",
                    transcript=transcript,
                )
            )
        return [text for text in texts if text.name not in silent], silent

    def _segments(
        self, snapshot: Snapshot, texts: Sequence[Transcript], transcript: str
    ) -> list[SegmentText]:
        segments = []
        words = load_for(texts[0])
        for text in texts:
            reader = TextReader(snapshot, text)
            sentences = respondents_segments(snapshot, text, SegmentKind.SENTENCE)
            segments += [reader.segment_text(sentence.span) for sentence in sentences]
        if not transcript:
            names = {text.name for text in texts}
            codings = [c for c in snapshot.codings if c.transcript in names]
            segments += [passage.segment for passage in collect_passages(snapshot, codings)]
        # Notes of the transcriber are no speech, and no code applies to them.
        return [segment for segment in segments if words.spoken_count(segment.text)]


class _Shares:
    """Joins the shares of several groups of texts to one."""

    def __init__(self, tell: Tell, sizes: Sequence[int]) -> None:
        self._tell, self._sizes = tell, sizes
        self._last = 0.0
        self.group = 0

    def tell(self, share: float) -> None:
        judged_count = sum(self._sizes[: self.group]) + share * self._sizes[self.group]
        self._last = judged_count / max(sum(self._sizes), 1)
        self._tell(self._last)

    def repeat(self) -> None:
        """Report the same share again, so that Stop ends a question that is under way."""
        self._tell(self._last)


def read_model(value: Any) -> LanguageModel | None:
    """Return the model in a setting; None where there is none, or one that cannot be read."""
    if not isinstance(value, dict):
        return None
    try:
        return LanguageModel(**{**value, "protocol": ServerProtocol(value["protocol"])})
    except (TypeError, KeyError, ValueError):
        return None


def count_uses(
    exposures: Iterable[Exposure], rejections: Iterable[Rejection], codings: Iterable[Coding]
) -> tuple[ModelUse, ...]:
    """Return what people did with what each language model spoke for."""
    counts: dict[str, list[int]] = {}
    for place, names in enumerate(
        (
            [exposure.suggester for exposure in exposures],
            [coding.origin for coding in codings],
            [rejection.suggester for rejection in rejections],
        )
    ):
        for name in names:
            _, joint, description = name.partition(WITH)
            if joint:
                counts.setdefault(description, [0, 0, 0])[place] += 1
    return tuple(ModelUse(name, *counts[name]) for name in sorted(counts))
