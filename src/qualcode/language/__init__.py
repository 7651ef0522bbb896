"""Words, lemmas and sentences of the languages that interviews are held in."""

from qualcode.language.languages import Language, known_languages, load_language
from qualcode.language.report import LanguagePiece
from qualcode.language.tokens import Token

__all__ = ["Language", "LanguagePiece", "Token", "known_languages", "load_language"]
