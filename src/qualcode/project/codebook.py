"""The codebook of a project: its codes, and its versions from first to newest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import codebook_edits, codebooks
from qualcode.errors import ConflictError, Problem
from qualcode.exporting.files import write_bytes
from qualcode.messages import Message
from qualcode.model import (
    Code,
    Codebook,
    CodeChange,
    Coding,
    compare_codebooks,
    merge_fields,
)
from qualcode.project.backups import back_up_before
from qualcode.project.code_conflicts import conflict_error, find_edited_code
from qualcode.project.codebook_plan import read_any_codebook
from qualcode.project.part import Part, in_step

if TYPE_CHECKING:
    from qualcode.storage import CodebookVersion


@dataclass(frozen=True, slots=True)
class CodebookChange:
    """A new version of the codebook, and the codings to look at again because of it."""

    codebook: Codebook
    look_again: tuple[Coding, ...] = ()


class CodebookVersions(Part):
    """The codebook and its versions; each change of a code makes a new version."""

    def get(self, version: int | None = None) -> Codebook:
        """Return the codebook: the newest version, or the one asked for.

        Raises:
            UndefinedRequestError: the project has no codebook yet.
        """
        with self._snapshot() as snapshot:
            return snapshot.codebook_version(version)

    def versions(self) -> tuple[CodebookVersion, ...]:
        """Return number, time, author and note of each version, oldest first."""
        with self._snapshot() as snapshot:
            return snapshot.versions

    def compare(self, old: int, new: int | None = None) -> tuple[CodeChange, ...]:
        """Return what changed from one version of the codebook to another (the newest)."""
        with self._snapshot() as snapshot:
            return compare_codebooks(snapshot.codebook_version(old), snapshot.codebook_version(new))

    # --- files -------------------------------------------------------------------------------

    def read(
        self,
        path: Path,
        *,
        titles: Mapping[str, str] | None = None,
        as_read: Codebook | None = None,
    ) -> tuple[Codebook, tuple[Problem, ...]]:
        """Read a codebook file (``.yaml``, ``.csv``, ``.txt``, ``.qdc``, ``.xlsx``, ``.docx``).

        Codes that an existing codebook has and the file has not are retired, not lost.

        Args:
            path: The file.
            titles: Titles of columns of a table by ours (``code``, ``definition``, ``parent``),
                where a person says which is which.
            as_read: The codebook as whoever imports the file has seen it; None imports it over
                whatever others changed.

        Raises:
            UnknownColumnsError: it is a table in which no column is known to hold the codes.
            ConflictError: somebody changed the codebook since; nothing is imported.
        """
        language = self._project.info.language
        codebook, problems = read_any_codebook(path, language, titles)
        if self._store.codebook():
            back_up_before(self._project, "codebook")
        return self._adopt(codebook, path.name, as_read), problems

    @in_step
    def _adopt(self, codebook: Codebook, name: str, as_read: Codebook | None) -> Codebook:
        """Save a codebook from a file as the next version of that which is stored."""
        current = self._store.codebook()
        if current:
            _refuse_changed(current, as_read)
            # Codings point to the ids of codes, so the codes of before live on in the new version.
            codebook = codebook_edits.adopt_codebook(current, codebook)
        return self.save(codebook, Message("read from {name}", name=name))

    def write(self, path: Path, version: int | None = None, *, tool: str = "") -> None:
        """Write a version of the codebook as yaml, csv, qdc, xlsx or docx, by the suffix.

        Args:
            path: Where to write.
            version: Which version; the newest by default.
            tool: ``taguette`` for a csv file in the layout that Taguette imports.
        """
        with self._snapshot() as snapshot:
            codebook = snapshot.codebook_version(version)
            created = snapshot.info.created_at
        suffix = path.suffix.casefold()
        titles, rows = codebooks.rows_of_codebook(codebook)
        if tool:
            write_bytes(path, codebooks.codebook_bytes(codebook, path, tool=tool))
        elif suffix == ".qdc":
            from qualcode.exporting.interchange.refi import write_refi_codebook

            write_refi_codebook(codebook, path)
        elif suffix == ".xlsx":
            from qualcode.exporting.interchange.plain_table import write_rows

            write_rows("codebook", titles, rows, path, created=created)
        elif suffix == ".docx":
            from qualcode.exporting.reports.codebook import write_codebook_docx

            title = codebook.title.in_language(codebook.language) or codebook.name
            write_codebook_docx(title, titles, rows, path, created=created)
        else:
            delimiter = ";" if self._project.info.decimal_comma else ","
            write_bytes(path, codebooks.codebook_bytes(codebook, path, delimiter=delimiter))

    # --- codes -------------------------------------------------------------------------------

    def create(self, name: str, codes: tuple[Code, ...]) -> CodebookChange:
        """Make the first codebook of a project that has none.

        Raises:
            ConflictError: there is one already.
        """
        if self._store.codebook() is not None:
            raise ConflictError("The project has a codebook already. Add codes to that one.")
        codebook = Codebook(name, codes, language=self._project.info.language)
        return CodebookChange(self.save(codebook, "begun"))

    def add(self, code: Code) -> CodebookChange:
        """Add a code, last under its parent."""
        return self._change(
            lambda book: codebook_edits.add_code(book, code),
            Message("added {path}", path=code.path),
        )

    @in_step
    def edit(self, /, path: str, *, as_read: Code | None = None, **fields: Any) -> CodebookChange:
        """Change texts, terms, colour or attributes of a code.

        Args:
            path: Path of the code.
            as_read: The code as it was when the change of it was begun: what others changed since
                is kept, also its path. None changes the fields, whatever they hold now.
            fields: New values, by the names of the fields of :class:`Code`.

        Raises:
            EditConflictError: somebody else changed one of the fields since, or removed the code;
                nothing is changed.
        """
        if as_read is not None:
            book = self.get()
            code = find_edited_code(book, as_read, fields)
            path, fields = code.path, self._merge(as_read, code, fields)
            if replace(code, **fields) == code:
                return CodebookChange(book)
        return self._change(
            lambda book: codebook_edits.edit_code(book, path, **fields),
            Message("edited {path}", path=path),
        )

    def _merge(self, as_read: Code, code: Code, fields: Mapping[str, Any]) -> dict[str, Any]:
        merged, conflicts = merge_fields(as_read, code, fields)
        if conflicts:
            raise conflict_error(as_read, code, merged, conflicts, self._read_versions)
        return merged

    def _read_versions(self) -> Iterator[tuple[CodebookVersion, Codebook]]:
        """Yield the versions with their codes, newest first."""
        for version in reversed(self.versions()):
            yield version, self.get(version.version)

    def rename(self, path: str, name: str) -> CodebookChange:
        """Change the last part of a code's path; its codings follow."""
        return self._change(
            lambda book: codebook_edits.rename_code(book, path, name),
            Message("renamed {path} to {name}", path=path, name=name),
        )

    def move(self, path: str, parent: str, before: str | None = None) -> CodebookChange:
        """Put a code, and those below it, at a place in the tree; its codings follow.

        Args:
            path: Path of the code.
            parent: Path of the code above it; ``""`` makes it a theme.
            before: Path of the code that comes after it there; ``""`` puts it last in the book,
                None last under its parent.
        """
        if before is None:
            return self._change(
                lambda book: codebook_edits.move_code(book, path, parent),
                Message("moved {path} to {parent}", path=path, parent=parent or "the top"),
            )
        return self._change(
            lambda book: codebook_edits.place_code(book, path, parent, before),
            Message("placed {path}", path=path),
        )

    def merge(self, path: str, into: str) -> CodebookChange:
        """Merge a code into another; its codings follow and are to be looked at again."""
        return self._change(
            lambda book: codebook_edits.merge_codes(book, path, into),
            Message("merged {path} into {into}", path=path, into=into),
            affected=path,
        )

    def split(self, path: str, names: Sequence[str]) -> CodebookChange:
        """Split a code into new ones next to it; its codings are to be looked at again."""
        return self._change(
            lambda book: codebook_edits.split_code(book, path, names),
            Message("split {path} into {names}", path=path, names=", ".join(names)),
            affected=path,
        )

    def retire(self, path: str) -> CodebookChange:
        """Stop offering a code; its codings stay and are to be looked at again."""
        return self._change(
            lambda book: codebook_edits.retire_code(book, path),
            Message("retired {path}", path=path),
            affected=path,
        )

    def restore(self, path: str) -> CodebookChange:
        """Offer a retired code again."""
        return self._change(
            lambda book: codebook_edits.restore_code(book, path),
            Message("restored {path}", path=path),
        )

    @in_step
    def _change(
        self, edit: Callable[[Codebook], Codebook], note: str, affected: str = ""
    ) -> CodebookChange:
        """Save the edited codebook; return it with the codings of the affected code."""
        with self._snapshot() as snapshot:
            # Asked before the change: afterwards they have another code.
            codings = snapshot.find_codings(code=affected) if affected else ()
            codebook = edit(snapshot.codebook)
        return CodebookChange(self.save(codebook, note), codings)

    @in_step
    def save(self, codebook: Codebook, note: str) -> Codebook:
        """Save a version of the codebook; the topic guides follow its codes.

        Args:
            codebook: The new version.
            note: What was done, for the list of versions.
        """
        # Undo takes back the guides with the codebook that they follow.
        before = self._store.codebook()
        saved = self._store.save_codebook(codebook, self._coder, note)
        # Guides name codes by path, which a rename or move changes.
        for guide in self._store.guides() if before else ():
            followed = codebook_edits.follow_codes(guide, before or saved, saved)
            if followed != guide:
                self._store.put_guide(followed, self._coder)
        return saved


def _refuse_changed(current: Codebook, as_read: Codebook | None) -> None:
    """Refuse to replace codes that somebody changed after they were looked at."""
    if as_read is not None and current != as_read:
        raise ConflictError(
            "Somebody changed the codebook since you looked at it. Nothing is imported. Look at "
            "what changed, then import again."
        )
