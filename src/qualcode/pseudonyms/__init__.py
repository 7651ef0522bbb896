"""Names into roles in brackets, with every span kept.

Owns what is proposed for replacement and why, what may stand in its place, and the edit map of
a text. Reviewing is left to people; keeping the decisions apart from the data to ``encryption``;
changing the stored texts to ``storage``. No rule finds every name.
"""

from qualcode.pseudonyms.detection import Rules, find_names
from qualcode.pseudonyms.edit_map import Edit, EditMap
from qualcode.pseudonyms.lists import NameLists, load_lists
from qualcode.pseudonyms.proposals import find_in_labels, propose_names
from qualcode.pseudonyms.replacement import Replacer, entry_for
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
]
