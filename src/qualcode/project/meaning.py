"""Which embedding model a project uses for suggestions, and the vectors that it keeps.

The choice is a setting of the project: the bundled model, none, or a folder on this machine.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import UnreadableFileError
from qualcode.messages import Message
from qualcode.project.part import Part

if TYPE_CHECKING:
    from qualcode.storage import Store
    from qualcode.suggesting import Embedder

SETTING = "embedding_model"
BUNDLED, NONE = "bundled", "none"
"""Values of the setting that are no folder."""


def embedder_for(choice: str) -> Embedder | None:
    """Return the embedding model that a project chose; None for words alone.

    Raises:
        UnreadableFileError: the folder is not on this machine, or holds no model.
        MissingExtraError: the package that reads it is not installed.
    """
    from qualcode.suggesting import bundled_embedder, load_embedder

    if choice == NONE:
        return None
    if choice == BUNDLED:
        return bundled_embedder()
    try:
        return load_embedder(Path(choice))
    except UnreadableFileError as error:
        raise UnreadableFileError(
            Message(
                "{reason} Choose a model for the suggestions of this project: qualcode suggest "
                "--model bundled",
                reason=str(error),
            )
        ) from error


class Meaning(Part):
    """The embedding model by which suggestions compare meanings."""

    def choose_model(self, choice: str) -> str:
        """Choose the embedding model of this project, and return its name; ``""`` for none.

        Args:
            choice: ``bundled``, ``none``, or a folder that holds a model.

        Raises:
            UnreadableFileError: the folder holds no model.
            MissingExtraError: the package that reads it is not installed.
        """
        if choice not in (BUNDLED, NONE):
            choice = str(Path(choice).expanduser().resolve())
        embedder = embedder_for(choice)
        self._store.set_setting(SETTING, choice, self._coder)
        return embedder.name if embedder is not None else ""

    def read_choice(self) -> str:
        """Return which model this project chose: ``bundled``, ``none`` or a folder."""
        return str(self._store.setting(SETTING, BUNDLED))


class KeptVectors(MutableMapping[str, bytes]):
    """The vectors of one model in a project, read when they are asked for.

    Args:
        store: The project. Nothing is written here: a snapshot only reads. What is new is in
            ``new``, until the caller keeps it.
        model: Name of the model, or of what is computed from its vectors.
        replace: Where given, values of other names that begin like this are of no use any more.
    """

    def __init__(self, store: Store, model: str, replace: str = "") -> None:
        self._store = store
        self._replace = replace
        self.model = model
        self.new: dict[str, bytes] = {}
        self._read: dict[str, bytes] = {}

    def find(self, keys: set[str]) -> dict[str, bytes]:
        """Return the vectors that are known, of those asked for."""
        unread = keys - self._read.keys() - self.new.keys()
        if unread:
            self._read.update(self._store.vectors(self.model, unread))
        return {
            key: vector
            for key in keys
            if (vector := self._read.get(key) or self.new.get(key)) is not None
        }

    def keep(self) -> None:
        """Write what is new to the project, outside a snapshot."""
        if self.new:
            self._store.keep_vectors(self.model, self.new, replace=self._replace)
            self._read.update(self.new)
            self.new = {}

    def __getitem__(self, key: str) -> bytes:
        return self.find({key})[key]

    def __setitem__(self, key: str, vector: bytes) -> None:
        self.new[key] = vector

    def __delitem__(self, key: str) -> None:
        self.new.pop(key, None)
        self._read.pop(key, None)

    def __iter__(self) -> Iterator[str]:
        yield from {**self._read, **self.new}

    def __len__(self) -> int:
        return len({**self._read, **self.new})
