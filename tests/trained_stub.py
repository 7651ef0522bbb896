"""A stub of the trained Dutch model: a package of its name that has no parser.

Every other behaviour is tested with a genuine model, see ``genuine_model``.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import spacy

_INIT = """
from pathlib import Path
from spacy.util import load_model_from_path
def load(**overrides):
    return load_model_from_path(Path(__file__).parent / "data", **overrides)
"""


@contextmanager
def installed_stub(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install the stub in a folder for the time of the block."""
    nlp = spacy.blank("nl")
    package = folder / "nl_core_news_sm"
    package.mkdir()
    nlp.to_disk(package / "data")
    (package / "__init__.py").write_text(_INIT, encoding="utf-8")
    info = folder / "nl_core_news_sm-3.8.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: nl_core_news_sm\nVersion: 3.8.0\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.modules.pop("nl_core_news_sm", None)
