"""Combines findings of many texts: one proposal per name, with a role in brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from qualcode.model import Span
from qualcode.pseudonyms.detection import NOTE, Rules, find_names
from qualcode.pseudonyms.roles import role_in
from qualcode.pseudonyms.values import Finding, Mention, NameEntry, NameKind, Proposal

_NUMBERED = frozenset(
    {NameKind.PERSON, NameKind.PLACE, NameKind.EMPLOYER, NameKind.ADDRESS, NameKind.UNKNOWN}
)
_CONTEXT = 40


@dataclass(slots=True)
class _Name:
    text: str
    kind: NameKind
    roles: Counter[str] = field(default_factory=Counter)
    because: dict[str, None] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)


def propose_names(
    texts: Mapping[str, str],
    rules: Rules,
    tell: Callable[[float], None] = lambda _share: None,
    *,
    rules_by_text: Mapping[str, Rules] | None = None,
) -> tuple[Proposal, ...]:
    """Return one proposal per name over all texts, in order of their first places.

    A name that was decided on before keeps its replacement. A first name or surname that belongs
    to exactly one full name gets the same replacement. Numbers continue after those in the texts.

    Args:
        texts: The texts, by a description of each ("transcript G01").
        rules: Settings of the detection.
        tell: Called with the share of work that is done, 0 to 1; an exception stops the work.
        rules_by_text: Settings for texts in another language, by their description.
    """
    other_rules = rules_by_text or {}
    names: dict[tuple[str, NameKind], _Name] = {}
    whole, position = sum(map(len, texts.values())), 0
    for where, text in texts.items():
        tell(position / whole if whole else 0.0)
        position += len(text)
        for name_finding in find_names(text, other_rules.get(where, rules)):
            _note(names, where, text, name_finding)
    _settle_kinds(names)
    decided = {(entry.text, entry.kind): entry.replacement for entry in rules.known}
    chooser = _Chooser(texts.values(), rules.known, rules.language)
    chosen = _choose_all(names, decided, chooser)
    return tuple(
        Proposal(name.text, name.kind, chosen[key], tuple(name.because), tuple(name.mentions))
        for key, name in names.items()
    )


def _note(
    names: dict[tuple[str, NameKind], _Name], where: str, text: str, name_finding: Finding
) -> None:
    key = name_finding.text, name_finding.kind
    name = names.setdefault(key, _Name(name_finding.text, name_finding.kind))
    name.roles[name_finding.role] += 1
    name.because[name_finding.because] = None
    name.mentions.append(Mention(where, name_finding.span, _context(text, name_finding.span)))


def _context(text: str, span: Span) -> str:
    around = text[max(0, span.start - _CONTEXT) : span.end + _CONTEXT]
    return " ".join(around.split())


def _settle_kinds(names: dict[tuple[str, NameKind], _Name]) -> None:
    """Give a word with several kinds its most frequent kind; unknown comes last."""
    by_text: dict[str, list[_Name]] = {}
    for (text, kind), name in names.items():
        if kind in _NUMBERED:
            by_text.setdefault(text, []).append(name)
    for text, several in by_text.items():
        if len(several) == 1:
            continue
        best = max(several, key=lambda n: (n.kind is not NameKind.UNKNOWN, len(n.mentions)))
        for rival in several:
            if rival is not best:
                best.mentions += rival.mentions
                best.because |= rival.because
                del names[text, rival.kind]


def _choose_all(
    names: dict[tuple[str, NameKind], _Name],
    decided: Mapping[tuple[str, NameKind], str],
    chooser: _Chooser,
) -> dict[tuple[str, NameKind], str]:
    full = _full_names(names, decided)
    chosen: dict[tuple[str, NameKind], str] = {}
    for key, name in names.items():
        if key in decided:
            chosen[key] = decided[key]
        elif key not in full:
            chosen[key] = chooser.next_for(_role(name, names, full), name.kind)
    # Short names come last, because they take the replacement of their full name.
    for key, whole in full.items():
        if key in names and key not in chosen:
            chosen[key] = chosen.get(whole) or decided[whole]
    return chosen


def _role(
    name: _Name,
    names: dict[tuple[str, NameKind], _Name],
    full: Mapping[tuple[str, NameKind], tuple[str, NameKind]],
) -> str:
    """Return the most frequent role, including roles of the short name."""
    roles = Counter(name.roles)
    for short, whole in full.items():
        if whole == (name.text, name.kind) and short in names:
            roles += names[short].roles
    # A role such as "buurvrouw" keeps more of the meaning than "persoon", which fits everybody.
    specific = [role for role, _ in roles.most_common() if role not in {"persoon", "naam"}]
    return specific[0] if specific else next(iter(roles))


def _full_names(
    names: Mapping[tuple[str, NameKind], _Name], decided: Mapping[tuple[str, NameKind], str]
) -> dict[tuple[str, NameKind], tuple[str, NameKind]]:
    """Return the only full name that each short name of a person belongs to."""
    people = dict.fromkeys(
        key for key in (*decided, *names) if key[1] is NameKind.PERSON and decided.get(key) != ""
    )
    belongs: dict[str, set[tuple[str, NameKind]]] = {}
    for whole in people:
        parts = whole[0].casefold().split(" ")
        # "Mrs De Vries" is "Ria de Vries", whose surname is more than her last word.
        ends = {parts[0], parts[-1], " ".join(parts[1:])} if len(parts) > 1 else set()
        for part in ends:
            belongs.setdefault(part, set()).add(whole)
    full: dict[tuple[str, NameKind], tuple[str, NameKind]] = {}
    # Longest first: "Vries" is short for "De Vries", and so for what that is short for.
    for short in sorted(names, key=lambda key: -len(key[0])):
        wholes = {full.get(whole, whole) for whole in belongs.get(short[0].casefold(), ())}
        wholes -= {short}
        # A first name that two people share gets a replacement of its own: a guess could be wrong.
        if len(wholes) == 1 and short[1] is NameKind.PERSON and short not in decided:
            full[short] = next(iter(wholes))
    return full


class _Chooser:
    """Assigns roles in brackets, with each number once in the project."""

    def __init__(
        self, texts: Iterable[str], entries: Iterable[NameEntry], language: str = "nl"
    ) -> None:
        self._language = language
        self._labels_in_use = {
            note.group().casefold() for text in texts for note in NOTE.finditer(text)
        }
        self._labels_in_use |= {entry.replacement.casefold() for entry in entries}

    def next_for(self, role: str, kind: NameKind) -> str:
        """Return the role in brackets, with the next free number if it is a numbered kind."""
        word = role_in(self._language, role)
        if kind not in _NUMBERED or role == "postcode":
            return f"[{word}]"
        number = 1
        while (label := f"[{word} {number}]").casefold() in self._labels_in_use:
            number += 1
        self._labels_in_use.add(label.casefold())
        return label


def _surnames(people: Mapping[str, str]) -> dict[str, str]:
    """Return the replacements by the last word of each full name, where all agree on one."""
    replacements: dict[str, set[str]] = {}
    for text, replacement in people.items():
        if " " in text and replacement:
            replacements.setdefault(text.split(" ")[-1].casefold(), set()).add(replacement)
    return {
        word: next(iter(several)) for word, several in replacements.items() if len(several) == 1
    }


def find_in_labels(
    labels: Mapping[str, str], rules: Rules, proposals: Iterable[Proposal] = ()
) -> tuple[Proposal, ...]:
    """Return the names in short labels: file names, names of cases and transcripts, speakers.

    In a label, a word counts as a name by the lists alone, with or without a capital.

    Args:
        labels: The labels, by a description of each.
        rules: Settings of the detection.
        proposals: Proposals for the texts; the same name gets the same replacement.
    """
    listed = rules.lists.first_names | rules.lists.surnames | rules.lists.places
    proposed = {p.text.casefold(): p.replacement for p in proposals}
    proposed |= {e.text.casefold(): e.replacement for e in rules.known}
    names: dict[str, _Name] = {}
    people = {e.text: e.replacement for e in rules.known if e.kind is NameKind.PERSON}
    people |= {p.text: p.replacement for p in proposals if p.kind is NameKind.PERSON}
    proposed = _surnames(people) | proposed
    chooser = _Chooser(proposed.values(), rules.known, rules.language)
    for where, label in labels.items():
        bare = NOTE.sub(_blank, label)
        # whole names first, the longest first: else their parts would be proposed as other people
        for text in sorted((text for text in people if " " in text), key=len, reverse=True):
            for match in re.finditer(rf"\b{re.escape(text)}\b", bare, re.IGNORECASE):
                name = names.setdefault(match.group(), _Name(match.group(), NameKind.PERSON))
                name.because["name in a label"] = None
                name.mentions.append(Mention(where, Span(*match.span()), label))
                bare = bare[: match.start()] + _blank(match) + bare[match.end() :]
        for match in re.finditer(r"[^\W\d_]{3,}", bare):
            word, low = match.group(), match.group().casefold()
            is_name = low in proposed or (low in listed and not rules.is_word(low))
            if not is_name or word in rules.ignored:
                continue
            kind = NameKind.PLACE if low in rules.lists.places else NameKind.PERSON
            name = names.setdefault(word, _Name(word, kind))
            name.because["name in a label"] = None
            name.mentions.append(Mention(where, Span(*match.span()), label))
    roles = {NameKind.PLACE: "plaats", NameKind.PERSON: "persoon"}
    return tuple(
        Proposal(
            name.text,
            name.kind,
            proposed.get(name.text.casefold()) or chooser.next_for(roles[name.kind], name.kind),
            tuple(name.because),
            tuple(name.mentions),
        )
        for name in names.values()
    )


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
