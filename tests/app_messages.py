"""Every message that the app's pages and components show, found in their source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).parents[1]
KEYWORDS = {"_": None, "_n": (1, 2), "many": (1, 2)}
PLACES = (
    (ROOT / "app", "**.py", "python"),
    (ROOT / "app" / "components", "**.js", "javascript"),
)

Message = str | tuple[str, str]


def messages() -> Iterator[tuple[str, Message]]:
    """Yield where each message stands, and the message: one text, or one for one and many."""
    for folder, pattern, method in PLACES:
        found = extract_from_dir(str(folder), [(pattern, method)], keywords=KEYWORDS)
        for name, line, message, _comments, _context in found:
            yield (
                f"{name}:{line}",
                message if isinstance(message, str) else (message[0], message[1]),
            )
