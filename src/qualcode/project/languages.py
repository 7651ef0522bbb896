"""The language of each interview: recognised on import, confirmed or changed by a person.

Lemmas, sentences, stop words, names and suggestions follow it; the language of the project is
only what an interview gets whose own language cannot be recognised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.errors import Problem
from qualcode.messages import Message
from qualcode.model import (
    ExchangeProject,
    ExchangeSource,
    Transcript,
    language_name,
)

if TYPE_CHECKING:
    from qualcode.importing import ReadResult
    from qualcode.language import Language, LanguageGuess
    from qualcode.project.project import Project

CONFIRMED_LANGUAGES = "languages_confirmed"
"""Setting that keeps the names of the transcripts whose language somebody confirmed."""


@dataclass(frozen=True, slots=True)
class TranscriptLanguage:
    """The language of one interview.

    Attributes:
        transcript: Name of the transcript.
        language: Its language, by which it is read.
        guess: The language that its words look like; ``""`` where they are too few, or of none
            that the program knows.
        confirmed: Whether somebody confirmed the language.
        differs: Whether it is not the language of the project.
        unrecognised: Whether its words are many, and of no language that the program knows.
    """

    transcript: str
    language: str
    guess: str
    confirmed: bool
    differs: bool
    unrecognised: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look: nobody did, and not everything points one way."""
        return not self.confirmed and (self.differs or self.guess not in {"", self.language})


def list_languages(project: Project) -> tuple[TranscriptLanguage, ...]:
    """Return the language of each interview of a project, in the order of import."""
    from qualcode.language import FEWEST_WORDS

    with project.snapshot() as snapshot:
        confirmed = set(snapshot.setting(CONFIRMED_LANGUAGES, []))
        guesses = {t.name: guess_language(t) for t in snapshot.transcripts}
        return tuple(
            TranscriptLanguage(
                transcript.name,
                transcript.language,
                guesses[transcript.name].language,
                transcript.name in confirmed,
                transcript.language != snapshot.info.language,
                not guesses[transcript.name].language
                and guesses[transcript.name].words >= FEWEST_WORDS,
            )
            for transcript in snapshot.transcripts
        )


_guesses: dict[tuple[str, int], LanguageGuess] = {}
"""Guesses by text and number of turns: by its hash, so that no text outlives its project here."""


def guess_language(transcript: Transcript) -> LanguageGuess:
    """Return the language that the words spoken in a transcript look like."""
    from qualcode.language import detect_language

    key = (transcript.sha256, len(transcript.turns))
    if key not in _guesses:
        spoken = (turn.span.of(transcript.text) for turn in transcript.turns)
        _guesses[key] = detect_language("\n".join(spoken) or transcript.text)
    return _guesses[key]


def with_language(read: ReadResult, project_language: str, language: str = "") -> ReadResult:
    """Return what was read from a file, in the language that its words are in.

    Args:
        read: What was read.
        project_language: Its language where its words do not tell.
        language: Its language as a person gave it; ``""`` where nobody did.

    Raises:
        UnknownNameError: the program does not know the language that was given.
    """
    from qualcode.language import FEWEST_WORDS

    if language:
        check_language(language)
        return replace(read, transcript=replace(read.transcript, language=language))
    guess = guess_language(read.transcript)
    transcript = replace(read.transcript, language=guess.language or project_language)
    # Nobody could tell the language of so few words, so there is nothing to warn of.
    if guess.language or guess.words < FEWEST_WORDS:
        return replace(read, transcript=transcript)
    unknown = Problem(
        Message("transcript {name}", name=transcript.name),
        Message(
            "Its language was not recognised, so it is read as {language}.",
            language=language_name(project_language),
        ),
        Message(
            'Correct it if need be: qualcode transcript language "{name}" LANGUAGE',
            name=transcript.name,
        ),
    )
    return replace(read, transcript=transcript, problems=(*read.problems, unknown))


def with_source_languages(read: ExchangeProject) -> ExchangeProject:
    """Return the project of another program, each text in the language that its words are in.

    Files of qualcode say it; no other program does.
    """
    # There somebody may have confirmed another language than the words look like.
    if read.origin.casefold().startswith("qualcode"):
        return read
    return replace(read, sources=tuple(map(_in_own_language, read.sources)))


def _in_own_language(source: ExchangeSource) -> ExchangeSource:
    language = guess_language(source.transcript).language
    if not language:
        return source
    return replace(source, transcript=replace(source.transcript, language=language))


def load_for(transcript: Transcript) -> Language:
    """Return the words and sentences of the language of a transcript."""
    return load_known(transcript.language)


def load_known(language: str) -> Language:
    """Return a language; English where it is not known.

    A project of another program, or one made before, may name any language.
    """
    from qualcode.language import known_languages, load_language

    return load_language(language if language in known_languages() else "en")


def by_language(
    transcripts: Iterable[Transcript],
) -> tuple[tuple[Language, tuple[Transcript, ...]], ...]:
    """Return the transcripts of each language together, in the order of their first ones.

    Without a transcript there is English alone, so that what is asked is checked all the same.
    """
    from qualcode.language import load_language

    groups: dict[str, list[Transcript]] = {}
    for transcript in transcripts:
        groups.setdefault(load_for(transcript).name, []).append(transcript)
    return tuple(
        (load_language(name), tuple(texts)) for name, texts in (groups or {"en": []}).items()
    )


def commonest_language(transcripts: Iterable[Transcript], default: str) -> str:
    """Return the language of most of the transcripts; of equally many, the default first."""
    counts = Counter(transcript.language for transcript in transcripts)
    return max(counts, key=lambda name: (counts[name], name == default), default=default)


def check_language(language: str) -> None:
    """Refuse a language that the program cannot read texts in.

    Raises:
        UnknownNameError: it is none of the known ones.
    """
    from qualcode.errors import unknown_name
    from qualcode.language import known_languages

    if language not in known_languages():
        raise unknown_name("language", language, known_languages(), "qualcode")
