"""Suggest codes for pieces of text: offers with reasons, never codings."""

from qualcode.suggesting.examples import ExamplesSuggester
from qualcode.suggesting.finding import find, transcripts_where
from qualcode.suggesting.fusing import DEFAULT_WEIGHTS, Weights
from qualcode.suggesting.invivo import propose_codes
from qualcode.suggesting.meaning import Embedder, MeaningSuggester, load_embedder
from qualcode.suggesting.measuring import evaluate
from qualcode.suggesting.protocol import Suggester
from qualcode.suggesting.ranking import Ranker, Ranking, rank_segments
from qualcode.suggesting.texts import CodedPassage, SegmentText, Words

__all__ = [
    "DEFAULT_WEIGHTS",
    "CodedPassage",
    "Embedder",
    "ExamplesSuggester",
    "MeaningSuggester",
    "Ranker",
    "Ranking",
    "SegmentText",
    "Suggester",
    "Weights",
    "Words",
    "evaluate",
    "find",
    "load_embedder",
    "propose_codes",
    "rank_segments",
    "transcripts_where",
]
