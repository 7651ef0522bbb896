"""Suggest codes for pieces of text: offers with reasons, never codings."""

from qualcode.suggesting.embeddings import Embedder, MeaningSuggester, load_embedder
from qualcode.suggesting.evaluation import evaluate
from qualcode.suggesting.examples import ExamplesSuggester
from qualcode.suggesting.fusion import DEFAULT_WEIGHTS, Weights
from qualcode.suggesting.in_vivo import propose_codes
from qualcode.suggesting.protocol import Suggester
from qualcode.suggesting.ranker import Ranker, Ranking, rank_segments
from qualcode.suggesting.search import find, transcripts_where
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
