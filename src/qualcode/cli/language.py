"""The language of the command line: which one, and sentences, lists and numbers in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextvars import ContextVar

from qualcode.messages import Message, join_names
from qualcode.translation import LANGUAGES, translator

VARIABLE = "QUALCODE_LANGUAGE"
"""The environment variable that sets the language: ``nl`` or ``en``."""

# A context variable, because a test or a notebook may run several commands in one process.
_LANGUAGE: ContextVar[str] = ContextVar("language", default="en")


def set_language(project_language: str = "") -> None:
    """Set the language of all sentences printed from now on.

    The first of these that is a language of the program: ``QUALCODE_LANGUAGE``, the language of
    the open project, the language of the operating system, English.

    Args:
        project_language: Language of the open project; ``""`` where no project is open.
    """
    candidates = (os.environ.get(VARIABLE, "").casefold(), project_language, _system_language())
    _LANGUAGE.set(next((name for name in candidates if name in LANGUAGES), "en"))


def get_language() -> str:
    """Return the language of printed sentences: ``nl`` or ``en``."""
    return _LANGUAGE.get()


def translate(text: str) -> str:
    """Return a message in the language of the command line; any other text as it is.

    Args:
        text: A :class:`~qualcode.messages.Message`, or a text that nobody translates: a name, a
            quote, a path.
    """
    # English needs no catalogue: loading Babel would double the time that a command takes to start.
    if not isinstance(text, Message) or get_language() == "en":
        return str(text)
    return translator(get_language()).translate(text)


def translate_sentence(text: str) -> str:
    """Return a sentence of the core in the language of the command line.

    Unlike :func:`translate` it also looks up a plain text: an error, a problem or a reason without
    values is one. Never give it what a person wrote.
    """
    return str(text) if get_language() == "en" else translator(get_language()).translate(text)


def join_translated(names: Sequence[str]) -> str:
    """Return names as a person lists them: "anna, bram and carla"."""
    words = [translate(name) for name in names]
    return join_names(words) if get_language() == "en" else translator(get_language()).names(words)


def group_name(group: str) -> str:
    """Return what a group of respondents is called; "all" for ``""``."""
    from qualcode.project import attribute_value

    if not group:
        return translate(Message("all"))
    return attribute_value("group", group, get_language())


def format_decimal(value: float, places: int = 2) -> str:
    """Return a number with a fixed number of decimals and the decimal mark of the language."""
    text = f"{value:z.{places}f}"
    return text if get_language() == "en" else text.replace(".", ",")


def read_names(text: str) -> list[str]:
    """Return the names in an option that lists them: ``"anna, bram"``."""
    return [name.strip() for name in text.split(",") if name.strip()]


def list_once(texts: Iterable[str]) -> str:
    """Return texts after each other, each once, with a semicolon between them."""
    return "; ".join(dict.fromkeys(translate(text) for text in texts))


def _system_language() -> str:
    """Return the language of the operating system as two letters, ``""`` if unknown."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    if not any(names):
        import locale

        # Windows sets none of these variables and calls Dutch "Dutch_Netherlands".
        names = [locale.getlocale()[0] or ""]
    language = next(name for name in [*names, "en"] if name).casefold()
    return "nl" if language.startswith(("nl", "dutch")) else "en"
