"""Styles and lists of Word documents: which text is hidden, and the automatic numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Namespace of the elements of a Word document."""
_OFF = frozenset({"0", "false", "off"})
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"))
_ROMAN_SMALL = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_SUFFIXES = {"tab": "\t", "space": " ", "nothing": ""}
# Styles of a damaged document may be based on each other in a circle.
_MOST_LEVELS = 20
_HEADING = re.compile(r"(?:heading|kop|title|titel|subtitle|ondertitel)\s*\d?", re.IGNORECASE)


def _value(element: _Element | None, path: str) -> str | None:
    child = None if element is None else element.find(path)
    return None if child is None else child.get(f"{W}val")


def _vanishes(properties: _Element | None) -> bool | None:
    """Tell whether run properties hide text; None if they leave it to the style."""
    vanish = None if properties is None else properties.find(f"{W}vanish")
    # An element without a value switches the property on.
    return None if vanish is None else vanish.get(f"{W}val", "1") not in _OFF


def _emphasizes(properties: _Element | None) -> bool | None:
    """Tell whether run properties make text bold or italic; None if they leave it to the style."""
    if properties is None:
        return None
    signs = [properties.find(f"{W}{name}") for name in ("b", "i")]
    values = [sign.get(f"{W}val", "1") not in _OFF for sign in signs if sign is not None]
    return any(values) if values else None


class Styles:
    """The styles of a document; each inherits from the style that it is based on."""

    def __init__(self, root: _Element | None) -> None:
        style_elements = () if root is None else root.iterfind(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in style_elements}

    def _chain(self, name: str | None) -> list[_Element]:
        chain: list[_Element] = []
        while name in self._styles and len(chain) < _MOST_LEVELS:
            chain.append(self._styles[name])
            name = _value(self._styles[name], f"{W}basedOn")
        return chain

    def _hides(self, name: str | None) -> bool | None:
        for style in self._chain(name):
            hides = _vanishes(style.find(f"{W}rPr"))
            if hides is not None:
                return hides
        return None

    def hides_paragraph(self, properties: _Element | None) -> bool:
        """Tell whether the paragraph's style hides its text."""
        return bool(self._hides(_value(properties, f"{W}pStyle")))

    def hides_run(self, run: _Element, by_paragraph: bool) -> bool:
        """Tell whether a run is hidden: by itself, its own style, or its paragraph's."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return by_paragraph
        level_properties = _vanishes(properties)
        if level_properties is None:
            level_properties = self._hides(_value(properties, f"{W}rStyle"))
        return by_paragraph if level_properties is None else level_properties

    def emphasizes_run(self, run: _Element, paragraph: _Element | None) -> bool:
        """Tell whether a run is bold or italic: by itself, its own style, or its paragraph's."""
        properties = run.find(f"{W}rPr")
        styles = [
            *self._chain(_value(properties, f"{W}rStyle")),
            *self._chain(_value(paragraph, f"{W}pStyle")),
        ]
        levels = [properties, *(style.find(f"{W}rPr") for style in styles)]
        return next((e for e in map(_emphasizes, levels) if e is not None), False)

    def is_heading(self, properties: _Element | None) -> bool:
        """Tell whether a paragraph is a heading, by its level in the outline or its style."""
        styles = self._chain(_value(properties, f"{W}pStyle"))
        for place in (properties, *(style.find(f"{W}pPr") for style in styles)):
            level = _value(place, f"{W}outlineLvl")
            if level is not None:
                return level in set("012345678")
        return any(_HEADING.fullmatch(_value(style, f"{W}name") or "") for style in styles)

    def numbering(self, properties: _Element | None) -> tuple[str | None, int]:
        """Return the list that a paragraph belongs to, by itself or by its style; its level."""
        styles = self._chain(_value(properties, f"{W}pStyle"))
        places = [properties, *(style.find(f"{W}pPr") for style in styles)]
        for place in places:
            number = _value(place, f"{W}numPr/{W}numId")
            if number is not None:
                level = _value(place, f"{W}numPr/{W}ilvl") or "0"
                return number, int(level) if level.isdigit() else 0
        return None, 0


class ListNumbers:
    """Counts the automatic numbers of a document's lists, in the order of its paragraphs."""

    def __init__(self, root: _Element | None) -> None:
        self._levels: dict[str, dict[int, _Element]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for abstract in root.iterfind(f"{W}abstractNum"):
            levels = {int(lvl.get(f"{W}ilvl", "0")): lvl for lvl in abstract.iterfind(f"{W}lvl")}
            self._levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for number in root.iterfind(f"{W}num"):
            self._abstract[number.get(f"{W}numId", "")] = _value(number, f"{W}abstractNumId") or ""

    def next_number(self, properties: _Element | None, styles: Styles) -> str:
        r"""Return the number of this paragraph as Word shows it (``"1.\t"``), or ``""``."""
        number, level = styles.numbering(properties)
        abstract = self._abstract.get(number or "")
        levels = self._levels.get(abstract or "", {})
        if abstract is None or level not in levels:
            return ""
        # Lists of one abstract numbering continue each other's numbers.
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        # A new number restarts the levels below it: 2.4 is followed by 3 and then 3.1.
        for deeper in [lower for lower in counts if lower > level]:
            del counts[deeper]
        return _written(levels, counts, level)


def _start(level: _Element) -> int:
    start = _value(level, f"{W}start") or "1"
    return int(start) if start.isdigit() else 1


def _written(levels: dict[int, _Element], counts: dict[int, int], level: int) -> str:
    level_properties = levels[level]
    pattern = _value(level_properties, f"{W}lvlText") or ""
    form = _value(level_properties, f"{W}numFmt") or "decimal"
    if form == "none" and not pattern:
        return ""
    if form == "bullet":
        # Word draws bullets with private characters of a symbol font, which mean nothing elsewhere.
        number_text = pattern if pattern and not "\ue000" <= pattern[0] <= "\uf8ff" else "•"
    else:
        number_text = re.sub(r"%([1-9])", lambda m: _place(levels, counts, int(m[1]) - 1), pattern)
    suffix = _SUFFIXES.get(_value(level_properties, f"{W}suff") or "tab", "\t")
    return number_text + suffix if number_text else ""


def _place(levels: dict[int, _Element], counts: dict[int, int], level: int) -> str:
    if level not in levels:
        return ""
    form = _value(levels[level], f"{W}numFmt") or "decimal"
    return _numeral(counts.get(level, _start(levels[level])), form)


def _numeral(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        # After z Word repeats the letter: aa, bb, cc.
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif form in {"lowerRoman", "upperRoman"}:
        letter = ""
        for value, sign in _ROMAN + _ROMAN_SMALL:
            times, number = divmod(number, value)
            letter += sign * times
    elif form == "decimalZero":
        letter = f"{number:02d}"
    else:
        letter = str(number)
    return letter.upper() if form.startswith("upper") else letter
