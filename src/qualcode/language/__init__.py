"""Words, lemmas and sentences of the languages that interviews are held in."""

from qualcode.language.detection import FEWEST_WORDS, LanguageGuess, detect_language
from qualcode.language.languages import Language, known_languages, load_language
from qualcode.language.report import LanguagePiece
from qualcode.language.tokens import Token

__all__ = [
    "FEWEST_WORDS",
    "Language",
    "LanguageGuess",
    "LanguagePiece",
    "Token",
    "detect_language",
    "known_languages",
    "load_language",
]
