"""Saturation: the decline of new codes over the interviews."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SaturationRun:
    """One run of interviews, checked for new codes.

    Attributes:
        after: Interviews before the run.
        interviews: Names of the transcripts in the run.
        new_codes: Paths of the codes first used in the run, in order of first use.
        ratio: New codes in the run over codes in the base.
    """

    after: int
    interviews: tuple[str, ...]
    new_codes: tuple[str, ...]
    ratio: float


@dataclass(frozen=True, slots=True)
class SaturationSpread:
    """The point of saturation over random orders of the interviews.

    Attributes:
        orders: Number of random orders drawn.
        seed: Seed of the draw.
        reached: Orders in which saturation was reached.
        median: Median number of interviews before the run; None unless reached in more than
            half of the orders. Orders that never reach it count as above all others.
        low: 5th percentile of the same number; None if not reached.
        high: 95th percentile of the same number; None if not reached.
    """

    orders: int
    seed: int
    reached: int
    median: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class SaturationFinding:
    """Saturation for one run length and one threshold (Guest, Namey and Chen 2020).

    Attributes:
        run_length: Interviews in a run.
        threshold: Largest ratio of new information that counts as saturated, 0 to 1.
        reached_after: Interviews before the first run at or below the threshold; None without
            such a run.
        runs: All runs, in order.
        spread: The same over random orders; None if undefined.
        undefined_because: Reason why it cannot be assessed; None if it can.
    """

    run_length: int
    threshold: float
    reached_after: int | None
    runs: tuple[SaturationRun, ...] = ()
    spread: SaturationSpread | None = None
    undefined_because: str | None = None

    @property
    def notation(self) -> str:
        """``"6+2"`` for six interviews and a run of two; ``""`` if not reached."""
        return "" if self.reached_after is None else f"{self.reached_after}+{self.run_length}"


@dataclass(frozen=True, slots=True)
class Saturation:
    """The decline of new codes over the interviews of one group.

    Attributes:
        group: Respondent group; ``""`` for all interviews.
        interviews: Names of the transcripts, in order of the interviews.
        new_codes: Number of codes first used in each of them.
        known_codes: Number of codes used up to and including each of them.
        base_size: Interviews in the base.
        base_codes: Codes used in the base; None with too few interviews.
        findings: One per run length and threshold.
    """

    group: str
    interviews: tuple[str, ...]
    new_codes: tuple[int, ...]
    known_codes: tuple[int, ...]
    base_size: int
    base_codes: int | None
    findings: tuple[SaturationFinding, ...]
