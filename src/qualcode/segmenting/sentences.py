"""Where the sentences of speech begin and end.

Owns the rules. They are made for transcripts: pauses written as ellipses, notes such as
``(lacht)``, elisions ``[...]``, time stamps within a turn. Offsets stay those of the text, so a
sentence is always a piece of the text as it was imported.
"""

from __future__ import annotations

import re

from qualcode.model import Span
from qualcode.segmenting.sentence_words import SentenceWords, words_of

_NOTE_WORDS = (
    r"lach|gelach|glimlach|grinnik|giechel|zucht|stilte|stil\b|pauze|onverstaanbaar|onduidelijk|huil|"
    r"snik|kuch|hoest|snuit|fluister|knik|schud|slikt|denkt na|twijfel|emotioneel|geluid|telefoon|"
    r"geroezemoes|wijst|haalt|klopt|zingt|imiteert|ironisch|sarcastisch|crosstalk|laugh|chuckl|pause|sigh|inaudible|unclear|cough|cries|silence|"
    r"seufz|unverständlich|schweig|rire|rit\b|soupir|inaudible|silence"
)
_NOTE = (
    rf"(?:\([^\W\d_][^()\n]{{0,30}}\)|\[(?i:[^\[\]\n]{{0,12}}(?:{_NOTE_WORDS})[^\[\]\n]{{0,25}})\])"
)
_EMOJI = "[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f\u200d]+"
_STAMP = (
    r"(?:\#\d\d?:\d\d(?::\d\d)?(?:[-.,]\d+)?\#"
    r"|\[\d\d?:\d\d(?::\d\d)?(?:[.,]\d+)?\]|\(\d\d?:\d\d(?::\d\d)?(?:[.,]\d+)?\)"
    r"|(?<!\S)\d\d?:\d\d:\d\d(?:[.,]\d+)?(?!\S))"
)
_LABEL = (
    r"(?:(?:[A-Z]{1,3}\d{0,2}|Interviewer|Respondent|Onderzoeker|Geïnterviewde|Participant|"
    r"Enquêteur) ?\d?:(?=\s))"
)
_ELISION = r"(?:\[(?:\.\.\.|…)\]|\((?:\.\.\.|…)\))"

_CLOSERS = r"\"'”’»)\]*_"
_OPENERS = re.compile(rf"(?:{_ELISION}\s*|[\"'“‘„«(\[–—*_-])*")
# the end mark, quotes and brackets that close it, and notes such as (lacht) that follow it
_END = re.compile(
    # a set of characters comes first, since that is what the search is fast at
    rf"(?P<mark>[.!?…](?<![\[(.…].)(?:(?:[^\S\n]\.){{2,}}|[.!?…]*))(?P<close>[{_CLOSERS}]*)"
    rf"(?P<notes>(?:[^\S\n]+(?:{_NOTE}[.!?…]*|{_EMOJI}))*)(?=\s|$|\#\d|(?<=[^\W\d_]{{3}}\.)[A-Z][^\W\d_])"
)
_BREAK = re.compile(r"\n[^\S\n]*\n\s*|\n(?=\s*(?:[-*•]|\d{1,2}[.)])\s)")
_SKIPPED_FIRST = re.compile(rf"(?:\s+|{_STAMP}|(?:^|(?<=\n)){_LABEL})+", re.MULTILINE)
_SKIPPED_LAST = re.compile(rf"(?:\s+|{_STAMP})+\Z")
_PLAIN_LAST = frozenset(".?!…,;:\"'”’")
_BARE = re.compile(rf"[\W_]*(?:{_ELISION}[\W_]*)*\Z")
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]+\.)*\w+$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,4}\.")
_ELIDED_OPENER = re.compile(r"['’‘][stnkm]\s+[A-ZÀ-Þ]")


def split_sentences(text: str, span: Span, language: str = "nl") -> tuple[Span, ...]:
    """Return the sentences of spoken text inside ``span``, in order, without overlap.

    White space, speaker labels and time stamps at the ends of a sentence are not in it. An end
    mark followed by white space ends a sentence, unless the full stop belongs to an
    abbreviation, an initial or a list number; an ellipsis ends one only before a capital or a
    digit; quotes, brackets and notes such as ``(lacht)`` that close stay with their sentence;
    an elision ``[...]`` at the start belongs to the next; a blank line and a list item divide.

    Args:
        text: The text.
        span: The part of it to divide.
        language: Code of its language, whose abbreviations count.
    """
    words = words_of(language)
    sentences: list[Span] = []
    edge = span.start
    for match in _BREAK.finditer(text, span.start, span.end):
        _split_block(text, edge, match.start(), sentences, words)
        edge = match.end()
    _split_block(text, edge, span.end, sentences, words)
    return tuple(sentences)


