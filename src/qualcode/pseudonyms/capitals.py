"""Finds names by their words: capitals within sentences, lists of names, cues before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.messages import Message
from qualcode.model import Span
from qualcode.pseudonyms.cues import INSTITUTIONS, legal_form_after
from qualcode.pseudonyms.language_cues import LanguageCues
from qualcode.pseudonyms.lists import NameLists
from qualcode.pseudonyms.patterns import IsWord
from qualcode.pseudonyms.values import Finding, NameKind

_WORD = re.compile(r"(?:['’]s-)?[^\W\d_]+(?:['’-](?!s\b)[^\W\d_]+)*")
_INITIALS = re.compile(r"(?<![^\W_])(?:[A-ZÀ-ÖØ-Þ]\. ?){1,4}$")
_OPENS = frozenset('.!?…:;"“”„‘«»()[]-–—*#>')
_ENDS_NAME = re.compile("(?:ziekenhuis|kliniek|college|hogeschool|universiteit|hotel|festival)$")


@dataclass(frozen=True, slots=True)
class _Run:
    """Adjacent words with capitals, with the particles between them."""

    start: int
    end: int
    words: tuple[str, ...]
    opens: bool
    initials: bool = False

    @property
    def first(self) -> str:
        return self.words[0].casefold()


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words by which names are told from others.

    Attributes:
        lists: Existing names.
        is_word: Tells whether a word in lower case is in a dictionary.
        cues: The cues of the language.
    """

    lists: NameLists
    is_word: IsWord
    cues: LanguageCues

    def knows(self, word: str) -> bool:
        """Tell whether the dictionary has a word, as written or without what is joined to it."""
        low = word.casefold()
        return self.is_word(low) or self.is_word(self.cues.plain(low))

    def tells_unknown(self) -> bool:
        """Tell whether there is a dictionary; without one, every word would be rare."""
        return self.is_word("de") or self.is_word("the")


def find_capitals(spoken: str, text: str, words: NameWords) -> Iterator[Finding]:
    """Yield names by their words.

    Args:
        spoken: The text with notes and time marks blanked.
        text: The unchanged text.
        words: Lists, dictionary and cues.
    """
    position = 0
    for match in _WORD.finditer(spoken):
        if match.start() < position:
            continue
        word = match.group()
        if not word[0].isupper() and not word.startswith(("'s-", "’s-")):
            yield from _in_lower_case(spoken, match, words)
            continue
        run = _run_from(spoken, text, match, words)
        if run is None:
            continue
        position = run.end
        judged = _judge(spoken, run, words)
        if judged:
            kind, role, because = judged
            end = run.end + legal_form_after(spoken, run.end)
            yield Finding(Span(run.start, end), spoken[run.start : end], kind, because, role)


def _in_lower_case(spoken: str, match: re.Match[str], words: NameWords) -> Iterator[Finding]:
    word = match.group()
    if len(word) < 3:
        return
    lists, cues = words.lists, words.cues
    listed = word in lists.first_names
    sure = (listed or word in lists.surnames) and cues.is_surely_named(spoken, match.start())
    # Short names such as "jan" or "wil" are too often other words.
    if sure or (listed and len(word) > 4 and _is_rare(word, words)):
        cue = cues.before(spoken, match.start())
        role = cue[1] if cue and cue[0] is NameKind.PERSON else "persoon"
        yield Finding(Span(*match.span()), word, NameKind.PERSON, "name in lower case", role)


def _is_rare(word: str, words: NameWords) -> bool:
    return words.tells_unknown() and not words.knows(word)


def _run_from(spoken: str, text: str, match: re.Match[str], words: NameWords) -> _Run | None:
    """Return the words with capitals from here; None for an ordinary first word of a sentence."""
    start, end = match.span()
    cues, parts = words.cues, [match.group()]
    if len(parts[0]) == 1 and spoken[end : end + 1] == ".":
        return None  # An initial belongs to the surname after it.
    # Four initials, each with a full stop and a space, take 12 characters.
    initials = _INITIALS.search(spoken, max(0, start - 12), start)
    first = initials.start() if initials else start
    opens = _opens_sentence(text, first)
    low = cues.plain(parts[0])
    if opens and words.knows(low) and not _is_listed(low, words.lists):
        return None
    if opens and (low in cues.roles or low in cues.openers):
        return None
    # "I'm Margaret": the name begins after such a word.
    if cues.is_no_name(parts[0]) or _is_form_of_address(spoken, first, low, words):
        return None
    while True:
        between = cues.particles.match(spoken, end)
        following = _WORD.match(spoken, between.end()) if between else None
        if following is None or not following.group()[0].isupper():
            break
        initial = (
            len(following.group()) == 1 and spoken[following.end() : following.end() + 1] == "."
        )
        if initial or cues.is_no_name(following.group()):
            break
        parts.append(following.group())
        end = following.end()
    return _Run(first, end, tuple(parts), opens, initials is not None)


