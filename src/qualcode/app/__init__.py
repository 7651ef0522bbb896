"""The app: its pages, what they share, and the server that shows them.

The modules of this package lie in the folder ``app`` at the top of the repository. A wheel holds
them here; in a checkout, installed editable or not, this file says where they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

_HERE = Path(__file__).parent

if not (_HERE / "navigation.py").is_file():
    __path__ = [str(_HERE.parents[2] / "app")]

if TYPE_CHECKING:
    # A type checker does not follow __path__: it reads the folder by the folder's own name.
    from app import (  # noqa: TC004
        attribution,
        background_jobs,
        coding_protocol,
        colleagues,
        hosting,
        i18n,
        navigation,
        server,
        session,
        wire,
    )

__all__ = [
    "attribution",
    "background_jobs",
    "coding_protocol",
    "colleagues",
    "hosting",
    "i18n",
    "navigation",
    "server",
    "session",
    "wire",
]
