"""The verbs of confidentiality: names reviewed and replaced; backups under a passphrase.

What leads back to people never stays in the project: decisions on names are kept in a key, an
encrypted file somewhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import agreement, encryption
from qualcode.errors import (
    ConflictError,
    InvalidTableError,
    InvalidValueError,
    Problem,
    UndefinedRequestError,
)
from qualcode.exporting import write_rows
from qualcode.exporting.files import write_bytes
from qualcode.importing.column_aliases import missing_columns
from qualcode.importing.tables import read_table
from qualcode.importing.transcripts import read_bytes
from qualcode.language.lemmas import lemmas_of
from qualcode.project.scanning import Scanning
from qualcode.pseudonyms import (
    NameEntry,
    NameKey,
    NameKind,
    Proposal,
    Replacer,
    Rules,
    entry_for,
)

if TYPE_CHECKING:
    from qualcode.storage.pseudonymization import PseudonymizationReport

COLUMNS = "name kind replacement decision times where context because".split()
_ACCEPT = frozenset("a accept accepted accepteren akkoord ja j y yes vervang vervangen".split())
_IGNORE = frozenset("i ignore ignored negeer negeren nee n no laten".split())


_AROUND = 40


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


class Confidential(Scanning):
    """An open project, with what keeps its people unknown."""

    # --- reviewing ------------------------------------------------------------------------------

    def write_proposals(self, proposals: Sequence[Proposal], path: Path) -> None:
        """Write proposals as csv or xlsx, with an empty column for the decision."""
        rows = (
            (
                *(p.text, p.kind.value, p.replacement, "", len(p.mentions)),
                "; ".join(dict.fromkeys(m.where for m in p.mentions))[:200],
                p.mentions[0].context if p.mentions else "",
                ", ".join(p.because),
            )
            for p in proposals
        )
        write_rows("names", COLUMNS, rows, path, created=self._store.info().created_at)

    def read_reviewed(self, path: Path) -> tuple[NameEntry, ...]:
        """Read the table of proposals, filled in: ``accept`` or ``ignore`` per name.

        Rows without a decision are not decided yet and left out.

        Raises:
            InvalidTableError: columns are missing, or a row cannot be read; carries the problems.
        """
        table = read_table(read_bytes(path), path.name)
        columns = {cell.casefold(): place for place, cell in enumerate(table.header)}
        missing = [name for name in ("name", "kind", "decision") if name not in columns]
        if missing:
            raise missing_columns(path.name, missing, table.header)
        entries, wrong = [], []
        for row in table.rows:
            cells = {name: row.cell(columns.get(name)) for name in COLUMNS}
            decision = cells["decision"].strip().casefold()
            if not decision:
                continue
            try:
                entries.append(_entry(cells, decision))
            except InvalidValueError as error:
                wrong.append(Problem(f"{path.name}, line {row.line}", str(error)))
        if wrong:
            raise InvalidTableError(f"{wrong[0]} No decision was taken over.", wrong)
        return tuple(entries)

    def open_key(self, path: Path, passphrase: str) -> NameKey:
        """Return the key of names in a file; an empty one where there is no file yet.

        Raises:
            ConflictError: the file lies beside the project, or is the key of another one.
            UnreadableFileError: it does not open with this passphrase.
        """
        self._refuse_beside(path)
        if not path.exists():
            return NameKey(self.name)
        return encryption.read_name_key(read_bytes(path), passphrase, path.name)

    def keep_key(self, key: NameKey, path: Path, passphrase: str) -> None:
        """Write the key of names, encrypted, to a file apart from the project.

        Raises:
            ConflictError: the file would lie beside the project.
        """
        self._refuse_beside(path)
        write_bytes(path, encryption.write_name_key(key, passphrase))

    def _refuse_beside(self, path: Path) -> None:
        own = self._store.path
        if own is not None and own.resolve().parent == path.resolve().parent:
            raise ConflictError(
                f"'{path}' lies in the folder of the project. The key leads back to people: keep "
                "it apart from the data, in another folder or on another disk."
            )

    # --- replacing --------------------------------------------------------------------------------

    def preview_names(self, key: NameKey) -> tuple[Replacement, ...]:
        """Return what ``apply_names`` would replace, in every text that may be seen."""
        replacer = Replacer(key, Rules(is_word=lemmas_of(self.language).knows))
        return tuple(
            change
            for where, text, edges in self._texts_with_edges()
            for change in _changes(where, text, replacer, edges)
        )

    def _texts_with_edges(self) -> Iterator[tuple[str, str, tuple[int, ...]]]:
        turns = {
            f"transcript {t.name}": tuple(
                e for turn in t.turns for e in (turn.span.start, turn.span.end)
            )
            for t in self.collect_transcripts()
        }
        for where, text in (*self._texts_inside(), *self._labels()):
            yield where, text, turns.get(where, ())

    def apply_names(
        self, key: NameKey, *, keep_originals: bool = False, partial: bool = False, who: str = ""
    ) -> PseudonymizationReport:
        """Replace the names of a key in everything the project keeps, with every span kept.

        This cannot be undone, and undo does not go back past it.

        Args:
            key: What was decided.
            keep_originals: Keep the imported files, which hold the names.
            partial: Also where proposals are not decided on yet.
            who: Who does it.

        Raises:
            ConflictError: proposals are not decided on, or two things would become the same.
            UndefinedRequestError: the key replaces nothing.
        """
        if not key.replaced:
            raise UndefinedRequestError(
                "The key holds no name to replace. Review the proposals first: "
                "qualcode pseudonymize review --key FILE"
            )
        left = () if partial else self.scan_names(key=key).proposals
        if left:
            raise ConflictError(
                f"{len(left)} names are not decided on yet (the first is '{left[0].text}'). Review "
                "them, or replace only what was accepted: --partial"
            )
        replacer = Replacer(key, Rules(is_word=lemmas_of(self.language).knows))
        with self._store.step(who):
            before = self._disagreement_ids()
            done = self._store.pseudonymize(replacer, keep_originals=keep_originals, who=who)
            after = self._disagreement_ids()
            moved = {
                old: new
                for same, ids in before.items()
                for old, new in zip(ids, after.get(same, ()), strict=False)
            }
            self._store.rename_disagreements(moved, who)
        self._texts = None
        return done

    def _disagreement_ids(self) -> dict[tuple[object, ...], list[str]]:
        """Return the ids of the disagreements by what they are between: ids tell positions."""
        book = self._store.codebook()
        found: dict[tuple[object, ...], list[str]] = {}
        if book is None or not self._store.decisions():
            return found
        units = agreement.UnitsOfAnalysis.of(self._store.transcripts())
        every = self._store.codings(hidden=True)
        people = self.coders()
        teams: list[tuple[str, ...]] = [*permutations(people, 2)]
        teams += [team for size in range(3, len(people) + 1) for team in combinations(people, size)]
        for round_ in ("", *(one.name for one in self.rounds())):
            codings = [c for c in every if not round_ or c.round == round_]
            for team in teams:
                finished = self._finished(team, round_)
                compared = agreement.CodingStudy.of(codings, units, book, team, finished=finished)
                for one in agreement.collect_disagreements(compared):
                    sides = (tuple(c.id for c in side) for side in (one.codings_a, one.codings_b))
                    found.setdefault((round_, team, *sides), []).append(one.id)
        return found

    def older_files(self) -> tuple[Path, ...]:
        """Return files beside the project that look like copies of it: they keep the names."""
        own = self._store.path
        if own is None:
            return ()
        return tuple(
            path
            for path in sorted(own.resolve().parent.glob("*"))
            if path.name != own.name and path.suffix in {".qualcode", ".qdpx", ".sealed"}
        )

    # --- backups under a passphrase ------------------------------------------------------------

    def backup_encrypted(self, to: Path, passphrase: str) -> None:
        """Copy the project into an encrypted file that does not exist yet.

        Raises:
            ConflictError: the file is there already.
            InvalidValueError: the passphrase is too short.
        """
        if to.exists():
            raise ConflictError(f"'{to}' is there already. Give the backup another name.")
        write_bytes(to, encryption.encrypt(self._store.backup_bytes(), passphrase))


def _changes(
    where: str, text: str, replacer: Replacer, edges: tuple[int, ...]
) -> Iterator[Replacement]:
    for edit in replacer.edits(text, edges).edits:
        start, end = edit.span.start, edit.span.end
        yield Replacement(
            where,
            " ".join(text[max(0, start - _AROUND) : start].split()),
            text[start:end],
            edit.replacement,
            " ".join(text[end : end + _AROUND].split()),
        )


def restore_backup(file: Path, to: Path, passphrase: str) -> None:
    """Write the project in an encrypted backup to a file that does not exist yet.

    Raises:
        ConflictError: the file is there already.
        UnreadableFileError: it is no encrypted backup, or does not open with this passphrase.
    """
    if to.exists():
        raise ConflictError(f"'{to}' is there already. Give the project another name.")
    opened = encryption.decrypt(read_bytes(file), passphrase, file.name)
    if not opened.startswith(b"SQLite format 3\x00"):
        raise InvalidValueError(f"'{file.name}' opens, but holds no project. Give another file.")
    write_bytes(to, opened)


def _entry(cells: dict[str, str], decision: str) -> NameEntry:
    try:
        kind = NameKind(cells["kind"].strip().casefold())
    except ValueError as error:
        kinds = ", ".join(kind.value for kind in NameKind)
        raise InvalidValueError(f"'{cells['kind']}' is no kind of name: {kinds}.") from error
    if decision in _IGNORE:
        return NameEntry(cells["name"], kind, "")
    if decision not in _ACCEPT:
        raise InvalidValueError(f"'{decision}' is not a decision. Write accept or ignore.")
    if not cells["replacement"].strip():
        raise InvalidValueError(f"'{cells['name']}' is accepted, but has no replacement.")
    return entry_for(cells["name"], kind, cells["replacement"])
