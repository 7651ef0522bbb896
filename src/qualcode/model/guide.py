"""The topic guide of the interviews, and the codes that its questions lead to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.frozen import LocalText


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a guide.

    Attributes:
        id: Unique in the guide ("U24").
        text: Its wording, per language.
        codes: Paths of the codes expected in the answer, the most likely first.
        terms: Words and phrases by which a freely worded question is recognised.
        optional: Whether an interview may leave it out.
    """

    id: str
    text: LocalText
    codes: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    optional: bool = False

    def __post_init__(self) -> None:
        # Stored answers name their question by its id.
        if not self.id.strip():
            raise InvalidValueError("A question needs an id.")


@dataclass(frozen=True, slots=True)
class Guide:
    """The topic guide for one group of respondents."""

    name: str
    group: str
    questions: tuple[Question, ...]
    title: LocalText = field(default_factory=LocalText)

    def __post_init__(self) -> None:
        twice = [i for i, n in Counter(q.id for q in self.questions).items() if n > 1]
        if twice:
            raise InvalidValueError(
                Message(
                    "Guide '{name}' has question '{twice}' twice.", name=self.name, twice=twice[0]
                )
            )
