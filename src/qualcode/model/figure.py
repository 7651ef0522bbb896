"""Figures for a paper: the drawing, what it shows in words, and the codings of its marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.codebook import Code, Codebook, parent_path
from qualcode.model.frozen import FrozenMap
from qualcode.model.quote import Reach

INNERMOST = ("individual", "interpersonal", "community", "society")
"""The levels of the social-ecological model (Bronfenbrenner 1979), from the person outwards."""

NOWHERE = ""
"""The level of a code that the researcher leaves out of the figure."""


class FigureKind(StrEnum):
    """What a figure shows."""

    LEVELS = "levels"
    THEME_MAP = "theme-map"
    CO_OCCURRENCE = "co-occurrence"
    PARTICIPANTS = "participants"
    PORTRAIT = "portrait"
    TIMELINE = "timeline"
    SATURATION = "saturation"
    FOREST = "forest"
    CONFUSIONS = "confusions"


@dataclass(frozen=True, slots=True)
class FigureMark:
    """One part of a figure that stands for codings.

    Attributes:
        key: Its name in the drawing (``data-mark``).
        title: What it is, for people.
        codings: Ids of its codings; empty where a count is hidden.
    """

    key: str
    title: str
    codings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing that is complete: nothing has to be looked up to print it.

    Attributes:
        kind: What it shows.
        title: Its title, in its language.
        text: What it shows in words, for who cannot see it.
        svg: The drawing; its text is text, so that it can be edited.
        marks: Its parts that lead to passages.
    """

    kind: FigureKind
    title: str
    text: str
    svg: bytes = field(repr=False)
    marks: tuple[FigureMark, ...] = ()

    def mark(self, key: str) -> FigureMark | None:
        """Return a part of the figure by its key; None if it has none of that name."""
        return next((mark for mark in self.marks if mark.key == key), None)


@dataclass(frozen=True, slots=True)
class LevelPlan:
    """Which codes belong to which level of the level figure, as a researcher decided.

    A code that is not placed has the level of the code above it, and else the outermost level
    among the values of an attribute of the codebook.

    Attributes:
        levels: Names of the levels, from the innermost to the outermost.
        places: Level by the id of a code or theme; ``""`` leaves the code out.
        attribute: The attribute of codes that places the others.

    Raises:
        InvalidValueError: there is no level, two are the same, or a code is placed elsewhere.
    """

    levels: tuple[str, ...] = INNERMOST
    places: FrozenMap[str, str] = field(default_factory=FrozenMap)
    attribute: str = "level"

    def __post_init__(self) -> None:
        if not self.levels or len({*self.levels}) < len(self.levels):
            raise InvalidValueError("The figure needs levels with different names.")
        if not all(level.strip() for level in self.levels):
            raise InvalidValueError("A level needs a name.")
        for level in self.places.values():
            if level and level not in self.levels:
                raise InvalidValueError(
                    Message(
                        "There is no level '{level}'. The levels are: {levels}.",
                        level=level,
                        levels=", ".join(self.levels),
                    )
                )

    def level_of(self, code: Code, codebook: Codebook) -> str:
        """Return the level of a code; ``""`` if it is in none."""
        path = code.path
        while path:
            place = self.places.get(codebook.code(path).id or path)
            if place is not None:
                return place
            path = parent_path(path)
        # A code at two levels stands at the widest, as it reaches that far.
        return next((lv for lv in reversed(self.levels) if lv in code.values(self.attribute)), "")


@dataclass(frozen=True, slots=True)
class LevelCode:
    """A code in the level figure.

    Attributes:
        path: Its path.
        reaches: All cases first, then one per group.
        codings: Ids of its codings and those of the codes below it.
    """

    path: str
    reaches: tuple[Reach, ...]
    codings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapCode:
    """A code in a map of codes.

    Attributes:
        path: Its path.
        passages: Number of its codings and those of the codes below it; None if it is hidden.
        codings: Their ids.
    """

    path: str
    passages: int | None
    codings: tuple[str, ...] = ()
