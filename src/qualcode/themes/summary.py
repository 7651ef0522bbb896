"""Summarizes themes: the figures and passages for one section of results per theme.

Combines reach, contrasts, passages, words and pairs. The codings are those of the layer to
report: one coder, or the consensus.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from qualcode.messages import Message
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
from qualcode.themes.dataset import ThemeDataset, Tokenize, split_words
from qualcode.themes.exemplars import TfidfVectors, explain_no_quote, select_exemplars
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
        tokenize: Returns the lemmas of a text; by default its words in lower case.
        answers: Segments of the kind ``answer``, for codes that occur in the same answer.
        memos: Memos of the project; those on codes and codings are used.
        chosen: Ids of codings that the author chose for publication.
        left_out: Ids of codings that are counted but not quoted.
        quotes_per_code: Representative passages per code, and deviant ones; more if the
            author chose more.
        small_sample: With fewer cases, no percentage is given.

    Raises:
        UnknownNameError: A coding has a code that is not in the codebook.
    """
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    writer = _Writer(
        dataset=dataset,
        vectors=TfidfVectors(dataset, tokenize),
        vocabulary=Vocabulary(dataset, tokenize),
        pairs=collect_pairs(dataset, answers),
        memos=tuple(memos),
        words=words,
        chosen=frozenset(chosen),
        left_out=frozenset(left_out),
        quotes_per_code=quotes_per_code,
        small_sample=small_sample,
    )
    # A retired theme with codings is still part of the results.
    themes = (theme for theme in codebook.themes if not theme.retired or dataset.below(theme.path))
    return tuple(writer.theme(theme) for theme in themes)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Shared data of all summaries of one call."""

    dataset: ThemeDataset
    vectors: TfidfVectors
    vocabulary: Vocabulary
    pairs: tuple[CodePair, ...]
    memos: tuple[Memo, ...]
    words: CountWords
    chosen: frozenset[str]
    left_out: frozenset[str]
    quotes_per_code: int
    small_sample: int

    def theme(self, theme: Code) -> ThemeSummary:
        codings = self.dataset.below(theme.path)
        direct_codings = [coding for coding in codings if coding.code == theme.path]
        reaches = reach_of_code(self.dataset, theme.path)
        codes = self._codes(theme)
        distinctive, no_words = self.vocabulary.distinctive_words(codings)
        everywhere = tuple(self.dataset.place)
        return ThemeSummary(
            theme=theme.path,
            label=theme.label,
            definition=theme.definition,
            reaches=reaches,
            in_words=self._in_words(reaches),
            codings=len(codings),
            words_share=self.dataset.words_share(codings, everywhere),
            codes=codes,
            # The codes are sorted by reach; those without codings follow the order of the codebook.
            unused=tuple(path for path in self.dataset.codes
                         if any(code.code == path and not code.codings for code in codes)),
            contrasts=_ordered(contrast for code in codes for contrast in code.contrasts),
            distinctive_words=distinctive,
            words_undefined_because=no_words,
            pairs=pairs_of_theme(self.pairs, [theme.path, *(code.code for code in codes)]),
            by_attribute=self._by_attribute(theme),
            deviant_cases=self._deviant_cases(theme, codes),
            memos=self._memos(theme.path, direct_codings),
            # Passages of the codes below are quoted with their own code.
            representative=self._passages(direct_codings)[0],
            no_quote_because=self._no_quote_because(direct_codings),
        )  # fmt: skip

    def _codes(self, theme: Code) -> tuple[CodeSummary, ...]:
        below = self.dataset.codebook.subtree(theme.path)[1:]
        codes = [code for code in below if not code.retired or self.dataset.below(code.path)]
        summaries = [self._code(code) for code in codes]
        return tuple(
            sorted(
                summaries,
                # Reach comes before the number of codings, because one talkative respondent can own
                # a code.
                key=lambda s: (-(s.reaches[0].cases or 0), -s.codings, self.dataset.rank[s.code]),
            )
        )

    def _code(self, code: Code) -> CodeSummary:
        codings = self.dataset.below(code.path)
        direct_codings = [coding for coding in codings if coding.code == code.path]
        reaches = reach_of_code(self.dataset, code.path)
        representative, deviant = self._passages(codings)
        return CodeSummary(
            code=code.path,
            label=code.label,
            definition=code.definition,
            reaches=reaches,
            in_words=self._in_words(reaches),
            codings=len(codings),
            own_codings=len(direct_codings),
            words_share=self.dataset.words_share(codings, tuple(self.dataset.place)),
            representative=representative,
            deviant=deviant,
            memos=self._memos(code.path, direct_codings),
            contrasts=compare_groups(self.dataset, code.path, reaches) if codings else (),
            no_quote_because=self._no_quote_because(codings),
        )

    def _passages(self, codings: Sequence[Coding]) -> tuple[tuple[Passage, ...], ...]:
        return select_exemplars(
            self.dataset,
            self.vectors,
            # Left out before the selection, so that the next passage takes the place.
            [coding for coding in codings if coding.id not in self.left_out],
            chosen=self.chosen,
            quotes_per_code=self.quotes_per_code,
        )

    def _no_quote_because(self, codings: Sequence[Coding]) -> Message | None:
        if not self.quotes_per_code:
            return None
        return explain_no_quote(self.dataset, codings, chosen=self.chosen, left_out=self.left_out)

    def _in_words(self, reaches: Iterable[Reach]) -> tuple[CountInWords, ...]:
        return tuple(
            count_in_words(reach, self.words, small_sample=self.small_sample) for reach in reaches
        )

    def _memos(self, path: str, codings: Sequence[Coding]) -> tuple[Memo, ...]:
        """Return the memos on a code and its own codings, including notes of coders."""
        ids = {coding.id for coding in codings}
        quoted = [coding for coding in codings if coding.id not in self.left_out]
        notes = [_note(coding) for coding in quoted if coding.memo.strip()]
        memos = [memo for memo in self.memos if _is_about(memo, path, ids)]
        return tuple(sorted((*memos, *notes), key=_time_and_id))

    def _by_attribute(self, theme: Code) -> tuple[AttributeReach, ...]:
        codes = self.dataset.codebook.subtree(theme.path)
        values = dict.fromkeys(
            (name, value)
            for code in codes
            for name in code.attributes
            # asked_of says who was asked; it is no property to compare codes by.
            if name != "asked_of"
            for value in code.values(name)
        )
        return tuple(
            self._attribute(name, value, [c.path for c in codes if value in c.values(name)])
            for name, value in values
        )

    def _attribute(self, name: str, value: str, paths: Sequence[str]) -> AttributeReach:
        codings = [coding for coding in self.dataset.codings if coding.code in paths]
        reaches = reach_of(self.dataset, codings, paths)
        return AttributeReach(
            attribute=name,
            value=value,
            codes=tuple(paths),
            reaches=reaches,
            in_words=self._in_words(reaches),
            codings=tuple(coding.id for coding in codings),
        )

    def _deviant_cases(self, theme: Code, codes: Sequence[CodeSummary]) -> tuple[DeviantCase, ...]:
        """Return the cases with the theme that lack its most common code, if they were asked."""
        if not codes or not codes[0].reaches[0].cases:
            return ()
        common, inside = codes[0], f"{theme.path}/"
        deviant = []
        for case in self.dataset.cases:
            case_codings = [
                coding
                for coding in self.dataset.of_case(case)
                if coding.code == theme.path or coding.code.startswith(inside)
            ]
            case_codes = {coding.code for coding in case_codings}
            lacks = not any(path == common.code or path.startswith(common.code + "/")
                            for path in case_codes)  # fmt: skip
            if case_codings and lacks and self.dataset.is_asked(common.code, case.group):
                deviant.append(
                    DeviantCase(
                        case=case.name,
                        group=case.group,
                        lacks=common.code,
                        lacks_label=common.label,
                        codes=tuple(sorted(case_codes, key=self.dataset.rank.__getitem__)),
                        codings=tuple(coding.id for coding in case_codings),
                    )
                )
        return tuple(deviant)


def _ordered(contrasts: Iterable[Contrast]) -> tuple[Contrast, ...]:
    """Return contrasts by size of the difference; contrasts without one come last."""
    return tuple(
        sorted(contrasts, key=lambda c: 1.0 if c.difference is None else -abs(c.difference))
    )


def _is_about(memo: Memo, path: str, ids: Collection[str]) -> bool:
    if memo.target_kind is MemoTarget.CODE:
        return memo.target == path
    return memo.target_kind is MemoTarget.CODING and memo.target in ids


def _note(coding: Coding) -> Memo:
    """Return the note of a coder on a coding as a memo."""
    return Memo(
        coding.id, MemoTarget.CODING, coding.id, coding.memo, coding.coder, coding.created_at
    )


def _time_and_id(memo: Memo) -> tuple[bool, str, str]:
    at = memo.created_at
    return at is not None, at.isoformat() if at else "", memo.id
