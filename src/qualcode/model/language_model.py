"""A language model that a researcher runs, as suggestions and reports name it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ServerProtocol(StrEnum):
    """How a server of language models is spoken to."""

    OLLAMA = "ollama"
    OPENAI = "openai"


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A language model on the researcher's own machine, with all that its answers depend on.

    Attributes:
        server: Address of the server (``http://127.0.0.1:11434``).
        protocol: How it is spoken to.
        name: Name of the model at the server (``llama3.1:8b``).
        window: Tokens that prompt and answer may have together.
        digest: Checksum of the model; ``""`` where the server tells none.
        quantisation: How its numbers are rounded (``Q4_K_M``); ``""`` where that is not told.
        prompt_version: Version of the prompts of this program.
        temperature: 0 for the likeliest answer, always the same.
        seed: Where the server's random numbers begin.
        longest_answer: Tokens that an answer may have.
    """

    server: str
    protocol: ServerProtocol
    name: str
    window: int
    digest: str = ""
    quantisation: str = ""
    prompt_version: str = ""
    temperature: float = 0.0
    seed: int = 1
    longest_answer: int = 600

    @property
    def description(self) -> str:
        """The model, its prompts and parameters in one line, as each suggestion keeps it."""
        # The address is left out: the same model at another port gives the same answers.
        digest = self.digest.removeprefix("sha256:")[:12] or "?"
        return (
            f"{self.name} digest={digest} quantisation={self.quantisation or '?'} "
            f"prompt={self.prompt_version} temperature={self.temperature:g} seed={self.seed} "
            f"window={self.window} answer={self.longest_answer}"
        )


@dataclass(frozen=True, slots=True)
class AskingReport:
    """What became of the questions to a language model.

    Attributes:
        texts: Pieces of text that were to be judged.
        new_judgements: Judgements of a code for a piece of text that were asked for now.
        known_judgements: Those that were known already.
        codes_given: Those of all in which the model gave the code, with words of the text.
        invented: Quotes of answers to now that are not in the text, and so were dropped.
        unusable: Judgements that could not be read from the answers, now or before.
        too_long: Pieces of text that do not fit into the context window.
        left_out: Interviews that nothing was asked about: they are in an open blind round.
    """

    texts: int = 0
    new_judgements: int = 0
    known_judgements: int = 0
    codes_given: int = 0
    invented: int = 0
    unusable: int = 0
    too_long: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What people did with what a language model suggested.

    Attributes:
        description: The model, as ``LanguageModel.description`` gives it.
        passages: Passages for which coders were shown suggestions that it spoke for.
        accepted: Codings made of such suggestions that still are there.
        rejected: Suggestions that coders rejected.
    """

    description: str
    passages: int
    accepted: int
    rejected: int
