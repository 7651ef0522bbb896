"""Generated focus groups, in which it is known of each character who says it."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from qualcode.model import (
    Case,
    Code,
    Codebook,
    Coding,
    FrozenMap,
    LocalText,
    Participation,
    Role,
    Span,
    Speaker,
    Transcript,
    Turn,
)

ROLES = (Role.RESPONDENT, Role.RESPONDENT, Role.RESPONDENT, Role.INTERVIEWER, Role.OTHER)
BOOK = Codebook("book", (Code("a", LocalText({"en": "a"})), Code("b", LocalText({"en": "b"}))))
# Emoji, combining marks and odd white space, as positions must count them.
WORDS = st.sampled_from(["ja", "nee hoor", "\U0001f642 goed", "cafe\u0301", "a\x0bb", "\u200bwel"])


@dataclass(frozen=True)
class Group:
    """A focus group, with the speaker of each character as the generator wrote it."""

    transcript: Transcript
    cases: tuple[Case, ...]
    codings: tuple[Coding, ...]
    speakers: tuple[str, ...]

    @property
    def case_by_label(self) -> dict[str, str]:
        return {label: c.name for c in self.cases for p in c.participations for label in p.speakers}

    def sayers(self, coding: Coding) -> set[str]:
        """Return by hand the cases of whom characters lie in a coding."""
        labels = {*self.speakers[coding.span.start : coding.span.end]} - {""}
        respondents = [s for s in self.transcript.speakers if s.role is Role.RESPONDENT]
        if not labels and len(self.cases) == 1 and len(respondents) == 1:
            # Outside all turns of an interview with one person.
            return {self.cases[0].name}
        return {self.case_by_label[label] for label in labels if label in self.case_by_label}


@st.composite
def groups(draw: st.DrawFn) -> Group:
    labels = [f"S{number}" for number in range(draw(st.integers(2, 6)))]
    speakers = tuple(Speaker(label, draw(st.sampled_from(ROLES))) for label in labels)
    text = ""
    sayers: list[str] = []
    turns: list[Turn] = []
    for number in range(1, draw(st.integers(2, 12)) + 1):
        label = draw(st.sampled_from(labels))
        words = " ".join(draw(st.lists(WORDS, min_size=1, max_size=4)))
        text += f"{label}: "
        sayers += [""] * (len(text) - len(sayers))
        turns.append(Turn(number, label, Span(len(text), len(text) + len(words))))
        text += words
        sayers += [label] * len(words)
        text += "\n"
        sayers.append("")
    transcript = Transcript("FG", text, speakers, tuple(turns))
    people = [s.label for s in speakers if s.role is Role.RESPONDENT and draw(st.booleans())]
    cases = tuple(
        Case(
            f"P{label}",
            FrozenMap({"group": draw(st.sampled_from(["users", "professionals"])), "sex": label}),
            (Participation("FG", (label,)),),
        )
        for label in people
    )
    codings = []
    for number in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(text) - 2))
        end = draw(st.integers(start + 1, min(start + 60, len(text))))
        span = Span(start, end)
        code = draw(st.sampled_from(["a", "b"]))
        codings.append(Coding(f"c{number}", "FG", span, span.of(text), code, "anna"))
    return Group(transcript, cases, tuple(codings), tuple(sayers))
