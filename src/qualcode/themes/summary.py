"""Theme summaries: the material for one section of results per theme.

Joins what the modules beside it find: reach, contrasts, passages, words, pairs. The codings
given are the layer to report on: those of one coder, or the consensus.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from qualcode.model import (
    AttributeReach,
    Case,
    Code,
    Codebook,
    CodePair,
    CodeSummary,
    Coding,
    Contrast,
    CountInWords,
    CountWords,
    DeviantCase,
    Memo,
    MemoTarget,
    Passage,
    Reach,
    Segment,
    ThemeSummary,
    Transcript,
)
from qualcode.themes.cooccurrence import collect_pairs, pairs_of_theme
from qualcode.themes.dataset import Material, Tokenize, split_words
from qualcode.themes.exemplars import Vectors, select_passages
from qualcode.themes.group_differences import compare_groups
from qualcode.themes.keyness import Vocabulary
from qualcode.themes.prevalence import (
    COUNT_WORDS,
    SMALL_SAMPLE,
    count_in_words,
    reach_of,
    reach_of_code,
)

QUOTES_PER_CODE = 3


def summarize_themes(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    words: CountWords = COUNT_WORDS,
    tokenize: Tokenize = split_words,
    answers: Iterable[Segment] = (),
    memos: Iterable[Memo] = (),
    chosen: Collection[str] = frozenset(),
    left_out: Collection[str] = frozenset(),
    quotes_per_code: int = QUOTES_PER_CODE,
    small_sample: int = SMALL_SAMPLE,
) -> tuple[ThemeSummary, ...]:
    """Return one summary per theme, in order of the codebook.

    Args:
        codings: The codings of one layer (a coder, or consensus), in any order.
        codebook: Their codebook.
        transcripts: The interviews, in order.
        cases: The respondents.
        words: The table of count words.
        tokenize: Gives the lemmas of a text; by default its words in lower case.
        answers: Segments of the kind ``answer``, for codes that occur in the same answer.
        memos: Memos of the project; those on codes and codings are used.
        chosen: Ids of codings that the author chose for publication.
        left_out: Ids of codings that are counted, but not shown.
        quotes_per_code: Representative passages per code, and deviant ones; more where the
            author chose more.
        small_sample: Below this number of cases no percentage is given.

    Raises:
        UnknownNameError: a coding has a code that is not in the codebook.
    """
    material = Material(codings, codebook, transcripts, cases)
    writer = _Writer(
        material=material,
        vectors=Vectors(material, tokenize),
        vocabulary=Vocabulary(material, tokenize),
        pairs=collect_pairs(material, answers),
        memos=tuple(memos),
        words=words,
        chosen=frozenset(chosen),
        left_out=frozenset(left_out),
        quotes_per_code=quotes_per_code,
        small_sample=small_sample,
    )
    shown = (theme for theme in codebook.themes if not theme.retired or material.below(theme.path))
    return tuple(writer.theme(theme) for theme in shown)


@dataclass(frozen=True, slots=True)
class _Writer:
    """What all summaries of one call share."""

    material: Material
    vectors: Vectors
    vocabulary: Vocabulary
    pairs: tuple[CodePair, ...]
    memos: tuple[Memo, ...]
    words: CountWords
    chosen: frozenset[str]
    left_out: frozenset[str]
    quotes_per_code: int
    small_sample: int

    def theme(self, theme: Code) -> ThemeSummary:
        codings = self.material.below(theme.path)
        own = [coding for coding in codings if coding.code == theme.path]
        reaches = reach_of_code(self.material, theme.path)
        codes = self._codes(theme)
        distinctive, no_words = self.vocabulary.distinctive_words(codings)
        everywhere = tuple(self.material.place)
        return ThemeSummary(
            theme=theme.path,
            label=theme.label,
            definition=theme.definition,
            reaches=reaches,
            in_words=self._in_words(reaches),
            codings=len(codings),
            words_share=self.material.words_share(codings, everywhere),
            codes=codes,
            unused=tuple(path for path in self.material.codes
                         if any(code.code == path and not code.codings for code in codes)),
            contrasts=_ordered(contrast for code in codes for contrast in code.contrasts),
            distinctive_words=distinctive,
            words_undefined_because=no_words,
            pairs=pairs_of_theme(self.pairs, [theme.path, *(code.code for code in codes)]),
            by_attribute=self._by_attribute(theme),
            deviant_cases=self._deviant_cases(theme, codes),
            memos=self._memos(theme.path, own),
            representative=self._passages(own)[0],
        )  # fmt: skip

    def _codes(self, theme: Code) -> tuple[CodeSummary, ...]:
        below = self.material.codebook.subtree(theme.path)[1:]
        shown = [code for code in below if not code.retired or self.material.below(code.path)]
        summaries = [self._code(code) for code in shown]
        return tuple(
            sorted(
                summaries,
                key=lambda s: (-(s.reaches[0].cases or 0), -s.codings, self.material.rank[s.code]),
            )
        )

    def _code(self, code: Code) -> CodeSummary:
        codings = self.material.below(code.path)
        own = [coding for coding in codings if coding.code == code.path]
        reaches = reach_of_code(self.material, code.path)
        representative, deviant = self._passages(codings)
        return CodeSummary(
            code=code.path,
            label=code.label,
            definition=code.definition,
            reaches=reaches,
            in_words=self._in_words(reaches),
            codings=len(codings),
            own_codings=len(own),
            words_share=self.material.words_share(codings, tuple(self.material.place)),
            representative=representative,
            deviant=deviant,
            memos=self._memos(code.path, own),
            contrasts=compare_groups(self.material, code.path, reaches) if codings else (),
        )

    def _passages(self, codings: Sequence[Coding]) -> tuple[tuple[Passage, ...], ...]:
        return select_passages(
            self.material,
            self.vectors,
            [coding for coding in codings if coding.id not in self.left_out],
            chosen=self.chosen,
            quotes_per_code=self.quotes_per_code,
        )

    def _in_words(self, reaches: Iterable[Reach]) -> tuple[CountInWords, ...]:
        return tuple(
            count_in_words(reach, self.words, small_sample=self.small_sample) for reach in reaches
        )

    def _memos(self, path: str, codings: Sequence[Coding]) -> tuple[Memo, ...]:
        """Return the memos on a code and its own codings, the coders' notes among them."""
        ids = {coding.id for coding in codings}
        notes = [_note(coding) for coding in codings if coding.memo.strip()]
        found = [memo for memo in self.memos if _is_about(memo, path, ids)]
        return tuple(sorted((*found, *notes), key=_time_and_id))

    def _by_attribute(self, theme: Code) -> tuple[AttributeReach, ...]:
        codes = self.material.codebook.subtree(theme.path)
        values = dict.fromkeys(
            (name, value)
            for code in codes
            for name in code.attributes
            if name != "asked_of"
            for value in code.values(name)
        )
        return tuple(
            self._attribute(name, value, [c.path for c in codes if value in c.values(name)])
            for name, value in values
        )

    def _attribute(self, name: str, value: str, paths: Sequence[str]) -> AttributeReach:
        codings = [coding for coding in self.material.codings if coding.code in paths]
        reaches = reach_of(self.material, codings, paths)
        return AttributeReach(
            attribute=name,
            value=value,
            codes=tuple(paths),
            reaches=reaches,
            in_words=self._in_words(reaches),
            codings=tuple(coding.id for coding in codings),
        )

    def _deviant_cases(self, theme: Code, codes: Sequence[CodeSummary]) -> tuple[DeviantCase, ...]:
        """Return the cases with the theme that were asked of its commonest code and lack it."""
        if not codes or not codes[0].reaches[0].cases:
            return ()
        common = codes[0]
        deviant = []
        for case in self.material.cases:
            own = [c for c in self.material.below(theme.path) if c.transcript in case.transcripts]
            used = {coding.code for coding in own}
            lacks = not any(path == common.code or path.startswith(common.code + "/")
                            for path in used)  # fmt: skip
            if own and lacks and self.material.is_asked(common.code, case.group):
                deviant.append(
                    DeviantCase(
                        case=case.name,
                        group=case.group,
                        lacks=common.code,
                        lacks_label=common.label,
                        codes=tuple(sorted(used, key=self.material.rank.__getitem__)),
                        codings=tuple(coding.id for coding in own),
                    )
                )
        return tuple(deviant)


def _ordered(contrasts: Iterable[Contrast]) -> tuple[Contrast, ...]:
    """Return contrasts by size of the difference, those without one last."""
    return tuple(
        sorted(contrasts, key=lambda c: 1.0 if c.difference is None else -abs(c.difference))
    )


def _is_about(memo: Memo, path: str, ids: Collection[str]) -> bool:
    if memo.target_kind is MemoTarget.CODE:
        return memo.target == path
    return memo.target_kind is MemoTarget.CODING and memo.target in ids


def _note(coding: Coding) -> Memo:
    """Return a coder's note on a coding as the memo it is."""
    return Memo(
        coding.id, MemoTarget.CODING, coding.id, coding.memo, coding.coder, coding.created_at
    )


def _time_and_id(memo: Memo) -> tuple[bool, str, str]:
    at = memo.created_at
    return at is not None, at.isoformat() if at else "", memo.id
