"""Suggest codes for pieces of text: offers with reasons, never codings."""

from qualcode.suggesting.fusing import DEFAULT_WEIGHTS, Weights
from qualcode.suggesting.protocol import SegmentText, Suggester, Words
from qualcode.suggesting.ranking import Ranker, Ranking, rank_segments

__all__ = [
    "DEFAULT_WEIGHTS",
    "Ranker",
    "Ranking",
    "SegmentText",
    "Suggester",
    "Weights",
    "Words",
    "rank_segments",
]
