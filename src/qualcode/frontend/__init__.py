"""What the app's pages stand on: safe launching, languages, and the components in the browser.

The pages themselves are in ``app``.
"""

from qualcode.frontend.data import (
    coding_document,
    coding_state,
    comparison,
    edits_of,
    offers_of,
    state_changes,
)
from qualcode.frontend.launching import Launch, launch, launched
from qualcode.frontend.mounting import mount_coder, mount_tree
from qualcode.frontend.serving import Serving, read_serving
from qualcode.frontend.speaking import LANGUAGES, Speaker, component_messages, speaker

__all__ = [
    "LANGUAGES",
    "Launch",
    "Serving",
    "Speaker",
    "coding_document",
    "coding_state",
    "comparison",
    "component_messages",
    "edits_of",
    "launch",
    "launched",
    "mount_coder",
    "mount_tree",
    "offers_of",
    "read_serving",
    "speaker",
    "state_changes",
]
