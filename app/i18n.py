"""The translations that the components in the browser need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from qualcode.translation import translator

# In JavaScript a message is the first argument of _() or _n(), as in Python.
_MESSAGE = re.compile(r'\b_n?\(\s*"([^"]*)"')


@cache
def component_messages(language: str) -> Mapping[str, str | tuple[str, ...]]:
    """Return the translations that the components in the browser need, by English message."""
    # A component gets only its own messages: the whole catalogue is seven times as large.
    messages: set[str] = set()
    for path in (Path(__file__).parent / "components").rglob("*.js"):
        messages.update(_MESSAGE.findall(path.read_text(encoding="utf-8")))
    catalogue = translator(language).catalogue
    return {text: catalogue["", text] for text in sorted(messages) if ("", text) in catalogue}
