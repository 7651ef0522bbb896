r"""Cut a transcript into structural units: turns, paragraphs, sentences, answers.

Owns the rules for where a unit begins and ends. What a unit means is left to coders and to
``suggesting``. Every unit lies inside a turn, but for answers, which are runs of turns.
Lemmas come in as a function, so that no language library is needed here.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from qualcode.model import (
    Guide,
    Question,
    Role,
    Segment,
    SegmentKind,
    Span,
    Transcript,
    Turn,
    trimmed,
)

Tokenizer = Callable[[str], Sequence[str]]
"""Text to its words or lemmas, in order."""

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def simple_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case: the plainest tokenizer."""
    return tuple(match.group().lower() for match in _WORD.finditer(text))


def cut_turns(transcript: Transcript) -> tuple[Segment, ...]:
    """Return each turn as a segment."""
    return tuple(
        Segment(transcript.name, SegmentKind.TURN, turn.span, (turn.number,))
        for turn in transcript.turns
    )


# --- paragraphs --------------------------------------------------------------------------

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def cut_paragraphs(transcript: Transcript) -> tuple[Segment, ...]:
    """Return the paragraphs, none of them across a turn.

    Paragraphs are divided by blank lines where the text has any inside a turn, else by line
    ends: a hard-wrapped text has blank lines, a Word document has one line a paragraph.
    """
    inside = [turn.span.of(transcript.text) for turn in transcript.turns]
    divider = _BLANK_LINE if any(map(_BLANK_LINE.search, inside)) else re.compile(r"\n")
    return tuple(
        Segment(transcript.name, SegmentKind.PARAGRAPH, span, (turn.number,))
        for turn in transcript.turns
        for span in _divided(transcript.text, turn.span, divider)
    )


