"""A publication in a list of references."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """One publication, as lists of references print it in the order of APA style.

    Attributes:
        authors: Family names with initials, as printed.
        year: The year.
        title: Its title, without a full stop.
        container: The journal or the book with volume and pages, or the publisher.
        doi: Its DOI; ``""`` for none.
    """

    authors: str
    year: int
    title: str
    container: str
    doi: str = ""

    def __str__(self) -> str:
        end = f" https://doi.org/{self.doi}" if self.doi else ""
        return f"{self.authors} ({self.year}). {self.title}. {self.container}.{end}"
