"""What the core says, in the language of the app.

The core makes its sentences (errors, problems, warnings, reasons) in English, in place. The
catalogue of a language has each of them as a template with holes for the values; here a
sentence is led back to the template that it was made from. A translation says by a letter what
becomes of a value: ``{kind!t}`` is translated itself, ``{coders!l}`` is a list of names of which
the "and" is, ``{share!n}`` is written as the language writes numbers, and ``{path}`` stays as it
is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

_BREAK = re.compile(r"[.!?:;]\s+|\n\s*")
_BETWEEN = re.compile(r"(, | and no | and | or )")
PLACE = re.compile(r"({\w+},? )?[a-z]+ {\w+}")
"""Templates that only say where something stands: "case R01", "G01.docx, line 3"."""

_FARTHEST = 12
"""How many pieces of an unknown text are tried as one sentence."""
_DEEPEST = 4
"""How many sentences stand inside each other."""


@dataclass(frozen=True, slots=True)
class _Template:
    english: str
    translated: str
    pieces: tuple[str, ...]

    @property
    def weight(self) -> int:
        """How much of a sentence it fixes."""
        return sum(map(len, self.pieces))

    def fits(self, text: str) -> bool:
        """Tell, without a pattern, whether all its words are there, in their order."""
        if not (text.startswith(self.pieces[0]) and text.endswith(self.pieces[-1])):
            return False
        at = 0
        for piece in self.pieces:
            at = text.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        return True


class Sentences:
    """The sentences of the core in one language.

    Args:
        catalogue: Translation by English template; none for English itself.
        decimal: What stands before decimals in that language.
    """

    def __init__(self, catalogue: Mapping[str, str], decimal: str = ".") -> None:
        self._decimal = decimal
        self._whole: dict[str, str] = {}
        found = []
        for english, translated in catalogue.items():
            pieces = _pieces(english)
            if len(pieces) == 1:
                self._whole[pieces[0]] = translated.replace("{{", "{").replace("}}", "}")
            else:
                found.append(_Template(english, translated, pieces))
        found.sort(key=lambda one: one.weight, reverse=True)
        self._starts = {
            start: [one for one in found if one.pieces[0][:1] in {start, ""}]
            for start in {"", *(one.pieces[0][:1] for one in found)}
        }

    def translate(self, text: str, depth: int = 0) -> str:
        """Return a sentence, or several, in this language; what is not known stays English."""
        return self._find(text, depth) or self._in_parts(text, depth)

    def words(self, text: str, depth: int) -> str:
        """Return the value of a hole in this language: a sentence, a word, a list of these."""
        parts = _BETWEEN.split(text)
        listed = [self._find(one, depth) for one in parts[::2]]
        if len(listed) > 1 and listed[0]:
            parts[::2] = [found or part for found, part in zip(listed, parts[::2], strict=True)]
            return self.names("".join(parts))
        return self.translate(text, depth)

    def names(self, text: str) -> str:
        """Return a list of names with the words between them in this language."""
        return _BETWEEN.sub(lambda mark: self._whole.get(mark.group(), mark.group()), text)

    def _find(self, text: str, depth: int) -> str:
        if text in self._whole:
            return self._whole[text]
        if depth > _DEEPEST:
            return ""
        for template in self._starts.get(text[:1], self._starts[""]):
            if template.fits(text):
                match = _pattern(template.english).fullmatch(text)
                if match:
                    filler = _Filler(self, self._decimal, depth + 1)
                    return filler.vformat(template.translated, (), match.groupdict())
        return ""

    def _in_parts(self, text: str, depth: int) -> str:
        ends = [match.end() for match in _BREAK.finditer(text)]
        ends = ends if ends and ends[-1] == len(text) else [*ends, len(text)]
        done, start, first = "", 0, 0
        while first < len(ends):
            tried = range(min(first + _FARTHEST, len(ends)) - 1, first - 1, -1)
            for last in tried:
                found = self._piece(text[start : ends[last]], depth)
                if found:
                    break
            else:
                last, found = first, text[start : ends[first]]
            done += found
            start, first = ends[last], last + 1
        return done

    def _piece(self, piece: str, depth: int) -> str:
        """Return a part of a text with the space after it; a single word says too little."""
        said = piece.rstrip()
        after = piece[len(said) :]
        if said.endswith((":", ";")):
            said, after = said[:-1], said[-1] + after
        found = self._find(said, depth) if " " in said else ""
        return found and found + after


class _Filler(Formatter):
    """Puts values into a translation."""

    def __init__(self, sentences: Sentences, decimal: str, depth: int) -> None:
        self._sentences = sentences
        self._decimal = decimal
        self._depth = depth

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """Return a value as its hole asks for it."""
        if conversion == "t":
            return self._sentences.words(value, self._depth)
        if conversion == "l":
            return self._sentences.names(value)
        if conversion == "n":
            return re.sub(r"(?<=\d)\.(?=\d)", self._decimal, value)
        return super().convert_field(value, conversion)


def _pieces(template: str) -> tuple[str, ...]:
    """Return what stands before, between and after the holes of a template."""
    found = [""]
    for literal, name, _spec, _conversion in Formatter().parse(template):
        found[-1] += literal
        if name is not None:
            found.append("")
    return tuple(found)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    seen: set[str] = set()
    pattern = ""
    for literal, name, _spec, _conversion in Formatter().parse(template):
        pattern += re.escape(literal)
        if name is not None:
            pattern += f"(?P={name})" if name in seen else f"(?P<{name}>.*?)"
            seen.add(name)
    if PLACE.fullmatch(template):
        # "case study.docx" is a file, and after "line 3: " more is said than where.
        pattern = pattern.removesuffix(".*?)") + r"(?:(?!\.\w|: ).)*?)"
    return re.compile(pattern, re.DOTALL)
