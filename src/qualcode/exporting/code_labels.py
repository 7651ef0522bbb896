"""What codes are called in print: their labels in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from qualcode.exporting.document.typography import one_line
from qualcode.messages import Message
from qualcode.model import Codebook
from qualcode.model.codebook import theme_path


def readable(path: str) -> str:
    """Return a path with room to break the line: "users / current use"."""
    return path.replace("/", " / ").replace("_", " ")


class Labels:
    """Names of codes in one language; paths where there is no codebook."""

    def __init__(self, book: Codebook | None, language: str) -> None:
        codes = book.codes if book is not None else ()
        titles = {code.path: one_line(code.title(language)) for code in codes}
        shared = Counter(titles.values())
        self._names = {
            path: title
            # "other" may be a code of several themes.
            if shared[title] == 1 or theme_path(path) == path
            else f"{title} ({titles.get(theme_path(path), theme_path(path))})"
            for path, title in titles.items()
        }

    def __call__(self, path: str) -> str:
        """Return the name of a code; followed by its theme where two codes share one."""
        return self._names.get(path) or readable(path)

    def listed(self, paths: Iterable[str]) -> str:
        """Return the names of codes after one another."""
        return ", ".join(map(self, paths))

    def within(self, text: str) -> str:
        """Return a sentence with names in place of the paths of codes in it."""
        # The longest first: "a/b/c" holds the path "a/b".
        for path in sorted(self._names, key=len, reverse=True):
            # The path of a theme may be a common word of the sentence.
            if "/" in path:
                text = text.replace(path, self._names[path])
        return text


def label_in_rows(labels: Labels, path: str, paths: Iterable[str]) -> str:
    """Return the name of a row of codes: a theme next to its codes is about itself only.

    Args:
        labels: The names of codes.
        path: The code of the row.
        paths: The codes of all rows.
    """
    if "/" in path or not any(longer_path.startswith(f"{path}/") for longer_path in paths):
        return labels(path)
    return Message("{theme} (directly on the theme)", theme=labels(path))
