"""The answers of one language model, kept by the hash of what was asked.

Kept are places and no words: each is found again in the text it was given for.
"""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from dataclasses import dataclass

from qualcode.suggesting.embeddings import find_kept, key_of
from qualcode.suggesting.language_models.prompts import question_of
from qualcode.suggesting.texts import SegmentText

Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a model said of one code and one passage.

    Attributes:
        places: Where the words stand that it gave; empty where the code does not apply.
        invented: How many quotes it gave that do not stand in the passage.
        unusable: Whether nothing could be read from its answer.
    """

    places: Places = ()
    invented: int = 0
    unusable: bool = False


class Answers:
    """The verdicts of a model.

    Args:
        mapping: Where they are kept, by key.
    """

    def __init__(self, mapping: MutableMapping[str, bytes]) -> None:
        self._mapping = mapping

    def find(self, keys: set[str]) -> dict[str, Verdict]:
        """Return the verdicts that are known, by key; what cannot be read is not known."""
        verdicts = {}
        for key, data in find_kept(self._mapping, keys).items():
            try:
                value = json.loads(data)
                places = tuple((int(start), int(end)) for start, end in value["places"])
                verdict = Verdict(places, int(value["invented"]), bool(value["unusable"]))
            # What is kept was harmed: it is asked for again.
            except (ValueError, KeyError, TypeError):
                continue
            verdicts[key] = verdict
        return verdicts

    def keep(self, key: str, verdict: Verdict) -> None:
        """Keep a verdict."""
        value = {
            "places": verdict.places,
            "invented": verdict.invented,
            "unusable": verdict.unusable,
        }
        self._mapping[key] = json.dumps(value).encode("ascii")


def verdict_key(entry: str, segment: SegmentText) -> str:
    """Return the key of what is asked: the entry of a code, the question and the passage."""
    parts = (entry, question_of(segment), segment.text)
    # with their lengths, no two different questions are written as the same text
    return key_of("\0".join(f"{len(part)} {part}" for part in parts))
