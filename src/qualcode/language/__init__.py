"""Words, lemmas and sentences of the languages that interviews are held in."""

from qualcode.language.loading import Language, known_languages, load_language
from qualcode.language.tokens import Token

__all__ = ["Language", "Token", "known_languages", "load_language"]
