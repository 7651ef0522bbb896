"""Names of the members of well-known respondent groups, in singular and plural."""

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
"""Singular: one member of a group."""

GROUP_NAMES: Mapping[str, LocalText] = MappingProxyType(
    {
        "": LocalText({"nl": "respondenten", "en": "respondents"}),
        "users": LocalText({"nl": "gebruikers", "en": "users"}),
        "professionals": LocalText({"nl": "professionals", "en": "professionals"}),
    }
)
"""Plural: the members of a group."""