def _split_block(
    text: str, start: int, end: int, sentences: list[Span], words: SentenceWords
) -> None:
    first = len(sentences)
    for match in _END.finditer(text, start, end):
        if match.start() > start and _ends_sentence(text, match, start, end, words):
            part = _trim_edges(text, start, match.end())
            if part:
                sentences.append(part)
            start = match.end()
    rest = _trim_edges(text, start, end)
    if rest is None:
        return
    # an elision or a mark at the end belongs to the sentence before it
    if len(sentences) > first and _BARE.match(text, rest.start, rest.end):
        sentences[-1] = Span(sentences[-1].start, rest.end)
    else:
        sentences.append(rest)


def _trim_edges(text: str, start: int, end: int) -> Span | None:
    """Return the range without white space, label and time stamps at its ends."""
    edge = _SKIPPED_FIRST.match(text, start, end)
    if edge:
        start = edge.end()
    if end > start and text[end - 1] not in _PLAIN_LAST:
        # stamps are short: looking further back would cost time in long texts
        back = max(start, end - 80)
        match = _SKIPPED_LAST.search(text[back:end])
        end = back + match.start() if match else end
    return Span(start, end) if start < end else None


def _ends_sentence(
    text: str, match: re.Match[str], start: int, end: int, words: SentenceWords
) -> bool:
    gap = _SKIPPED_FIRST.match(text, match.end(), end)
    next_start = gap.end() if gap else match.end()
    next_text = text[next_start : min(end, next_start + 40)]
    if not next_text:
        return True
    mark = match.group("mark")
    opener = _OPENERS.match(next_text)
    bare = next_text[opener.end() :] if opener else next_text
    is_opener = bare[:1].isupper() or bare[:1].isdigit() or bool(_ELIDED_OPENER.match(next_text))
    has_quote = any(c in "\"'”’»" for c in match.group("close"))
    # an ellipsis is mostly a pause: "Ik weet het niet... misschien"
    if mark != "." and set(mark) <= set(".… "):
        return is_opener
    # "Kom!" zei ze: a quote that ends within the sentence of its speaker
    if has_quote and next_text[:1].islower():
        return False
    # Kom! riep ze: the same without quotes, as many transcribers write it
    if mark != ".":
        return not words.speech_verb.match(next_text)
    return _is_full_stop(text, start, match.start(), bare, words, is_opener=is_opener)


def _is_full_stop(
    text: str,
    start: int,
    mark_place: int,
    next_text: str,
    words: SentenceWords,
    *,
    is_opener: bool,
) -> bool:
    """Return whether a single full stop at a place ends the sentence that begins at ``start``."""
    match = _WORD_BEFORE.search(text[max(start, mark_place - 40) : mark_place])
    if not match:
        return True
    word = match.group()
    if word.isdigit():
        # "2. Dan ..." begins a list item, "in 2019. Dan ..." ends a sentence
        is_list_number = len(text[start:mark_place].strip()) == len(word) < 3
        if words.has_ordinals and len(word) < 3:
            return not is_list_number and words.opens(next_text)
        return is_opener and not is_list_number
    # an initial is followed by a surname, unless the next word is one that opens sentences
    if (len(word) == 1 and word.isupper()) or _INITIALS.fullmatch(word):
        return words.opens(next_text)
    # "Jan." in the middle of a sentence is somebody, "jan." a month
    is_name = word[0].isupper() and mark_place - len(word) > start + 2
    return _closes_after_abbreviation(word, words, is_opener=is_opener, is_name=is_name)


def _closes_after_abbreviation(
    word: str, words: SentenceWords, *, is_opener: bool, is_name: bool
) -> bool:
    """Return whether a full stop after ``word`` ends a sentence, abbreviation or not."""
    dotted = f"{word.lower()}."
    if dotted in words.clause_ends or dotted in words.also_words:
        return is_opener
    if _DOTTED.fullmatch(dotted):
        return False
    return dotted not in words.abbreviations or (
        is_name and is_opener and dotted not in words.titles
    )
