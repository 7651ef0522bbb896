"""Where names of people can be in a project: every text and label that it keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from qualcode.errors import Problem
from qualcode.language import known_languages
from qualcode.language.lemmas import lemmas_of
from qualcode.messages import Message
from qualcode.model import Code, Codebook, LocalText
from qualcode.project.snapshot import Snapshot
from qualcode.pseudonyms import Rules, find_in_labels
from qualcode.pseudonyms.lists import load_lists
from qualcode.quotes import Measures

_WORD = re.compile(r"[^\W\d_]+")

NOT_LOOKED_AT = (
    "withdrawn codings and the history: what is replaced elsewhere is replaced there too",
    "texts of the codebook in another language than that of the interviews",
)
"""What a scan of the whole project leaves out, to be told with it."""

CANNOT_SEE = (
    "names that are also ordinary words, at the beginning of a sentence or without a capital",
    "names in lower case that are on no list, and numbers or addresses that are spelled out",
    "who somebody is, from what happened: an incident, a rare profession, a dialect",
    "audio, video and pictures, and anything outside this project file: exports, older backups",
)
"""What the rules cannot find, to be told with every scan."""


def rules_for(language: str) -> Rules:
    """Return the rules by which names are found in texts in a language."""
    # Lists of names and words exist for known languages only.
    list_language = language if language in known_languages() else "en"
    return Rules(
        lists=load_lists(list_language),
        is_word=lemmas_of(list_language).knows,
        language=list_language,
    )


@dataclass(frozen=True, slots=True)
class StudyDictionary:
    """Tells whether a word is known, in a study whose codebook has words of its own.

    Attributes:
        own: Words of the codebook, in lower case.
        knows: Tells it for the words of the language.
    """

    own: frozenset[str]
    knows: Callable[[str], bool]

    def __call__(self, word: str) -> bool:
        """Tell whether a word in lower case is known."""
        return word in self.own or self.knows(word)


# An annex checks one quote after another by the same rules.
@lru_cache(maxsize=16)
def with_words_of(rules: Rules, codebook: Codebook | None) -> Rules:
    """Return rules by which the words of a codebook's labels and terms are words, and no names.

    A word of a trade ("Inspraak") is in no dictionary, and in every quote of its code. Names on
    a list stay names, whatever a code is called.
    """
    texts = (
        text
        for code in (codebook.codes if codebook else ())
        for text in (*code.label.values(), *code.terms)
    )
    words = frozenset(word.casefold() for text in texts for word in _WORD.findall(text))
    lists = rules.lists
    names = lists.first_names | lists.surnames | lists.places | lists.employers
    return replace(rules, is_word=StudyDictionary(words - names, rules.is_word))


def languages_of_texts(snapshot: Snapshot) -> dict[str, str]:
    """Return the language of each text that need not be in that of the project."""
    languages: dict[str, str] = {
        Message("transcript {name}", name=transcript.name): transcript.language
        for transcript in snapshot.transcripts
    }
    codebook = snapshot.find_codebook()
    spoken = {transcript.language for transcript in snapshot.transcripts}
    for language in spoken - {snapshot.info.language}:
        for where, _text in texts_of_codebook(codebook, language) if codebook else ():
            languages[where] = language
    return languages


def texts_with_names(snapshot: Snapshot, measures: Measures) -> Iterator[tuple[str, str]]:
    """Yield every text in which a name may stand, with what text it is.

    Args:
        snapshot: The project.
        measures: The risks that were accepted, whose reasons are texts too.
    """
    for transcript in snapshot.transcripts:
        yield Message("transcript {name}", name=transcript.name), transcript.text
    yield from _notes_of_coders(snapshot)
    for case in snapshot.cases:
        for attribute, value in case.attributes.items():
            yield (
                Message("attribute {attribute} of {name}", attribute=attribute, name=case.name),
                value,
            )
    codebook = snapshot.find_codebook()
    spoken = {transcript.language for transcript in snapshot.transcripts}
    for language in sorted(spoken | {snapshot.info.language}):
        yield from texts_of_codebook(codebook, language) if codebook else ()
    yield from texts_of_guides(snapshot)
    for key, excerpt in snapshot.excerpts.items():
        yield Message("excerpt of coding {key}", key=key[:8]), excerpt
    for risk, reason in measures.confirmed.items():
        yield Message("acceptance of risk {risk}", risk=risk), reason


def texts_of_guides(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield the questions of the topic guides in the language of the project."""
    for guide in snapshot.guides:
        for question in guide.questions:
            if text := question.text.get(snapshot.info.language):
                yield (
                    Message("question {id} of {guide}", id=question.id, guide=guide.name),
                    text,
                )


def _notes_of_coders(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    for memo in snapshot.memos:
        yield (
            Message(
                "memo {id} on {target_kind} {target}",
                id=memo.id[:8],
                target_kind=memo.target_kind,
                target=memo.target,
            ).rstrip(),
            memo.text,
        )
    for coding in snapshot.codings:
        if coding.memo:
            yield Message("note on coding {id}", id=coding.id[:8]), coding.memo
    for decision in snapshot.decisions:
        if decision.reason:
            yield (
                Message(
                    "reason of decision {disagreement}", disagreement=decision.disagreement[:8]
                ),
                decision.reason,
            )


def texts_of_codebook(codebook: Codebook, language: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a codebook in one language: the rules know no other."""
    for code in codebook.codes:
        # The label is what everybody sees; what it stands for is in the other fields.
        for field in Code.TEXT_FIELDS[1:]:
            texts: LocalText = getattr(code, field)
            if texts.get(language):
                field_name = field if language == codebook.language else f"{field}.{language}"
                where = Message("codebook {path} {field}", path=code.path, field=field_name)
                yield where, texts[language]


def labels_with_names(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield the labels in which a name may stand: of files, speakers, cases, rounds."""
    yield "name of the project", snapshot.info.name
    for transcript in snapshot.transcripts:
        yield Message("name of transcript {name}", name=transcript.name), transcript.name
        yield Message("file of {name}", name=transcript.name), transcript.source_file
        for speaker in transcript.speakers:
            yield (
                Message("speaker {label} of {name}", label=speaker.label, name=transcript.name),
                speaker.label,
            )
    for case in snapshot.cases:
        yield Message("name of case {name}", name=case.name), case.name
    for round_ in snapshot.rounds:
        yield Message("name of round {name}", name=round_.name), round_.name


def names_to_settle_by_hand(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield what a scan sees and replacing leaves: names of coders, hidden memos."""
    # Names of coders belong to no interview, so the language of the project decides.
    rules = rules_for(snapshot.info.language)
    coders: dict[str, str] = {Message("coder {c}", c=c): c for c in snapshot.coders}
    for name in find_in_labels(coders, rules):
        yield Problem(
            name.mentions[0].where,
            Message(
                "The coder's name '{text}' is somebody's name; it stays in the project.",
                text=name.text,
            ),
            "An export without --real-names does not show it.",
        )
    for round_ in snapshot.hiding_rounds:
        yield Problem(
            Message("round {name}", name=round_.name),
            "It is blind and open, so what others wrote in it was not looked at.",
            "Scan again when it is closed.",
        )
