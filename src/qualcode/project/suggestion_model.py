"""The suggesters of a project with what they learned, and what is kept of both in the project.

Kept are vectors, lemmas and what was learned, each under the hash of all that it rests on: what
has changed is never used again. It can be computed again at any time. It goes when texts go.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from dataclasses import astuple, dataclass, replace
from json import loads
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from qualcode.model import CodeTrust, Doubt, LanguageModel, Transcript, TrustReport
from qualcode.project.coded_passages import collect_passages, rejected_passages
from qualcode.project.language_model import SETTING as LANGUAGE_MODEL
from qualcode.project.language_model import read_model
from qualcode.project.languages import load_for
from qualcode.project.meaning import BUNDLED, SETTING, KeptVectors, embedder_for

if TYPE_CHECKING:
    from qualcode.language import Language
    from qualcode.project.snapshot import Snapshot
    from qualcode.storage import Store
    from qualcode.suggesting import CodedPassage, Embedder, Ranker, Vectors


_BOOK = ":book"
_ASKED = "asked"
"""Key of how often a language model was asked, among its answers."""
_TABLES_OF_PASSAGES = (
    "transcripts", "speakers", "turns", "segments", "cases", "case_transcripts"
)  # fmt: skip
"""Tables that passages are read from, besides codings and rejections."""


class SuggestionModel:
    """The suggesters of one project, as one coder may use them.

    Args:
        store: Where the project is kept, seen by the coder.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, KeptVectors] = {}
        self._words: dict[str, dict[str, bytes]] = {}
        self._asked: _Words | None = None
        self._of_book: dict[str, _Words] = {}
        self._taken_in: set[tuple[str, str]] = set()
        self._learned: tuple[str, str, bytes] | None = None
        # A page asks for one interview after the other.
        self._rankers: dict[str, tuple[str, Ranker]] = {}
        self._taught: dict[str, tuple[str, Ranker]] = {}

    def vectors(self, snapshot: Snapshot) -> Vectors | None:
        """Return the vectors of texts by the model that the project chose; None for words alone."""
        from qualcode.suggesting import Vectors

        embedder = embedder_for(str(snapshot.setting(SETTING, BUNDLED)))
        if embedder is None:
            return None
        return Vectors(embedder, self._kept_under(embedder.name), self._derive(embedder))

    def extension(self, snapshot: Snapshot) -> Callable[[Ranker], Ranker]:
        """Return what adds the language model of the project to suggesters, where there is one."""
        model = read_model(snapshot.setting(LANGUAGE_MODEL))

        def extend(ranker: Ranker) -> Ranker:
            if model is None:
                return ranker
            from qualcode.suggesting.language_models import Answers, LanguageModelSuggester

            answers = Answers(self.kept_answers(model).vectors)
            return ranker.with_suggesters(
                LanguageModelSuggester(ranker.book, ranker.language, model, answers)
            )

        return extend

    def entries(self, snapshot: Snapshot, language: str) -> dict[str, str]:
        """Return the entry of each code as a language model is given it."""
        from qualcode.suggesting.language_models import describe_codes

        return describe_codes(snapshot.codebook, language)

    def kept_answers(self, model: LanguageModel) -> KeptAnswers:
        """Return what a language model answered in this project."""
        return KeptAnswers(self._store, self._kept_under(f"answers:{_key(model.description)}"))

    def ranker(self, snapshot: Snapshot, transcript: Transcript) -> Ranker:
        """Return the suggesters for a transcript, taught by all that the coder may see.

        Passages in another language teach nothing: they share no words with this transcript.
        """
        words = load_for(transcript)
        ranker = self._untaught(snapshot, words)
        self._asked = self._take_in_words(words, transcript.sha256[:32], transcript.text)
        return self._teach(ranker, words, snapshot, transcript)

    def ranker_without(self, snapshot: Snapshot, transcript: Transcript) -> Ranker:
        """Return the same, taught by all other interviews."""
        ranker = self._untaught(snapshot, load_for(transcript))
        passages = self._passages(snapshot, transcript)
        return ranker.learn([p for p in passages if p.transcript != transcript.name])

    def _passages(self, snapshot: Snapshot, transcript: Transcript) -> list[CodedPassage]:
        """Return what was coded in a language, of all that the coder may see."""
        # Codings of an open blind round are not among them.
        return snapshot.recall(
            ("passages", transcript.language), lambda: self._collect(snapshot, transcript.language)
        )

    def _collect(self, snapshot: Snapshot, language: str) -> list[CodedPassage]:
        return [
            passage
            for passage in (
                *collect_passages(snapshot, snapshot.codings, finished=False),
                *rejected_passages(snapshot),
            )
            if snapshot.transcript(passage.transcript).language == language
        ]

    def _examples(self, snapshot: Snapshot, transcript: Transcript) -> str:
        """Return what changes when the passages do that suggestions learn from."""
        tables = self._store.state_of_tables(*_TABLES_OF_PASSAGES)
        if not tables:
            return _key(*map(_describe, self._passages(snapshot, transcript)))
        # To collect them takes longer than to suggest: a hundred interviews are read for it.
        codings = ((c.transcript, c.span, c.code) for c in snapshot.codings)
        return _key(tables, transcript.language, repr([*codings]), repr(snapshot.rejections))

    def keep_trust(self, report: TrustReport, paths: Sequence[str]) -> None:
        """Keep from which probability on each code is trusted, as the present coder may know it."""
        rows = [(*astuple(code)[:1], code.doubt.value, *astuple(code)[2:]) for code in report.codes]
        data = json.dumps(rows).encode("ascii")
        model, key = self._trust_of(self._store.viewer), self._trust_key(paths)
        self._store.keep_vectors(model, {key: data}, replace=model)

    def read_trust(self, paths: Sequence[str]) -> dict[str, CodeTrust]:
        """Return per code what was judged last, of this codebook and by the present models."""
        key = self._trust_key(paths)
        # Who is not named sees no more than the coder does, so that judgement may be read too.
        for viewer in (self._store.viewer, ""):
            data = self._store.vectors(self._trust_of(viewer), {key}).get(key, b"")
            try:
                rows = [CodeTrust(code, Doubt(doubt), *rest) for code, doubt, *rest in loads(data)]
            # Nothing is kept, or what is kept was harmed.
            except (ValueError, TypeError):
                continue
            return {row.code: row for row in rows}
        return {}

    def _trust_key(self, paths: Sequence[str]) -> str:
        from qualcode.suggesting import VERSION

        # With another model the same code has other probabilities, which nobody has judged.
        model = read_model(self._store.setting(LANGUAGE_MODEL))
        description = "" if model is None else model.description
        meaning = str(self._store.setting(SETTING, BUNDLED))
        return _key("trust", VERSION, meaning, description, *paths)

    @staticmethod
    def _trust_of(viewer: str | None) -> str:
        return f"trust:{_key(str(viewer))[:8]}"

    def keep(self) -> None:
        """Write what is new to the project, outside a snapshot."""
        if self._asked is not None:
            self._keep_words(self._asked, self._asked.words.pop_noted())
            self._asked = None
        for vectors in self._kept.values():
            vectors.keep()
        for model, values in self._words.items():
            # of a codebook that changed, the lemmas of before are of no use
            replace = model if model.endswith(_BOOK) else ""
            self._store.keep_vectors(model, values, replace=replace)
        self._words = {}
        if self._learned is not None:
            model, key, data = self._learned
            self._store.keep_vectors(model, {key: data}, replace=model)
            self._learned = None

    def _untaught(self, snapshot: Snapshot, words: Language) -> Ranker:
        """Return the suggesters of the present codebook, read once."""
        from qualcode.storage.json_codec import pack_codebook, pack_guide
        from qualcode.suggesting import VERSION, Ranker

        vectors = self.vectors(snapshot)
        book = pack_codebook(snapshot.codebook)
        language_model = read_model(snapshot.setting(LANGUAGE_MODEL))
        about = _key(
            VERSION,
            words.version,
            "" if language_model is None else language_model.description,
            "" if vectors is None else vectors.name,
            json.dumps(book, sort_keys=True, default=str),
            *(json.dumps(pack_guide(guide), sort_keys=True) for guide in snapshot.guides),
        )
        ranker_of_book = self._rankers.get(words.name)
        if ranker_of_book is None or ranker_of_book[0] != about:
            text = json.dumps(book, ensure_ascii=False, default=str)
            of_book = self._take_in_words(words, about, text, _BOOK)
            ranker = Ranker(snapshot.codebook, words, snapshot.guides, vectors=vectors)
            ranker = self.extension(snapshot)(ranker)
            self._of_book[words.name] = self._keep_words(of_book, words.pop_noted())
            ranker_of_book = self._rankers[words.name] = (about, ranker)
        return ranker_of_book[1]

    def _teach(
        self, ranker: Ranker, words: Language, snapshot: Snapshot, transcript: Transcript
    ) -> Ranker:
        from qualcode.suggesting import pack_judgement, unpack_judgement

        model = read_model(snapshot.setting(LANGUAGE_MODEL))
        asked = "" if model is None else self.kept_answers(model).count_asked()
        about = _key(self._rankers[words.name][0], asked, self._examples(snapshot, transcript))
        taught_ranker = self._taught.get(words.name)
        if taught_ranker is not None and taught_ranker[0] == about:
            return taught_ranker[1]
        # Coders who may not see the same codings do not learn the same.
        kept_as = f"learned:{words.name}:{_key(str(self._store.viewer))[:8]}"
        data = self._store.vectors(kept_as, {about}).get(about, b"")
        try:
            taught = ranker.taught(unpack_judgement(data, ranker.book.paths, ranker.vectors))
        # Nothing is kept, or what is kept was harmed.
        except (ValueError, KeyError, EOFError, BadZipFile):
            self._take_in_all(ranker, words, snapshot)
            taught = ranker.learn(self._passages(snapshot, transcript))
            self._learned = (kept_as, about, pack_judgement(taught.judgement))
        self._taught[words.name] = (about, taught)
        return taught

    # --- kept in the project -------------------------------------------------------------------

    def _kept_under(self, model: str, replace: str = "") -> KeptVectors:
        if model not in self._kept:
            self._kept[model] = KeptVectors(self._store, model, replace)
        return self._kept[model]

    def _derive(self, embedder: Embedder) -> Callable[[str, str], MutableMapping[str, bytes]]:
        def mapping(name: str, key: str) -> MutableMapping[str, bytes]:
            return self._kept_under(f"{name}:{_key(embedder.name, key)[:12]}", name)

        return mapping

    def _take_in_words(self, words: Language, key: str, text: str, kind: str = "") -> _Words:
        """Take in the lemmas of the words of a text, where they are kept."""
        model = f"words:{words.version}{kind}"
        data = self._store.vectors(model, {key}).get(key, b"")
        words.pop_noted()
        try:
            forms, is_kept = words.take_in(data), True
        # Nothing is kept, or what is kept was harmed.
        except (ValueError, TypeError, AttributeError, zlib.error):
            words.pack_words(text)
            forms, is_kept = (), False
        return _Words(words, model, key, text, forms, is_kept)

    def _take_in_all(self, ranker: Ranker, words: Language, snapshot: Snapshot) -> None:
        """Take in the words of all interviews in a language, and keep those that are new."""
        # To load the word lists takes longer than to look up the words of one more interview.
        of_book = self._of_book[words.name]
        for text in snapshot.transcripts:
            place = (of_book.key, text.sha256)
            if text.language == words.name and place not in self._taken_in:
                of_text = self._take_in_words(words, text.sha256[:32], text.text)
                self._keep_words(of_text, words.pop_noted())
                if not (of_book.is_kept and of_text.is_kept):
                    # Which parts of compounds are looked up depends on the book.
                    ranker.vocabulary.look_up(text.text)
                self._taken_in.add(place)
        forms = ranker.vocabulary.forms.difference(of_book.forms)
        self._of_book[words.name] = self._keep_words(of_book, sorted(forms))

    def _keep_words(self, of_text: _Words, forms: Iterable[str]) -> _Words:
        """Keep the lemmas of the words of a text, and of those looked up since."""
        forms = (*of_text.forms, *forms)
        # What this process looked up before is kept too where nothing is kept yet.
        if len(forms) > len(of_text.forms) or not of_text.is_kept:
            data = of_text.words.pack_words(of_text.text, forms)
            self._words.setdefault(of_text.model, {})[of_text.key] = data
        return replace(of_text, forms=forms)


class KeptAnswers:
    """The answers of one language model, and how often it was asked.

    Args:
        store: The project.
        vectors: Where the answers are.
    """

    def __init__(self, store: Store, vectors: KeptVectors) -> None:
        self._store = store
        self.vectors = vectors

    def count_asked(self) -> str:
        """Return how often the model was asked; what was learned before may be learned anew."""
        # Not from memory: another process may have asked since.
        return self._store.vectors(self.vectors.model, {_ASKED}).get(_ASKED, b"").decode("ascii")

    def keep(self) -> None:
        """Write the answers that are new."""
        self.vectors[_ASKED] = str(int(self.count_asked() or 0) + 1).encode("ascii")
        self.vectors.keep()


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one text, those that are kept with it, and whether they were kept before."""

    words: Language
    model: str
    key: str
    text: str
    forms: tuple[str, ...]
    is_kept: bool


def _describe(passage: CodedPassage) -> str:
    return repr(
        (passage.segment, passage.transcript, sorted(passage.codes), sorted(passage.rejected))
    ) + str(passage.sentence)


def _key(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:32]
