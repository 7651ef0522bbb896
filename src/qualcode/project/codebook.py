"""The codebook of a project: its codes, and its versions from first to newest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import codebook_edits, codebooks
from qualcode.errors import ConflictError, InvalidCodebookError, Problem
from qualcode.exporting.interchange.plain_table import write_rows
from qualcode.exporting.reports.codebook import write_codebook_docx
from qualcode.importing.codebook_tables import read_codebook_rows
from qualcode.messages import Message
from qualcode.model import Code, Codebook, CodeChange, Coding, LossKind, compare_codebooks
from qualcode.project.part import Part

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

    def read(self, path: Path) -> tuple[Codebook, tuple[Problem, ...]]:
        """Read a codebook file (``.yaml``, ``.csv``, ``.qdc``, ``.xlsx``, ``.docx``) as a version.

        Codes that an existing codebook has and the file has not are retired, not lost.
        """
        suffix = path.suffix.casefold()
        if suffix == ".qdc":
            codebook, problems = self._read_qdc(path)
        elif suffix in {".xlsx", ".docx"}:
            rows = read_codebook_rows(path)
            codebook, problems = codebooks.codebook_from_rows(rows, path.name)
        else:
            codebook, problems = codebooks.read_codebook(path)
        # Codings point to the ids of codes, so the codes of before live on in the new version.
        current = self._store.codebook()
        if current:
            codebook = codebook_edits.adopt_codebook(current, codebook)
        return self.save(codebook, Message("read from {name}", name=path.name)), problems

    def _read_qdc(self, path: Path) -> tuple[Codebook, tuple[Problem, ...]]:
        from qualcode.importing.refi import read_refi

        read = read_refi(path, language=self._project.info.language)
        if read.codebook is None:
            raise InvalidCodebookError(Message("'{name}' has no codes.", name=path.name))
        losses = (loss for loss in read.losses if loss.kind is not LossKind.TAKEN)
        return read.codebook, tuple(Problem(path.name, str(loss)) for loss in losses)

    def write(self, path: Path, version: int | None = None) -> None:
        """Write a version of the codebook as yaml, csv, qdc, xlsx or docx, by the suffix."""
        with self._snapshot() as snapshot:
            codebook = snapshot.codebook_version(version)
            created = snapshot.info.created_at
        suffix = path.suffix.casefold()
        titles, rows = codebooks.rows_of_codebook(codebook)
        if suffix == ".qdc":
            from qualcode.exporting.interchange.refi import write_refi_codebook

            write_refi_codebook(codebook, path)
        elif suffix == ".xlsx":
            write_rows("codebook", titles, rows, path, created=created)
        elif suffix == ".docx":
            title = codebook.title.in_language(codebook.language) or codebook.name
            write_codebook_docx(title, titles, rows, path, created=created)
        else:
            codebooks.write_codebook(codebook, path)

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

    def edit(self, path: str, **fields: Any) -> CodebookChange:
        """Change texts, terms, colour or attributes of a code."""
        return self._change(
            lambda book: codebook_edits.edit_code(book, path, **fields),
            Message("edited {path}", path=path),
        )

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

    def _change(
        self, edit: Callable[[Codebook], Codebook], note: str, affected: str = ""
    ) -> CodebookChange:
        """Save the edited codebook; return it with the codings of the affected code."""
        with self._snapshot() as snapshot:
            # Asked before the change: afterwards they have another code.
            codings = snapshot.find_codings(code=affected) if affected else ()
            codebook = edit(snapshot.codebook)
        return CodebookChange(self.save(codebook, note), codings)

    def save(self, codebook: Codebook, note: str) -> Codebook:
        """Save a version of the codebook; the topic guides follow its codes.

        Args:
            codebook: The new version.
            note: What was done, for the list of versions.
        """
        before = self._store.codebook()
        # One step, so that undo takes back the guides with the codebook that they follow.
        with self._store.step(self._coder):
            saved = self._store.save_codebook(codebook, self._coder, note)
            # Guides name codes by path, which a rename or move changes.
            for guide in self._store.guides() if before else ():
                followed = codebook_edits.follow_codes(guide, before or saved, saved)
                if followed != guide:
                    self._store.put_guide(followed, self._coder)
        return saved
