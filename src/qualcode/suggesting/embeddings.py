"""Suggester 5, meaning: texts and entries compared by an embedding model on this machine.

Off by default. The model is a folder on this machine; nothing is ever downloaded. Each text is
embedded once; its vector is kept by the hash of the text.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import MissingExtraError, UnreadableFileError
from qualcode.messages import Message
from qualcode.model import Code, Reason, text_hash
from qualcode.suggesting.book import Book
from qualcode.suggesting.concordance import Concordance
from qualcode.suggesting.protocol import Scores

Vector = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors; texts with a similar meaning get similar vectors."""

    @property
    def name(self) -> str:
        """Which model it is; vectors of two models are never compared."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector per text, all of one length."""


class MeaningSuggester:
    """Weighs codes by the cosine between a text and their entries.

    Args:
        book: The codebook.
        embedder: The model.
        cache: Vectors by text hash, kept between sessions by the caller; empty at first.
    """

    name = "meaning"

    def __init__(
        self, book: Book, embedder: Embedder, cache: MutableMapping[str, Vector] | None = None
    ) -> None:
        self.version = f"1+{embedder.name}"
        self._embedder = embedder
        self._cache: MutableMapping[str, Vector] = {} if cache is None else cache
        language = book.codebook.language
        entries = [_entry(book.codebook.code(path), language) for path in book.paths]
        self._entries = self._vectors(entries)

    def score(self, concordance: Concordance) -> Scores:
        """Return the cosine of each code, minus the mean over the codes of the book."""
        texts = [segment.text for segment in concordance.segments]
        if not texts:
            return np.zeros((0, len(self._entries)))
        # the level of cosines depends on model and text: only differences between codes count
        cosines = (self._vectors(texts) @ self._entries.T).astype(np.float64)
        scores: Scores = cosines - cosines.mean(axis=1, keepdims=True)
        return scores

    def reason(self, concordance: Concordance, row: int, code: int) -> Reason | None:
        """Return that the meaning of the text is close to that of the entry."""
        del concordance, row, code
        return Reason(self.name, note="close in meaning to the entry")

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        keys = [self._key(text) for text in texts]
        new = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._cache}
        if new:
            for key, vector in zip(new, self._embedder.embed(list(new.values())), strict=True):
                # at length 1 a dot product is a cosine; a text without words has length 0
                length = float(np.linalg.norm(vector))
                self._cache[key] = vector / length if length else vector
        return np.stack([self._cache[key] for key in keys])

    def _key(self, text: str) -> str:
        return f"{self._embedder.name}:{text_hash(text.encode('utf-8', 'replace').decode())}"


def load_embedder(folder: Path) -> Embedder:
    """Return the embedding model that lies in a folder.

    Args:
        folder: In the layout of model2vec (``config.json`` and ``model.safetensors``) or of
            sentence-transformers (``modules.json``).

    Raises:
        UnreadableFileError: the folder is not there or holds neither layout.
        MissingExtraError: the package that reads this layout is not installed.
    """
    if (folder / "modules.json").is_file():
        return _Folder(folder, "sentence_transformers")
    if (folder / "config.json").is_file() and (folder / "model.safetensors").is_file():
        return _Folder(folder, "model2vec")
    raise UnreadableFileError(
        Message(
            "'{folder}' holds no embedding model. Give the folder of a model in the layout of "
            "model2vec or sentence-transformers, copied to this machine.",
            folder=folder,
        )
    )


class _Folder:
    """A model in a folder, read by the package that knows its layout."""

    def __init__(self, folder: Path, package: str) -> None:
        self.name = folder.resolve().name
        self._model: Any = _load(folder, package)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector per text."""
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32)


_INSTALL = {
    "model2vec": "pip install 'qualcode[semantic]'",
    "sentence_transformers": "pip install sentence-transformers",
}


def _load(folder: Path, package: str) -> Any:
    try:
        module = import_module(package)
    except ImportError as error:
        raise MissingExtraError(
            Message(
                "Reading the model in '{name}' needs the package '{replace}'. Install it with: "
                "{install}",
                name=folder.name,
                replace=package.replace("_", "-"),
                install=_INSTALL[package],
            )
        ) from error
    if package == "model2vec":
        return module.StaticModel.from_pretrained(str(folder))
    # without the option the package would ask the network for a file that is missing
    return module.SentenceTransformer(str(folder), local_files_only=True)


def _entry(code: Code, language: str) -> str:
    parts = (code.label, code.definition, code.include, code.typical)
    return ". ".join(text for part in parts if (text := part.in_language(language)))
