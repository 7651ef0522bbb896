"""The codebook: the single tree of codes, its entries and its versions.

A top-level code is a *theme*. ``codebooks`` reads and writes files; the project keeps the
versions.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from types import MappingProxyType
from typing import ClassVar

from qualcode.errors import InvalidValueError, unknown_name
from qualcode.messages import Message
from qualcode.model.frozen import FrozenMap, LocalText

_PATH = re.compile(r"[a-z0-9_]+(?:/[a-z0-9_]+)*")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
DEFAULT_COLOR = "#64748b"
UNNAMED = "code"
"""Name in a path for a label without a letter or digit of the Latin alphabet."""
# Labels of other programs may be whole sentences; paths are printed and typed.
_LONGEST_NAME = 80


def path_name(title: str) -> str:
    """Return the name in a path for the label of a code (``peer_pressure``).

    It is ``""`` for a label without a Latin letter or digit; see :data:`UNNAMED`.
    """
    # Decomposed, so that "é" becomes "e" instead of an underscore.
    plain = unicodedata.normalize("NFKD", title.casefold())
    ascii_only = "".join(c for c in plain if not unicodedata.combining(c))
    name = re.sub(r"[^a-z0-9]+", "_", ascii_only).strip("_")
    return name[:_LONGEST_NAME].rstrip("_")


def parent_path(path: str) -> str:
    """Return the path of the code above, or ``""`` for a theme."""
    return path.rpartition("/")[0]


def theme_path(path: str) -> str:
    """Return the path of the theme (top-level code) that a code belongs to."""
    return path.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Code:
    """A named idea that passages can be coded with: one entry of the codebook.

    Attributes:
        path: Names from the theme down, joined by ``/``: ``influences/availability``. A name
            has lower-case letters, digits and underscores.
        label: Its name for people, per language.
        definition: Its meaning.
        include: Passages to code with it.
        exclude: Passages not to code with it, and the code for them.
        typical: A clear example.
        borderline: An example at the edge of the definition, with the reason.
        terms: Lemmas and phrases that signal it, in the language of the transcripts.
        color: ``#rrggbb``.
        attributes: Free attributes, each with one or more values, such as ``level`` and
            ``asked_of``.
        id: Stays the same when the code is renamed or moved; given by the project.
        retired: Whether it is kept for existing codings only, not for new ones.
        merged_into: Id of the code that this one was merged into.
    """

    EXAMPLE_FIELDS: ClassVar[tuple[str, ...]] = ("typical", "borderline")
    TEXT_FIELDS: ClassVar[tuple[str, ...]] = (
        "label",
        "definition",
        "include",
        "exclude",
        *EXAMPLE_FIELDS,
    )
    """Fields with a text per language, in the order of an entry; the last ones are examples."""

    path: str
    label: LocalText = field(default_factory=LocalText)
    definition: LocalText = field(default_factory=LocalText)
    include: LocalText = field(default_factory=LocalText)
    exclude: LocalText = field(default_factory=LocalText)
    typical: LocalText = field(default_factory=LocalText)
    borderline: LocalText = field(default_factory=LocalText)
    terms: tuple[str, ...] = ()
    color: str = DEFAULT_COLOR
    attributes: FrozenMap[str, tuple[str, ...]] = field(default_factory=FrozenMap)
    id: str = ""
    retired: bool = False
    merged_into: str = ""

    def __post_init__(self) -> None:
        if not _PATH.fullmatch(self.path):
            raise InvalidValueError(
                Message(
                    "'{path}' is not a code path. Use lower-case letters, digits and "
                    "underscores, with '/' between levels, as in 'influences/availability'.",
                    path=self.path,
                )
            )
        if not _COLOR.fullmatch(self.color):
            raise InvalidValueError(
                Message(
                    "'{color}' is not a colour of code '{path}'. Use '#rrggbb'.",
                    color=self.color,
                    path=self.path,
                )
            )

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> str:
        """The path of the code above, or ``""`` for a theme."""
        return parent_path(self.path)

    @property
    def theme(self) -> str:
        """The path of the theme it belongs to."""
        return theme_path(self.path)

    def title(self, language: str) -> str:
        """Return the label in ``language``, or the name if there is no label."""
        return self.label.in_language(language) or self.name

    def values(self, attribute: str) -> tuple[str, ...]:
        """Return the values of a free attribute; empty if it is not set."""
        return self.attributes.get(attribute, ())

    def is_asked_of(self, group: str) -> bool:
        """Tell whether a group of respondents was asked about this code (``asked_of``)."""
        groups = self.values("asked_of")
        # A code without groups was asked of everybody, and a respondent without a group may have
        # been asked.
        return not groups or not group or group in groups


@dataclass(frozen=True, slots=True)
class Codebook:
    """The codes of a study, in the order of the book, each parent before its children.

    Raises:
        InvalidValueError: Two codes have one path, or the parent of a code is missing or later.
    """

    name: str
    codes: tuple[Code, ...]
    version: int = 1
    title: LocalText = field(default_factory=LocalText)
    language: str = "nl"

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValueError("A codebook needs a name.")
        counts = Counter(code.path for code in self.codes)
        twice = [path for path, count in counts.items() if count > 1]
        if twice:
            raise InvalidValueError(
                Message("Codebook '{name}' has '{twice}' twice.", name=self.name, twice=twice[0])
            )
        paths: set[str] = set()
        for code in self.codes:
            if code.parent and code.parent not in paths:
                raise InvalidValueError(
                    Message(
                        "Codebook '{name}' lists '{path}' without '{parent}' before it.",
                        name=self.name,
                        path=code.path,
                        parent=code.parent,
                    )
                )
            paths.add(code.path)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all codes, retired ones included."""
        return tuple(code.path for code in self.codes)

    @property
    def themes(self) -> tuple[Code, ...]:
        """The top-level codes."""
        return tuple(code for code in self.codes if not code.parent)

    @property
    def active(self) -> tuple[Code, ...]:
        """The codes that may be used for new codings."""
        return tuple(code for code in self.codes if not code.retired)

    @property
    def usable(self) -> tuple[Code, ...]:
        """The codes that passages are given: those under a theme, and themes without any."""
        return tuple(c for c in self.active if c.parent or not self.children(c.path))

    def __contains__(self, path: object) -> bool:
        return any(code.path == path for code in self.codes)

    def code(self, path: str) -> Code:
        """Return the code with this path.

        Raises:
            UnknownNameError: There is none; the message names the nearest one.
        """
        for code in self.codes:
            if code.path == path:
                return code
        raise unknown_name("code", path, self.paths, Message("codebook '{name}'", name=self.name))

    def children(self, path: str) -> tuple[Code, ...]:
        """Return the codes directly below ``path``."""
        return tuple(code for code in self.codes if code.parent == path)

    def subtree(self, path: str) -> tuple[Code, ...]:
        """Return the code and all codes below it."""
        below = path + "/"
        return tuple(c for c in self.codes if c.path == path or c.path.startswith(below))

    def with_codes(self, codes: tuple[Code, ...]) -> Codebook:
        """Return the next version of this codebook, with ``codes``."""
        return replace(self, codes=codes, version=self.version + 1)