def _is_form_of_address(spoken: str, start: int, low: str, words: NameWords) -> bool:
    """Tell whether a word says who somebody is to the speaker: "Mum", "Auntie" before "Jean"."""
    if low not in words.cues.roles:
        return False
    if words.cues.has_capital_nouns:
        return True
    # "Guy" is a first name, and after "mevrouw" comes a surname, be it "Broeder".
    cue = words.cues.before(spoken, start)
    return low not in words.lists.first_names and not (cue and cue[0] is NameKind.PERSON)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start].rstrip(" \t")
    return not before or before[-1] in _OPENS or before[-1] == "\n" or start == 0


def _is_listed(low: str, lists: NameLists) -> bool:
    return low in lists.first_names or low in lists.places or low in lists.surnames


def _judge(spoken: str, run: _Run, words: NameWords) -> tuple[NameKind, str, str] | None:
    whole = spoken[run.start : run.end].casefold()
    cue = words.cues.before(spoken, run.start)
    if cue and cue[0] is NameKind.PERSON:
        return cue if _can_be_named(run, words.cues) else None
    listed = _by_list(whole, run, words)
    # "bij" and the like precede people and places too, so lists decide first there.
    can_be_named = _can_be_named(run, words.cues)
    if cue and cue[1] != "werkgever" and cue[0] is NameKind.EMPLOYER and can_be_named:
        return cue
    if listed:
        return listed
    if _ENDS_NAME.search(whole) and not run.opens:
        role = next(r for word, r in INSTITUTIONS.items() if whole.endswith(word) or word == "club")
        return NameKind.EMPLOYER, role, "name of an organization"
    if cue and can_be_named:
        return cue
    return _by_capital(run, words)


def _by_list(whole: str, run: _Run, words: NameWords) -> tuple[NameKind, str, str] | None:
    lists, cues = words.lists, words.cues
    doubtful = run.opens and words.knows(run.first) and len(run.words) == 1
    if run.initials or run.first in lists.first_names:
        rule = Message("initials and a name") if run.initials else Message("first name")
        if doubtful:
            rule = Message("{rule}, but also a word", rule=rule)
        return NameKind.PERSON, "persoon", rule
    if whole in lists.places and not doubtful:
        return NameKind.PLACE, "plaats", "name of a town or village"
    if whole in lists.employers:
        return NameKind.EMPLOYER, "werkgever", "well-known company"
    # Among nouns with capitals, "Koch" is a cook more often than a person.
    tells = not cues.has_capital_nouns and _can_be_named(run, cues)
    if not doubtful and tells and any(word.casefold() in lists.surnames for word in run.words):
        return NameKind.PERSON, "persoon", "surname"
    if run.first in lists.places and not doubtful:
        return NameKind.PLACE, "plaats", "name of a town or village"
    return None


def _can_be_named(run: _Run, cues: LanguageCues) -> bool:
    return not cues.is_no_name(run.words[0]) and len(run.words[0]) > 1


def _by_capital(run: _Run, words: NameWords) -> tuple[NameKind, str, str] | None:
    cues = words.cues
    if not _can_be_named(run, cues) or (len(run.words) == 1 and _is_abbreviation(run.words[0])):
        return None
    in_dictionary = words.knows(run.first)
    if run.opens:
        # Only a dictionary distinguishes a name from another first word of a sentence.
        unknown = words.tells_unknown() and not in_dictionary and len(run.first) > 3
        return (NameKind.UNKNOWN, "naam", "opens a sentence, no known word") if unknown else None
    # Where the dictionary has names too, a capital in mid-sentence tells more than it does.
    dismisses = cues.has_capital_nouns or not cues.has_names
    if in_dictionary and dismisses and len(run.words) == 1:
        return None
    if cues.has_capital_nouns and all(words.knows(word) for word in run.words):
        return None
    return NameKind.UNKNOWN, "naam", "capital in mid-sentence"


def _is_abbreviation(word: str) -> bool:
    return len(word) <= 4 and word.isupper()
