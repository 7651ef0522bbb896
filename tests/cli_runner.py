"""Runs the command line as a person would, in this process: it starts faster."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from qualcode.cli import main


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def qualcode(*words: object, folder: Path) -> Result:
    """Return what ``qualcode WORDS`` printed in ``folder``, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        patch.object(sys, "argv", ["qualcode", *map(str, words)]),
        patch.object(sys, "stdin", io.StringIO()),
    ):
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1 if stop.code else 0
    return Result(code, out.getvalue(), err.getvalue())
