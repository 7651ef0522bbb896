"""What the members of well-known respondent groups are called: one of them, and together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qualcode.model.frozen import LocalText

GROUP_LABELS: Mapping[str, LocalText] = MappingProxyType(
    {
        "users": LocalText({"nl": "gebruiker", "en": "user"}),
        "professionals": LocalText({"nl": "professional", "en": "professional"}),
    }
)
"""What one member of a well-known respondent group is called."""

GROUP_NAMES: Mapping[str, LocalText] = MappingProxyType(
    {
        "": LocalText({"nl": "respondenten", "en": "respondents"}),
        "users": LocalText({"nl": "gebruikers", "en": "users"}),
        "professionals": LocalText({"nl": "professionals", "en": "professionals"}),
    }
)
"""What the members of a well-known respondent group are called together."""
