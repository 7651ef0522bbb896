"""What every part of a project has: the project, its store, and who acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from qualcode.model import Disagreement
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot
    from qualcode.storage import Store


P = ParamSpec("P")
R = TypeVar("R")
SomePart = TypeVar("SomePart", bound="Part")


class Part:
    """The verbs of one subject, as one coder may use them.

    Args:
        project: The open project, whose other parts a verb may need.
        store: Where it is kept, seen by the acting coder.
        coder: The acting coder; ``""`` where nobody is named.
    """

    def __init__(self, project: Project, store: Store, coder: str) -> None:
        self._project = project
        self._store = store
        self._coder = coder

    def _snapshot(self) -> AbstractContextManager[Snapshot]:
        return self._project.snapshot()

    def _forget_texts(self) -> None:
        """Read the transcripts again when they are next asked for: a step changed them."""
        self._project._cache.forget()  # noqa: SLF001 - the parts share it, and nobody else needs it

    def _is_signed_in(self) -> bool:
        """Tell whether the coder is known for sure, and so acts for nobody else."""
        return self._project._signed_in  # noqa: SLF001 - as the cache: of the parts only

    def _open_disagreements(self, coders: Sequence[str]) -> tuple[Disagreement, ...]:
        # To be handed on as a function: adjudication loads the comparison of coders, which most
        # reports do not need.
        return self._project.adjudication.open_disagreements(coders)

    if not TYPE_CHECKING:
        # Hidden from type checkers, which then find old calls: project.codings() was a verb.
        def __call__(self, *args: Any, **keywords: Any) -> Any:
            """Do what the old verb of this name did, with a warning."""
            from qualcode.project.deprecated import call_part

            return call_part(self._project, self, args, keywords)


def in_snapshot(
    verb: Callable[Concatenate[SomePart, P], R],
) -> Callable[Concatenate[SomePart, P], R]:
    """Make a verb read everything from one state of the project."""

    @wraps(verb)
    def run(self: SomePart, /, *args: P.args, **keywords: P.kwargs) -> R:
        with self._snapshot():
            return verb(self, *args, **keywords)

    return run


def in_step(
    verb: Callable[Concatenate[SomePart, P], R],
) -> Callable[Concatenate[SomePart, P], R]:
    """Make a verb read what it changes in the step that changes it.

    Read before, another window or a colleague could write in between, and lose that.
    """

    @wraps(verb)
    def run(self: SomePart, /, *args: P.args, **keywords: P.kwargs) -> R:
        with self._store.step(self._coder):
            return verb(self, *args, **keywords)

    return run
