"""Work as an account that may read the files of a test and write none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def as_nobody(*folders: Path) -> Iterator[None]:
    """Run without the right to write anywhere, also where the tests run as root."""
    for folder in folders:
        folder.chmod(0o555)
    opened = [p for f in folders for p in f.parents if p.stat().st_mode & 0o055 != 0o055]
    modes = {p: p.stat().st_mode for p in opened if p.stat().st_uid == os.getuid()}
    for path, mode in modes.items():
        path.chmod(mode | 0o055)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)
        for folder in folders:
            folder.chmod(0o755)
