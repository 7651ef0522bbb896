"""How many examples Hypothesis tries: fewer in the quick suite."""

from __future__ import annotations

from hypothesis import settings


def examples(count: int) -> int:
    """Return a number of examples, or that of the quick suite where it is smaller."""
    return min(count, settings.default.max_examples if settings.default else count)
