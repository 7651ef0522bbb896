"""The included lists of names: first names, surnames, places and employers.

Generated once from Faker's lists (MIT; ``benchmarks/name_lists.py``), with some common
names added. No list is complete: other names are found by their capital or cue.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class NameLists:
    """Existing names, in lower case.

    Attributes:
        first_names: Of people.
        surnames: Of people, without their particles (``van der``).
        places: Towns and villages.
        employers: Well-known companies.
    """

    first_names: frozenset[str]
    surnames: frozenset[str]
    places: frozenset[str]
    employers: frozenset[str]


OTHER_LANGUAGES = frozenset({"en", "de", "fr"})
"""Languages other than Dutch with lists of their own: first names and surnames."""


@cache
def load_lists(language: str = "nl") -> NameLists:
    """Return the included lists for texts in a language; Dutch ones where it has none."""
    if language in OTHER_LANGUAGES:
        return NameLists(
            first_names=_read(f"first_names_{language}.txt"),
            surnames=_read(f"surnames_{language}.txt"),
            places=frozenset(),
            employers=frozenset(),
        )
    return NameLists(
        first_names=_read("first_names.txt") | _read("more_first_names.txt"),
        surnames=_read("surnames.txt") | _read("more_surnames.txt"),
        places=_read("places.txt"),
        employers=_read("employers.txt"),
    )


def _read(name: str) -> frozenset[str]:
    text = files("qualcode.pseudonyms").joinpath("names", name).read_text(encoding="utf-8")
    return frozenset(line.casefold() for line in text.split("\n") if line and line[0] != "#")
