"""A codebook file: read, and what it would do to the codes of a project before it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import codebook_edits, codebooks
from qualcode.errors import InvalidCodebookError, Problem
from qualcode.messages import Message
from qualcode.model import Codebook, LossKind, compare_codebooks

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.storage import CodebookVersion


@dataclass(frozen=True, slots=True)
class CodebookPlan:
    """What the import of a codebook file would do.

    Attributes:
        current: The codebook now; None if the project has none.
        codebook: The codebook afterwards.
        added: Paths of the new codes.
        changed: Paths of the codes that get another text, path, colour or place among the retired.
        retired: Paths of the codes that the file lacks.
        reordered: Whether the codes get another order.
        codings: Number of codings of the retired codes, as far as the acting coder may see them.
        own_version: The last version that the acting coder made; None if that coder made none.
        colleagues: Who made the versions after that one.
    """

    current: Codebook | None
    codebook: Codebook
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    reordered: bool = False
    codings: int = 0
    own_version: int | None = None
    colleagues: tuple[str, ...] = ()

    @property
    def replaces(self) -> bool:
        """Whether anything of the codebook of now gives way; codes that are added replace none."""
        return bool(self.changed or self.retired or self.reordered)

    def describe(self) -> Message:
        """Return in a sentence how many codes are added, changed and retired."""
        parts = [
            Message.counted("{count} code added", "{count} codes added", len(self.added)),
            Message.counted("{count} code changed", "{count} codes changed", len(self.changed)),
            Message.counted("{count} code retired", "{count} codes retired", len(self.retired)),
            Message.counted(
                "{count} coding with a retired code",
                "{count} codings with retired codes",
                self.codings,
            ),
            Message("another order"),
        ]
        counts = len(self.added), len(self.changed), len(self.retired), self.codings, self.reordered
        version = self.current.version if self.current else 0
        return Message(
            "The file takes the place of version {version} of the codebook: {parts}.",
            version=version,
            parts=tuple(part for part, count in zip(parts, counts, strict=True) if count),
        )


def plan_codebook_import(
    project: Project, path: Path, *, titles: Mapping[str, str] | None = None
) -> CodebookPlan:
    """Return what the import of a codebook file would do to the codes of a project.

    Args:
        project: The project.
        path: The file.
        titles: As for ``codebook.read``, like the errors.
    """
    with project.snapshot() as snapshot:
        codebook, _ = read_any_codebook(path, snapshot.info.language, titles)
        current = snapshot.find_codebook()
        if current is None:
            return CodebookPlan(None, codebook)
        return _plan(
            current,
            codebook_edits.adopt_codebook(current, codebook),
            project.codings.count(),
            snapshot.versions,
            project.info.coder,
        )


def _plan(
    current: Codebook,
    codebook: Codebook,
    codings: Mapping[str, int],
    versions: Sequence[CodebookVersion],
    coder: str,
) -> CodebookPlan:
    kinds: dict[str, set[str]] = {}
    for change in compare_codebooks(current, codebook):
        kinds.setdefault(change.path, set()).add(change.kind)
    path_before = {code.id: code.path for code in current.codes if code.id}
    retired_paths = [path for path in codebook.paths if "retired" in kinds.get(path, ())]
    # Codes that the file lacks go last under their parent, which is no other order of the rest.
    ids = {code.id for code in current.active} & {code.id for code in codebook.active}
    order, next_order = (
        [code.id for code in book.codes if code.id in ids] for book in (current, codebook)
    )
    numbers = [version.version for version in versions if version.who == coder]
    own_version = numbers[-1] if numbers else None
    return CodebookPlan(
        current,
        codebook,
        added=tuple(path for path in kinds if "added" in kinds[path]),
        changed=tuple(path for path in kinds if kinds[path] - {"added", "retired", "reordered"}),
        retired=tuple(retired_paths),
        reordered=order != next_order,
        codings=sum(
            codings.get(path_before.get(codebook.code(path).id, path), 0) for path in retired_paths
        ),
        own_version=own_version,
        colleagues=tuple(
            dict.fromkeys(
                version.who
                for version in versions
                if own_version is not None and version.version > own_version
            )
        ),
    )


def read_any_codebook(
    path: Path, language: str, titles: Mapping[str, str] | None = None
) -> tuple[Codebook, tuple[Problem, ...]]:
    """Read a codebook file of any kind, also of another program; see ``codebook.read``.

    Args:
        path: The file.
        language: The language of texts of which the file names none.
        titles: Titles of columns of a table by ours.
    """
    suffix = path.suffix.casefold()
    if suffix == ".qdc":
        return _read_qdc(path, language)
    if suffix in {".xlsx", ".docx"}:
        from qualcode.importing.codebook_tables import read_codebook_table

        header, rows = read_codebook_table(path)
        return codebooks.codebook_from_rows(
            header, rows, path.name, language=language, columns=titles
        )
    return codebooks.read_codebook(path, language=language, columns=titles)


def _read_qdc(path: Path, language: str) -> tuple[Codebook, tuple[Problem, ...]]:
    from qualcode.importing.refi import read_refi

    read = read_refi(path, language=language)
    if read.codebook is None:
        raise InvalidCodebookError(Message("'{name}' has no codes.", name=path.name))
    losses = (loss for loss in read.losses if loss.kind is not LossKind.TAKEN)
    return read.codebook, tuple(Problem(path.name, str(loss)) for loss in losses)
