"""The facts of a project that a reporting standard asks for, each with where the project has it.

A fact is found once and serves the items of several standards. What the project does not know is
no fact: a checklist that guesses would be signed by an author who did not read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from qualcode.messages import Message
from qualcode.model.checklist import ChecklistFact
from qualcode.project.coding_facts import CodingFacts
from qualcode.project.material_facts import MaterialFacts
from qualcode.project.result_facts import ResultFacts

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot

_INTERVIEWS = Message.within("source", "the interviews")
_PARTICIPANTS = Message.within("source", "the participants")
_GUIDES = Message.within("source", "the topic guides")
_CODEBOOK = Message.within("source", "the codebook and its versions")
_CODINGS = Message.within("source", "the codings")
_ROUNDS = Message.within("source", "the rounds")
_DECISIONS = Message.within("source", "the decisions on disagreements")
_HISTORY = Message.within("source", "the history")
_MEMOS = Message.within("source", "the memos")
_MEASURES = Message.within("source", "the measures on disclosure")
_CHOSEN = Message.within("source", "the chosen quotes")
_THEMES = Message.within("source", "the theme summaries")
_TYPES = Message.within("source", "the typology")


class ProjectFacts:
    """What one project knows, fact by fact.

    Args:
        project: The project.
        snapshot: Its state; no open round hides a part of it.
        language: ``nl`` or ``en``: of the names of groups, codes and attributes.
    """

    def __init__(self, project: Project, snapshot: Snapshot, language: str) -> None:
        self._finders = {
            finder: finder(project, snapshot, language)
            for finder in (MaterialFacts, CodingFacts, ResultFacts)
        }
        self._found: dict[str, tuple[ChecklistFact, ...]] = {}

    def collect(self, names: Sequence[str]) -> tuple[ChecklistFact, ...]:
        """Return the facts of these names that the project has.

        Raises:
            KeyError: no such fact.
        """
        return tuple(fact for name in names for fact in self._of(name))

    def _of(self, name: str) -> tuple[ChecklistFact, ...]:
        if name not in self._found:
            source, finder = _FACTS[name]
            sentences = getattr(self._finders[finder], name)()
            self._found[name] = tuple(ChecklistFact(text, source) for text in sentences)
        return self._found[name]

    @property
    def is_double_coded(self) -> bool:
        """Whether two coders coded the same interview."""
        coding_facts = self._finders[CodingFacts]
        return isinstance(coding_facts, CodingFacts) and coding_facts.is_double_coded

    @property
    def has_saturation(self) -> bool:
        """Whether the codings are enough to compute saturation."""
        return bool(self._of("saturation"))


_Finder = type[MaterialFacts] | type[CodingFacts] | type[ResultFacts]
_FACTS: MappingProxyType[str, tuple[Message, _Finder]] = MappingProxyType(
    {
        "participants": (_PARTICIPANTS, MaterialFacts),
        "interviews": (_INTERVIEWS, MaterialFacts),
        "interviewers": (_INTERVIEWS, MaterialFacts),
        "others_present": (_INTERVIEWS, MaterialFacts),
        "attributes": (_PARTICIPANTS, MaterialFacts),
        "places_and_dates": (_INTERVIEWS, MaterialFacts),
        "withdrawals": (_HISTORY, MaterialFacts),
        "repeats": (_PARTICIPANTS, MaterialFacts),
        "guides": (_GUIDES, MaterialFacts),
        "durations": (_INTERVIEWS, MaterialFacts),
        "texts": (_INTERVIEWS, MaterialFacts),
        "coders": (_CODINGS, CodingFacts),
        "rounds": (_ROUNDS, CodingFacts),
        "consensus": (_DECISIONS, CodingFacts),
        "coding_tree": (_CODEBOOK, CodingFacts),
        "derivation": (_CODEBOOK, CodingFacts),
        "software": (_CODINGS, CodingFacts),
        "history": (_HISTORY, CodingFacts),
        "memos": (_MEMOS, CodingFacts),
        "interview_memos": (_MEMOS, CodingFacts),
        "reflexive_memos": (_MEMOS, CodingFacts),
        "saturation": (_THEMES, ResultFacts),
        "major_themes": (_THEMES, ResultFacts),
        "minor_themes": (_THEMES, ResultFacts),
        "chosen_quotes": (_CHOSEN, ResultFacts),
        "consistency": (_CHOSEN, ResultFacts),
        "typology": (_TYPES, ResultFacts),
        "protection": (_MEASURES, CodingFacts),
    }
)
"""Where the project has each fact, and what finds it."""
