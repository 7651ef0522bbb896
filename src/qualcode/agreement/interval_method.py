"""How intervals are found: from a jackknife, or from a bootstrap for who asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.comparison import BOOTSTRAP, JACKKNIFE, RESAMPLES, SEED


@dataclass(frozen=True, slots=True)
class IntervalMethod:
    """How intervals are found.

    Attributes:
        name: ``jackknife`` or ``bootstrap``.
        resamples: Number of samples of the bootstrap.
        seed: Seed of the bootstrap.

    Raises:
        InvalidValueError: another name.
    """

    name: str = JACKKNIFE
    resamples: int = RESAMPLES
    seed: int = SEED

    def __post_init__(self) -> None:
        if self.name not in (JACKKNIFE, BOOTSTRAP):
            raise InvalidValueError(
                Message(
                    "'{name}' is not a way to find intervals: use 'jackknife' or 'bootstrap'.",
                    name=self.name,
                )
            )


DEFAULT_METHOD = IntervalMethod()


def describe_method(method: IntervalMethod, count: int, degrees: int) -> Message:
    """Return how limits are found, in words.

    Args:
        method: How they are found.
        count: Number of interviews.
        degrees: Degrees of freedom.
    """
    if method.name == BOOTSTRAP:
        return Message(
            "bootstrap over {count} interviews, {resamples} samples, seed {seed}",
            count=count,
            resamples=method.resamples,
            seed=method.seed,
        )
    return Message.counted(
        "jackknife over {interviews} interviews, t with {count} degree of freedom",
        "jackknife over {interviews} interviews, t with {count} degrees of freedom",
        degrees,
        interviews=count,
    )
