"""Finds names by their words: capitals within sentences, lists of names, cues before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.messages import Message
from qualcode.model import Span
from qualcode.pseudonyms.cues import (
    INSTITUTIONS,
    PERSON_ROLES,
    cue_before,
    is_surely_named,
    legal_form_after,
)
from qualcode.pseudonyms.lists import NameLists
from qualcode.pseudonyms.patterns import IsWord
from qualcode.pseudonyms.values import Finding, NameKind

_WORD = re.compile(r"(?:['’]s-)?[^\W\d_]+(?:['’-](?!s\b)[^\W\d_]+)*")
_PARTICLE = (
    r"(?:(?:van|von|uit|op|in|aan)(?: (?:de|den|der|het|'t|’t))?|de|den|der|het|'t|’t|ten|ter|"
    r"te|el|al|ben|bin|du|la|le)"
)
_NEXT = re.compile(rf"(?: {_PARTICLE})? (?=[^\W\d_])")
_INITIALS = re.compile(r"(?<![^\W_])(?:[A-ZÀ-ÖØ-Þ]\. ?){1,4}$")
_OPENS = frozenset('.!?…:;"“”„‘«»()[]-–—*#>')
_ENDS_NAME = re.compile("(?:ziekenhuis|kliniek|college|hogeschool|universiteit|hotel|festival)$")

# Words with a capital that identify nobody: brands, countries, languages, feasts, abbreviations.
_NO_NAMES = frozenset(
    """
    facebook instagram snapchat whatsapp tiktok telegram signal youtube netflix spotify google
    tinder grindr tikkie marktplaats uber playstation iphone xbox teams zoom word excel marvel
    nederland nederlands nederlandse nederlander nederlanders holland hollands hollandse
    belgië belg belgen belgisch belgische vlaams duits duitse duitser duitsland frans franse
    frankrijk engels engelse engeland spaans spaanse spanje italië italiaans italiaanse turks
    turkse turk turken turkije marokko marokkaans marokkaanse marokkaan marokkanen suriname
    surinaams surinaamse surinamer surinamers antilliaans antilliaanse curaçao aruba pools
    poolse polen indonesië indonesisch amerika amerikaans amerikaanse europa europees europese
    afrika afrikaans azië aziatisch randstad god jezus allah moslim moslims christelijk islam
    kerst kerstmis pasen pinksteren sinterklaas oud nieuw koningsdag koninginnedag ramadan
    carnaval bevrijdingsdag hemelvaart corona covid cito havo vwo vmbo mbo hbo xtc mdma ghb lsd
    thc ggz ggd gz rug uwv cao bhv adhd add ehbo hiv soa sos ptss aa na ca cd dvd tv pc bv nv
    hm hm-hm hmm mhm joa jeetje pfoe pff effe sindsdien daarvoor vanbinnen amper houdoe ketamine
    ok oké dj mc bbq wc zzp hr ceo mri ecg vip sms app ik je u hij zij we wij jij en of
    """.split()
)
# First names that are ordinary words too: at the start of a sentence they are no names.
_VERBS = frozenset("wil an ad han jo ton sep mus dan bo".split())


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


def find_capitals(spoken: str, text: str, lists: NameLists, is_word: IsWord) -> Iterator[Finding]:
    """Yield names by their words.

    Args:
        spoken: The text with notes and time marks blanked.
        text: The unchanged text.
        lists: Existing names.
        is_word: Tells whether a word in lower case is in a dictionary.
    """
    position = 0
    for match in _WORD.finditer(spoken):
        if match.start() < position:
            continue
        word = match.group()
        if not word[0].isupper() and not word.startswith(("'s-", "’s-")):
            yield from _in_lower_case(spoken, match, lists, is_word)
            continue
        run = _run_from(spoken, text, match, lists, is_word)
        if run is None:
            continue
        position = run.end
        judged = _judge(spoken, run, lists, is_word)
        if judged:
            kind, role, because = judged
            end = run.end + legal_form_after(spoken, run.end)
            yield Finding(Span(run.start, end), spoken[run.start : end], kind, because, role)


def _in_lower_case(
    spoken: str, match: re.Match[str], lists: NameLists, is_word: IsWord
) -> Iterator[Finding]:
    word = match.group()
    if len(word) < 3:
        return
    listed = word in lists.first_names
    sure = (listed or word in lists.surnames) and is_surely_named(spoken, match.start())
    # Short names such as "jan" or "wil" are too often other words.
    if sure or (listed and len(word) > 4 and _is_rare(word, is_word)):
        cue = cue_before(spoken, match.start())
        role = cue[1] if cue and cue[0] is NameKind.PERSON else "persoon"
        yield Finding(Span(*match.span()), word, NameKind.PERSON, "name in lower case", role)


def _is_rare(word: str, is_word: IsWord) -> bool:
    # Without a dictionary, every word would be rare.
    return is_word("de") and not is_word(word)


def _run_from(
    spoken: str, text: str, match: re.Match[str], lists: NameLists, is_word: IsWord
) -> _Run | None:
    """Return the words with capitals from here; None for an ordinary first word of a sentence."""
    start, end = match.span()
    words = [match.group()]
    if len(words[0]) == 1 and spoken[end : end + 1] == ".":
        return None  # An initial belongs to the surname after it.
    # Four initials, each with a full stop and a space, take 12 characters.
    initials = _INITIALS.search(spoken, max(0, start - 12), start)
    first = initials.start() if initials else start
    opens = _opens_sentence(text, first)
    low = words[0].casefold()
    if opens and is_word(low) and not _is_listed(low, lists):
        return None
    if opens and (low in PERSON_ROLES or low in _NO_NAMES or low in _VERBS):
        return None
    while True:
        between = _NEXT.match(spoken, end)
        following = _WORD.match(spoken, between.end()) if between else None
        if following is None or not following.group()[0].isupper():
            break
        initial = (
            len(following.group()) == 1 and spoken[following.end() : following.end() + 1] == "."
        )
        if initial or following.group().casefold() in _NO_NAMES:
            break
        words.append(following.group())
        end = following.end()
    return _Run(first, end, tuple(words), opens, initials is not None)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start].rstrip(" \t")
    return not before or before[-1] in _OPENS or before[-1] == "\n" or start == 0


def _is_listed(low: str, lists: NameLists) -> bool:
    return low in lists.first_names or low in lists.places or low in lists.surnames


def _judge(
    spoken: str, run: _Run, lists: NameLists, is_word: IsWord
) -> tuple[NameKind, str, str] | None:
    whole = spoken[run.start : run.end].casefold()
    cue = cue_before(spoken, run.start)
    if cue and cue[0] is NameKind.PERSON:
        return cue if _can_be_named(run) else None
    listed = _by_list(whole, run, lists, is_word)
    # "bij" and the like precede people and places too, so lists decide first there.
    if cue and cue[1] != "werkgever" and cue[0] is NameKind.EMPLOYER and _can_be_named(run):
        return cue
    if listed:
        return listed
    if _ENDS_NAME.search(whole) and not run.opens:
        role = next(r for word, r in INSTITUTIONS.items() if whole.endswith(word) or word == "club")
        return NameKind.EMPLOYER, role, "name of an organization"
    if cue and _can_be_named(run):
        return cue
    return _by_capital(run, is_word)


def _by_list(
    whole: str, run: _Run, lists: NameLists, is_word: IsWord
) -> tuple[NameKind, str, str] | None:
    doubtful = run.opens and is_word(run.first) and len(run.words) == 1
    if run.initials or run.first in lists.first_names:
        rule = Message("initials and a name") if run.initials else Message("first name")
        if doubtful:
            rule = Message("{rule}, but also a word", rule=rule)
        return NameKind.PERSON, "persoon", rule
    if whole in lists.places and not doubtful:
        return NameKind.PLACE, "plaats", "name of a town or village"
    if whole in lists.employers:
        return NameKind.EMPLOYER, "werkgever", "well-known company"
    if not doubtful and any(word.casefold() in lists.surnames for word in run.words):
        return NameKind.PERSON, "persoon", "surname"
    if run.first in lists.places and not doubtful:
        return NameKind.PLACE, "plaats", "name of a town or village"
    return None


def _can_be_named(run: _Run) -> bool:
    return run.first not in _NO_NAMES and len(run.words[0]) > 1


def _by_capital(run: _Run, is_word: IsWord) -> tuple[NameKind, str, str] | None:
    if not _can_be_named(run) or (len(run.words) == 1 and _is_abbreviation(run.words[0])):
        return None
    in_dictionary = is_word(run.first)
    if run.opens:
        # Only a dictionary distinguishes a name from another first word of a sentence.
        unknown = is_word("de") and not in_dictionary and len(run.first) > 3
        return (NameKind.UNKNOWN, "naam", "opens a sentence, no word of Dutch") if unknown else None
    if in_dictionary and len(run.words) == 1:
        return None
    return NameKind.UNKNOWN, "naam", "capital in mid-sentence"


def _is_abbreviation(word: str) -> bool:
    return len(word) <= 4 and word.isupper()