CODE_FIELDS: Mapping[str, Message] = MappingProxyType(
    {
        "label": Message("Name"),
        "definition": Message("Definition"),
        "include": Message("Code here"),
        "exclude": Message("Do not code here"),
        "typical": Message("Typical example"),
        "borderline": Message("Borderline example"),
        "terms": Message("Words that signal it"),
        "color": Message("Color"),
        "attributes": Message("Attributes"),
    }
)
"""What the fields of a code are called."""
_CHANGES: Mapping[str, Message] = MappingProxyType(
    {
        "added": Message("added"),
        "removed": Message("removed"),
        "moved": Message("moved"),
        "retired": Message("retired"),
        "restored": Message("restored"),
        "merged": Message("merged"),
        "changed": Message("changed"),
        "reordered": Message("reordered"),
    }
)
"""What happened to a code between two versions."""


def name_field(field: str) -> str:
    """Return what a field is called: "Definition (nl)" for ``definition.nl``; ``""`` for none."""
    name, _, language = field.partition(".")
    title = CODE_FIELDS.get(name, name)
    if not language:
        return title
    return Message("{field} ({language})", field=title, language=language)


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One difference between two versions of a codebook.

    Attributes:
        kind: ``added``, ``removed``, ``moved`` (renamed included), ``retired``, ``restored``,
            ``merged``, ``changed`` or ``reordered``.
        path: Path in the newer version (in the older one, when removed).
        before: For ``moved`` the old path; for ``changed`` the old text; else empty.
        after: For ``moved`` the new path; for ``merged`` the path it went into; for
            ``changed`` the new text; else empty.
        field: The field that changed, for ``changed``.
    """

    kind: str
    path: str
    before: str = ""
    after: str = ""
    field: str = ""

    @property
    def what(self) -> Message:
        """The kind of change in words."""
        return _CHANGES[self.kind]

    @property
    def field_name(self) -> str:
        """What the changed field is called: "Definition (nl)"; ``""`` if no field changed."""
        return name_field(self.field)


def compare_codebooks(old: Codebook, new: Codebook) -> tuple[CodeChange, ...]:
    """Return the changes from ``old`` to ``new``; codes are matched by id, else by path."""
    changes: list[CodeChange] = []
    # The id tells a renamed code from a new one; a book from a file may have no ids.
    before = {code.id or code.path: code for code in old.codes}
    after = {code.id or code.path: code for code in new.codes}
    for key, code in before.items():
        if key not in after:
            changes.append(CodeChange("removed", code.path))
    for key, code in after.items():
        if key not in before:
            changes.append(CodeChange("added", code.path))
        else:
            changes.extend(_compare_code(before[key], code, after))
    # Only codes in both versions count: an addition moves all later codes without reordering.
    kept_old = [key for key in before if key in after]
    kept_new = [key for key in after if key in before]
    for old_key, new_key in zip_longest(kept_old, kept_new):
        if old_key != new_key:
            changes.append(CodeChange("reordered", after[new_key].path))
            break
    return tuple(changes)


def _compare_code(old: Code, new: Code, codes: dict[str, Code]) -> list[CodeChange]:
    changes: list[CodeChange] = []
    if old.path != new.path:
        changes.append(CodeChange("moved", new.path, old.path, new.path))
    if new.merged_into and not old.merged_into:
        target = codes.get(new.merged_into)
        into = target.path if target else new.merged_into
        changes.append(CodeChange("merged", new.path, "", into))
    # A merge retires the code as well, which is one change and not two.
    elif new.retired != old.retired:
        changes.append(CodeChange("retired" if new.retired else "restored", new.path))
    for name in Code.TEXT_FIELDS:
        old_text: LocalText = getattr(old, name)
        new_text: LocalText = getattr(new, name)
        for language in dict.fromkeys((*old_text, *new_text)):
            texts = old_text.get(language, ""), new_text.get(language, "")
            if texts[0] != texts[1]:
                changes.append(CodeChange("changed", new.path, *texts, f"{name}.{language}"))
    flat = (
        ("terms", ", ".join(old.terms), ", ".join(new.terms)),
        ("color", old.color, new.color),
        ("attributes", _flat(old.attributes), _flat(new.attributes)),
    )
    changes.extend(CodeChange("changed", new.path, a, b, name) for name, a, b in flat if a != b)
    return changes


def _flat(attributes: FrozenMap[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{key}: {', '.join(values)}" for key, values in sorted(attributes.items()))
