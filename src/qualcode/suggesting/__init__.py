"""Suggest codes for pieces of text: offers with reasons, never codings."""

from typing import TYPE_CHECKING

from qualcode.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from qualcode.suggesting.embeddings import Embedder, Vectors, bundled_embedder, load_embedder
    from qualcode.suggesting.evaluation import evaluate
    from qualcode.suggesting.examples import ExamplesSuggester
    from qualcode.suggesting.fusion import DEFAULT_WEIGHTS, Weights
    from qualcode.suggesting.guidance import example_counts, judge_codes, most_instructive
    from qualcode.suggesting.in_vivo import propose_codes
    from qualcode.suggesting.learning import pack_judgement, unpack_judgement
    from qualcode.suggesting.meaning import MeaningSuggester
    from qualcode.suggesting.protocol import Suggester
    from qualcode.suggesting.ranker import VERSION, Ranker, Ranking, rank_segments
    from qualcode.suggesting.search import find, hits_where, passage_of
    from qualcode.suggesting.texts import CodedPassage, SegmentText, Words

__all__ = [
    "DEFAULT_WEIGHTS",
    "VERSION",
    "CodedPassage",
    "Embedder",
    "ExamplesSuggester",
    "MeaningSuggester",
    "Ranker",
    "Ranking",
    "SegmentText",
    "Suggester",
    "Vectors",
    "Weights",
    "Words",
    "bundled_embedder",
    "evaluate",
    "example_counts",
    "find",
    "hits_where",
    "judge_codes",
    "load_embedder",
    "most_instructive",
    "pack_judgement",
    "passage_of",
    "propose_codes",
    "rank_segments",
    "unpack_judgement",
]

if not TYPE_CHECKING:
    __getattr__ = lazy_exports(__name__)
