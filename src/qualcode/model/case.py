"""The respondents: cases with attributes, and the transcripts in which they take part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import ClassVar

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.frozen import FrozenMap


@dataclass(frozen=True, slots=True)
class Participation:
    """The part that a case takes in one transcript.

    Attributes:
        transcript: Name of the transcript.
        speakers: The labels of the speakers who are this case there. Empty if nobody said
            which: then the case is the only respondent of the transcript, or unknown.
        attributes: Attributes of that moment: ``wave``, ``role``, ``age``, ...
    """

    transcript: str
    speakers: tuple[str, ...] = ()
    attributes: FrozenMap[str, str] = field(default_factory=FrozenMap)

    def __post_init__(self) -> None:
        if not self.transcript.strip():
            raise InvalidValueError("A participation needs a transcript.")
        if len(set(self.speakers)) != len(self.speakers) or not all(map(str.strip, self.speakers)):
            raise InvalidValueError(
                Message(
                    "The speakers of a participation in '{transcript}' need different labels.",
                    transcript=self.transcript,
                )
            )

    @classmethod
    def in_each(cls, *transcripts: str) -> tuple[Participation, ...]:
        """Return participations in transcripts whose speakers nobody named."""
        return tuple(cls(name) for name in transcripts)


@dataclass(frozen=True, slots=True)
class Case:
    """A respondent under a pseudonym, with attributes and participations.

    Attributes:
        name: Pseudonym, unique in the project ("G1").
        attributes: What stays the same: ``group``, ``sex``, ``age_band``, ``region``, ``work``, ...
            to text.
        participations: One for each transcript in which the case speaks.
    """

    USUAL_ATTRIBUTES: ClassVar[tuple[str, ...]] = ("group", "sex", "age_band", "region", "work")
    """Attributes that tables and files of other programs name in several ways."""

    OTHER_NAMES: ClassVar[frozenset[str]] = frozenset(
        "geslacht gender sekse leeftijd leeftijdsgroep age provincie regio province beroep "
        "werksituatie werk occupation employment groep doelgroep".split()
    )
    """The same in other words, as attributes keep them where two could be the same one."""

    name: str
    attributes: FrozenMap[str, str] = field(default_factory=FrozenMap)
    participations: tuple[Participation, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValueError("A case needs a name.")
        # taking part twice, a case would have two values for one moment
        transcript_counts = Counter(part.transcript for part in self.participations)
        for transcript, count in transcript_counts.items():
            if count > 1:
                raise InvalidValueError(
                    Message(
                        "Case '{name}' takes part in transcript '{transcript}' twice.",
                        name=self.name,
                        transcript=transcript,
                    )
                )

    @property
    def group(self) -> str:
        """The respondent group, or ``""`` if it is not set."""
        return self.attributes.get("group", "")

    @property
    def transcripts(self) -> tuple[str, ...]:
        """Names of the transcripts in which the case takes part."""
        return tuple(part.transcript for part in self.participations)

    def participation(self, transcript: str) -> Participation | None:
        """Return the participation in a transcript, or None."""
        for part in self.participations:
            if part.transcript == transcript:
                return part
        return None

    def attributes_in(self, transcript: str) -> FrozenMap[str, str]:
        """Return the attributes at the moment of a transcript, which go before the lasting ones."""
        part = self.participation(transcript)
        if part is None or not part.attributes:
            return self.attributes
        return FrozenMap({**self.attributes, **part.attributes})

    def all_attributes(self) -> tuple[str, ...]:
        """Return the names of the lasting attributes, then those of the moments."""
        of_moments = (name for part in self.participations for name in part.attributes)
        return tuple(dict.fromkeys((*self.attributes, *of_moments)))
