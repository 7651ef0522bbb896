"""Proposes roles in brackets for names; every span moves with its words.

Finds names, proposes replacements with reasons, and computes the edit map of a text. People
review the proposals; ``encryption`` keeps the decisions outside the project; ``storage`` changes
the stored texts. No rule finds every name.
"""

from typing import TYPE_CHECKING

from qualcode.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from qualcode.pseudonyms.detection import Rules, find_names
    from qualcode.pseudonyms.edit_map import Edit, EditMap
    from qualcode.pseudonyms.lists import NameLists, load_lists
    from qualcode.pseudonyms.proposals import find_in_labels, propose_names
    from qualcode.pseudonyms.replacement import Replacer, entry_for
    from qualcode.pseudonyms.roles import role_in
    from qualcode.pseudonyms.values import Finding, Mention, NameEntry, NameKey, NameKind, Proposal

__all__ = [
    "Edit",
    "EditMap",
    "Finding",
    "Mention",
    "NameEntry",
    "NameKey",
    "NameKind",
    "NameLists",
    "Proposal",
    "Replacer",
    "Rules",
    "entry_for",
    "find_in_labels",
    "find_names",
    "load_lists",
    "propose_names",
    "role_in",
]

if not TYPE_CHECKING:
    __getattr__ = lazy_exports(__name__)