def _divided(text: str, span: Span, divider: re.Pattern[str]) -> list[Span]:
    edges = [span.start]
    for match in divider.finditer(text, span.start, span.end):
        edges += (match.start(), match.end())
    edges.append(span.end)
    parts = (trimmed(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return [part for part in parts if part]


# --- sentences ---------------------------------------------------------------------------

ABBREVIATIONS = frozenset(
    "a.d.h.v. a.s. a.u.b. afb. afd. alg. apr. arr. art. aug. bijv. bijz. blz. bv. b.v. ca. "
    "cf. chr. civ. cm. co. d.d. d.m.v. d.w.z. dec. dept. dhr. div. do. dr. drs. e.a. e.d. e.e.a. "
    "e.g. enz. etc. ev. evt. excl. feb. fig. fr. gebr. geb. gem. hr. i.c. i.c.m. i.d. i.e. i.h.a. "
    "i.h.b. i.o. i.p.v. i.v.m. incl. ing. inl. int. ir. jan. jhr. jl. jr. jul. jun. kap. km. lic. "
    "m.a.w. m.b.t. m.b.v. m.i. m.i.v. m.n. m.u.v. max. mej. mevr. mevr. mgr. min. mln. mr. mrd. "
    "mrt. mw. n.a.v. n.l. nl. nov. nr. nrs. o.a. o.b.v. o.i.d. o.l.v. o.v.v. okt. ong. p. p.j. "
    "p.p. p.st. pag. par. plm. plv. pm. prof. red. ref. resp. sec. sept. sr. st. t.a.v. t.b.v. "
    "t.e.m. t.g.v. t.h.v. t.k. t.m. t.n.v. t.o. t.o.v. t.w.v. t.z.t. tel. temp. u.d. univ. v.a. "
    "v.chr. vb. vgl. vnl. voorz. vs. vr. wo. z.g. z.g.a.n. z.i. z.o.z. zgn. zo.".split()
)
"""Dutch abbreviations whose full stop does not end a sentence, as they are written."""

# words above that are words too: their full stop may well end a sentence
_ALSO_WORDS = frozenset({"do.", "wo.", "zo.", "int.", "min.", "arr.", "co.", "art."})

_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘„«([-–—*_"
_NOTE = r"(?:\((?:[a-zà-ÿ][^()\n]{0,30})\)|\[(?:[a-zà-ÿ][^\[\]\n]{0,30})\])"
# the end mark, quotes and brackets that close, and notes such as (lacht) that follow it
_END = re.compile(
    rf"(?<![\[(.])(?P<mark>[.!?…]+)[{_CLOSERS}*_]*(?:[^\S\n]+{_NOTE}[.!?…]*)*(?=\s|$)"
)
_BREAK = re.compile(r"\n[^\S\n]*\n\s*|\n(?=\s*[-*•]\s)")
_WORD_BEFORE = re.compile(r"(?:\w+\.)*\w+$")
_SPEECH_VERB = re.compile(r"(?:zei|zeg|zegt|zeiden|vroeg|vraagt|dacht|denk|riep|roept)\b")
_ELIDED_OPENER = re.compile(r"['’][stnk]\s+\w")


def split_sentences(text: str, span: Span) -> tuple[Span, ...]:
    """Return the sentences of spoken text inside ``span``, trimmed, in order.

    The rules: an end mark followed by white space ends a sentence, unless the full stop
    belongs to an abbreviation or an initial; an ellipsis ends one only before a capital or a
    digit; quotes, brackets and notes such as ``(lacht)`` that close stay with their sentence;
    a bracket at the start belongs to the next; a blank line and a list item always divide.
    """
    sentences: list[Span] = []
    for block in _divided(text, span, _BREAK):
        start = block.start
        for match in _END.finditer(text, block.start, block.end):
            if match.start() >= start and _ends_sentence(text, match, block.end):
                part = trimmed(text, start, match.end())
                if part:
                    sentences.append(part)
                start = match.end()
        rest = trimmed(text, start, block.end)
        if rest:
            sentences.append(rest)
    return tuple(sentences)


def _ends_sentence(text: str, match: re.Match[str], end: int) -> bool:
    follow = match.end()
    while follow < end and text[follow].isspace():
        follow += 1
    if follow >= end:
        return True
    following = text[follow:end][:40]
    mark = match.group("mark")
    bare = following.lstrip(_OPENERS)
    opens = bool(bare) and (bare[0].isupper() or bare[0].isdigit())
    opens = opens or bool(_ELIDED_OPENER.match(following))
    if mark in {"...", "…"} or (len(mark) > 2 and set(mark) == {"."}):
        return opens
    if "?" in mark or "!" in mark:
        return not _SPEECH_VERB.match(following)
    return mark != "." or _is_full_stop(text[: match.start()], opens=opens)


def _is_full_stop(before: str, *, opens: bool) -> bool:
    """Tell whether a single full stop after ``before`` ends a sentence."""
    found = _WORD_BEFORE.search(before[-40:])
    if not found:
        return True
    word = found.group()
    if len(word) == 1 and word.isupper():
        return False
    dotted = f"{word.lower()}."
    if dotted in _ALSO_WORDS:
        return opens
    if dotted in ABBREVIATIONS:
        # these end a list or a clause, so that a capital after them opens a sentence
        return opens and dotted in {"enz.", "etc.", "e.d.", "o.i.d.", "e.a.", "a.u.b.", "jl."}
    return not (word.isdigit() and not opens)


def cut_sentences(transcript: Transcript) -> tuple[Segment, ...]:
    """Return the sentences, none of them across a turn."""
    return tuple(
        Segment(transcript.name, SegmentKind.SENTENCE, span, (turn.number,))
        for turn in transcript.turns
        for span in split_sentences(transcript.text, turn.span)
    )


# --- answers -----------------------------------------------------------------------------

MIN_SCORE = 0.22
"""Least cosine between an interviewer's words and a guide question to call it a match."""
_BACKCHANNEL_WORDS = 4


def cut_answers(
    transcript: Transcript,
    guide: Guide | None = None,
    tokenize: Tokenizer = simple_words,
) -> tuple[Segment, ...]:
    """Return the answers: an interviewer's question and the turns up to the next question.

    A short interjection of the interviewer without a question mark ("hm-hm") does not begin a
    new answer. Where a guide is given, each answer carries the id of the guide question that
    its question is most like; a follow-up that is like none keeps the question before.

    Args:
        transcript: With confirmed roles; without an interviewer there are no answers.
        guide: The topic guide of this respondent's group.
        tokenize: Gives the lemmas by which questions are compared.
    """
    matcher = _QuestionMatcher(guide, tokenize) if guide and guide.questions else None
    answers: list[Segment] = []
    question: str | None = None
    for asked, reply in _exchanges(transcript):
        if matcher:
            words = " ".join(turn.span.of(transcript.text) for turn in asked)
            question = matcher.best(words) or question
        turns = (*asked, *reply)
        span = Span(turns[0].span.start, turns[-1].span.end)
        numbers = tuple(turn.number for turn in turns)
        answers.append(Segment(transcript.name, SegmentKind.ANSWER, span, numbers, question))
    return tuple(answers)


def _exchanges(transcript: Transcript) -> Iterable[tuple[list[Turn], list[Turn]]]:
    """Yield each run of interviewer's turns with the turns that reply to it."""
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    asked: list[Turn] = []
    reply: list[Turn] = []
    for turn in transcript.turns:
        is_question = roles[turn.speaker] is Role.INTERVIEWER and not (
            reply and _is_backchannel(turn.span.of(transcript.text))
        )
        if is_question and reply:
            yield asked, reply
            asked, reply = [turn], []
        elif is_question:
            asked.append(turn)
        elif asked:
            reply.append(turn)
    if asked and reply:
        yield asked, reply


def _is_backchannel(words: str) -> bool:
    return "?" not in words and len(simple_words(words)) <= _BACKCHANNEL_WORDS


class _QuestionMatcher:
    """Finds the guide question that an interviewer's words are most like."""

    def __init__(self, guide: Guide, tokenize: Tokenizer) -> None:
        self.tokenize = tokenize
        entries = [(q.id, Counter(tokenize(_question_words(q)))) for q in guide.questions]
        seen = Counter(word for _, words in entries for word in words)
        # rarer words tell questions apart; words of half the guide tell nothing
        self.weights = {w: math.log(len(entries) / n) for w, n in seen.items()}
        self.vectors = [(key, self._vector(words)) for key, words in entries]

    def best(self, words: str) -> str | None:
        """Return the id of the nearest question, or None where none is near enough."""
        asked = self._vector(Counter(self.tokenize(words)))
        scored = [(_cosine(asked, vector), key) for key, vector in self.vectors]
        score, key = max(scored, key=lambda pair: pair[0])
        return key if score >= MIN_SCORE else None

    def _vector(self, words: Counter[str]) -> dict[str, float]:
        vector = {
            w: self.weights[w] * (1 + math.log(n)) for w, n in words.items() if self.weights.get(w)
        }
        length = math.sqrt(sum(v * v for v in vector.values()))
        return {w: v / length for w, v in vector.items()} if length else {}


def _question_words(question: Question) -> str:
    return " ".join((question.text.in_language("nl"), *question.terms))


def _cosine(one: dict[str, float], two: dict[str, float]) -> float:
    return sum(value * two[word] for word, value in one.items() if word in two)


def segment(
    transcript: Transcript,
    guide: Guide | None = None,
    tokenize: Tokenizer = simple_words,
) -> dict[SegmentKind, tuple[Segment, ...]]:
    """Return the transcript cut in every way, by kind."""
    return {
        SegmentKind.TURN: cut_turns(transcript),
        SegmentKind.PARAGRAPH: cut_paragraphs(transcript),
        SegmentKind.SENTENCE: cut_sentences(transcript),
        SegmentKind.ANSWER: cut_answers(transcript, guide, tokenize),
    }
