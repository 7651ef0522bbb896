"""The pseudonyms of a project: names found in all that it holds, reviewed and replaced.

What leads back to people never stays in the project: decisions on names are kept in a key, an
encrypted file somewhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import encryption
from qualcode.errors import ConflictError, Problem, QualcodeError, UndefinedRequestError
from qualcode.exporting.files import write_bytes
from qualcode.importing.files import read_bytes
from qualcode.importing.text_encoding import decode_text
from qualcode.messages import Message
from qualcode.project import name_proposals
from qualcode.project.backups import back_up_before
from qualcode.project.disagreement_ids import collect_ids, follow_ids
from qualcode.project.languages import load_known
from qualcode.project.name_places import (
    labels_with_names,
    languages_of_texts,
    names_to_settle_by_hand,
    rules_for,
    texts_with_names,
)
from qualcode.project.part import Part
from qualcode.pseudonyms import (
    NameEntry,
    NameKey,
    NameKind,
    Proposal,
    Replacer,
    find_in_labels,
    propose_names,
    role_in,
)

if TYPE_CHECKING:
    from qualcode.language import LanguagePiece
    from qualcode.project.snapshot import Snapshot
    from qualcode.pseudonyms.detection import Entities
    from qualcode.storage.pseudonymization import PseudonymizationReport

_CONTEXT = 40
"""Characters shown on either side of a name that is replaced."""


@dataclass(frozen=True, slots=True)
class NameScan:
    """What a scan found.

    Attributes:
        proposals: Names that are not decided yet, in order of their first places.
        decided: Number of names found that were decided before.
        looked_at: What was looked at, with the number of each.
        model: Name of the language model that was used; ``""`` for none.
        problems: What to settle by hand.
    """

    proposals: tuple[Proposal, ...]
    decided: int
    looked_at: tuple[tuple[str, int], ...]
    model: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Replacement:
    """One place where a name gives way to a role.

    Attributes:
        where: What text it is in ("transcript G01").
        before: The words in front of it, on one line.
        text: The words that go.
        role: What comes in their place.
        after: The words that follow.
    """

    where: str
    before: str
    text: str
    role: str
    after: str


class Pseudonyms(Part):
    """Names of people, and the roles that take their place."""

    # --- finding -----------------------------------------------------------------------------

    def scan(
        self,
        transcripts: Iterable[str] = (),
        *,
        key: NameKey | None = None,
        names: Iterable[str] = (),
        tell: Callable[[float], None] = lambda _share: None,
    ) -> NameScan:
        """Return the names that were found in the project and not decided on yet.

        Args:
            transcripts: Names of the transcripts to look in; all of them, and everything else in
                the project, where none is given.
            key: What was decided before.
            names: Names that are known to be in it, also where no rule would find them.
            tell: Is called with the share of the work that is done, 0 to 1; what it raises ends
                the work.
        """
        transcript_names = tuple(transcripts)
        with self._snapshot() as snapshot:
            language = snapshot.info.language
            name_key = key or NameKey(snapshot.info.name)
            if transcript_names:
                texts: dict[str, str] = {
                    Message("transcript {name}", name=name): snapshot.transcript(name).text
                    for name in transcript_names
                }
                labels: dict[str, str] = {}
                problems: tuple[Problem, ...] = ()
            else:
                measures = self._project.disclosure.measures()
                texts = dict(texts_with_names(snapshot, measures))
                labels = dict(labels_with_names(snapshot))
                problems = tuple(names_to_settle_by_hand(snapshot))
            languages = languages_of_texts(snapshot)
        model = _entities(language)[0]
        person = role_in(language, "persoon")
        known = (*name_key.replaced, *_unknown_people(names, name_key, person))
        # A text is searched by the rules of its own language: by the Dutch ones, every other
        # capital of an English interview would be a name.
        rules_by_language = {
            name: replace(
                rules_for(name),
                known=known,
                ignored=name_key.ignored,
                entities=_entities(name)[1],
            )
            for name in {language, *languages.values()}
        }
        rules = rules_by_language[language]
        by_text = {where: rules_by_language[name] for where, name in languages.items()}
        proposals = propose_names(texts, rules, tell, rules_by_text=by_text)
        # Texts come first: a name in a label gets the role that it has in them.
        proposals += find_in_labels(labels, rules, proposals)
        undecided = tuple(_renumbered(proposals, name_key, person))
        return NameScan(
            undecided,
            len(proposals) - len(undecided),
            _counted((*texts, *labels)),
            model,
            problems,
        )

    def read_names(self, path: Path) -> tuple[str, ...]:
        """Read a text file with a name on each line."""
        text, _ = decode_text(read_bytes(path), path.name)
        return tuple(filter(None, (line.strip() for line in text.split("\n"))))

    # --- reviewing ---------------------------------------------------------------------------

    def write_proposals(self, proposals: Sequence[Proposal], path: Path) -> None:
        """Write proposals as csv or xlsx, with an empty column for the decision."""
        info = self._project.info
        name_proposals.write_proposals(
            proposals, path, info.created_at, decimal_comma=info.decimal_comma
        )

    def read_proposals(self, path: Path) -> tuple[NameEntry, ...]:
        """Read the table of proposals, filled in: ``accept`` or ``ignore`` per name.

        Rows without a decision are not decided yet and left out.

        Raises:
            InvalidTableError: columns are missing, or a row cannot be read; carries the problems.
        """
        return name_proposals.read_proposals(path)

    def open_key(self, path: Path, passphrase: str) -> NameKey:
        """Return the key of names in a file; an empty one where there is no file yet.

        Raises:
            ConflictError: the file lies next to the project, or is the key of another one.
            UnreadableFileError: it does not open with this passphrase.
        """
        self._refuse_folder_of_project(path)
        # The first review begins with an empty key.
        if not path.exists():
            return NameKey(self._project.info.name)
        return encryption.read_name_key(read_bytes(path), passphrase, path.name)

    def save_key(self, key: NameKey, path: Path, passphrase: str) -> None:
        """Write the key of names, encrypted, to a file in another folder than the project.

        Raises:
            ConflictError: the file would lie next to the project.
        """
        self._refuse_folder_of_project(path)
        is_same = path.exists() and _opens(path, passphrase)
        write_bytes(path, encryption.write_name_key(key, passphrase, accept_weak=is_same))

    def _refuse_folder_of_project(self, path: Path) -> None:
        file = self._store.path
        if file is not None and file.resolve().parent == path.resolve().parent:
            raise ConflictError(
                Message(
                    "'{path}' lies in the folder of the project. The key leads back to people: "
                    "keep it apart from the data, in another folder or on another disk.",
                    path=path,
                )
            )

    # --- replacing ---------------------------------------------------------------------------

    def preview(self, key: NameKey) -> tuple[Replacement, ...]:
        """Return what :meth:`replace` would replace, in every text that may be seen."""
        with self._snapshot() as snapshot:
            replacer = _replacer(key, snapshot)
            turn_edges: dict[str, tuple[int, ...]] = {
                Message("transcript {name}", name=transcript.name): tuple(
                    edge for turn in transcript.turns for edge in (turn.span.start, turn.span.end)
                )
                for transcript in snapshot.transcripts
            }
            texts = (
                *texts_with_names(snapshot, self._project.disclosure.measures()),
                *labels_with_names(snapshot),
            )
        return tuple(
            replacement
            for where, text in texts
            for replacement in _replacements(where, text, replacer, turn_edges.get(where, ()))
        )

    def replace(
        self, key: NameKey, *, keep_originals: bool = False, partial: bool = False
    ) -> PseudonymizationReport:
        """Replace the names of a key in everything the project keeps, with every span kept.

        This cannot be undone, and undo does not go back past it.

        Args:
            key: What was decided.
            keep_originals: Keep the imported files, which hold the names.
            partial: Also where proposals are not decided on yet.

        Raises:
            ConflictError: proposals are not decided on, or two things would become the same.
            UndefinedRequestError: the key replaces nothing.
        """
        if not key.replaced:
            raise UndefinedRequestError(
                "The key holds no name to replace. Review the proposals first: "
                "qualcode pseudonymize review --key FILE"
            )
        # What is replaced cannot be looked for again: all names are to be decided on first.
        undecided = () if partial else self.scan(key=key).proposals
        if undecided:
            raise ConflictError(
                Message(
                    "{count_undecided} names are not decided on yet (the first is '{text}'). "
                    "Review them, or replace only what was accepted: --partial",
                    count_undecided=len(undecided),
                    text=undecided[0].text,
                )
            )
        with self._snapshot() as snapshot:
            replacer = _replacer(key, snapshot)
        back_up_before(self._project, "names")
        with self._store.step(self._coder):
            before = collect_ids(self._project, self._store)
            pseudonymized = self._store.pseudonymize(
                replacer, keep_originals=keep_originals, who=self._coder
            )
            self._forget_texts()
            # The id of a disagreement names its position, which moved with the text.
            follow_ids(self._project, self._store, self._coder, before)
        return pseudonymized


def _opens(path: Path, passphrase: str) -> bool:
    try:
        encryption.read_name_key(read_bytes(path), passphrase, path.name)
    except QualcodeError:
        return False
    return True


def _unknown_people(names: Iterable[str], key: NameKey, person: str) -> tuple[NameEntry, ...]:
    entry_texts = {entry.text for entry in key.entries}
    return tuple(
        NameEntry(name, NameKind.PERSON, f"[{person}]")
        for name in dict.fromkeys(name.strip() for name in names)
        if name and name not in entry_texts
    )


def _replacer(key: NameKey, snapshot: Snapshot) -> Replacer:
    return Replacer(key, rules_for(snapshot.info.language))


def _replacements(
    where: str, text: str, replacer: Replacer, edges: tuple[int, ...]
) -> Iterator[Replacement]:
    for edit in replacer.edits(text, edges).edits:
        start, end = edit.span.start, edit.span.end
        yield Replacement(
            where,
            " ".join(text[max(0, start - _CONTEXT) : start].split()),
            text[start:end],
            edit.replacement,
            " ".join(text[end : end + _CONTEXT].split()),
        )


def _entities(name: str) -> tuple[str, Entities | None]:
    """Return the language model in use and what finds names with it; ``""`` where there is none."""
    language = load_known(name)
    models = [piece.name for piece in language.describe() if _is_model(piece)]
    return (models[0], language.names_in) if models else ("", None)


def _is_model(piece: LanguagePiece) -> bool:
    # The names of spaCy's models end in their size.
    return piece.in_use and piece.name.endswith(("_sm", "_md", "_lg"))


def _renumbered(proposals: Sequence[Proposal], key: NameKey, person: str) -> Iterator[Proposal]:
    """Yield the proposals that are not decided on, each person with a number of their own."""
    decided = {(entry.text, entry.kind) for entry in key.entries}
    roles_in_use = {entry.replacement for entry in key.entries} | {p.replacement for p in proposals}
    roles: dict[str, str] = {}
    for proposal in proposals:
        if (proposal.text, proposal.kind) in decided:
            continue
        if proposal.replacement == f"[{person}]":
            # In a text and in a label it is the same person.
            role = roles.setdefault(proposal.text.casefold(), _free_role(person, roles_in_use))
            roles_in_use.add(role)
            yield Proposal(proposal.text, proposal.kind, role, proposal.because, proposal.mentions)
        else:
            yield proposal


def _free_role(person: str, roles_in_use: set[str]) -> str:
    number = 1
    while f"[{person} {number}]" in roles_in_use:
        number += 1
    return f"[{person} {number}]"


def _counted(places: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for place in places:
        kind = place.partition(" ")[0] if not place.startswith("name of") else "name"
        counts[kind] = counts.get(kind, 0) + 1
    return tuple(counts.items())
