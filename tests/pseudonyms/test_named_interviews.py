"""The sample interviews with more than a hundred invented names in them: most are found."""

import runpy
from collections import Counter
from pathlib import Path

import pytest

from planted_names import NamedInterview, plant
from qualcode import study
from qualcode.language.lemmas import lemmas_of
from qualcode.project import read_transcript
from qualcode.pseudonyms import NameKey, Replacer, Rules, entry_for, find_names, propose_names

RULES = Rules(is_word=lemmas_of("nl").knows)


@pytest.fixture(scope="module")
def interviews() -> tuple[NamedInterview, ...]:
    return plant(tuple(read_transcript(path).transcript for path in study.transcripts()))


@pytest.mark.slow
def test_more_than_a_hundred_inventions_of_every_kind_are_planted_where_they_say(
    interviews: tuple[NamedInterview, ...],
) -> None:
    kinds = Counter(one.kind for interview in interviews for one in interview.planted)
    assert sum(kinds.values()) > 100
    assert len(kinds) == 12
    for interview in interviews:
        for one in interview.planted:
            assert one.span.of(interview.text).strip() == one.span.of(interview.text) != ""


@pytest.mark.slow
def test_nine_in_ten_are_found(interviews: tuple[NamedInterview, ...]) -> None:
    found = every = 0
    for interview in interviews:
        spans = [one.span for one in find_names(interview.text, RULES)]
        every += len(interview.planted)
        found += sum(any(span.overlaps(p.span) for span in spans) for p in interview.planted)
    assert found / every > 0.9


@pytest.mark.slow
def test_replacing_all_proposals_leaves_no_found_name_and_no_new_one(
    interviews: tuple[NamedInterview, ...],
) -> None:
    texts = {one.name: one.text for one in interviews}
    proposals = propose_names(texts, RULES)
    entries = (entry_for(p.text, p.kind, p.replacement) for p in proposals)
    replacer = Replacer(NameKey("study", tuple(entries)), RULES)
    after = {name: replacer.rewrite(text) for name, text in texts.items()}
    assert propose_names(after, RULES) == ()


@pytest.mark.slow
@pytest.mark.parametrize("what", ["planted", "unseen"])
def test_the_tables_in_the_docs_are_what_is_found(what: str) -> None:
    root = Path(__file__).parents[2]
    measured = runpy.run_path(str(root / "benchmarks" / "pseudonyms.py"))[what]()
    told = (root / "docs" / "confidentiality.md").read_text(encoding="utf-8")
    assert "\n".join(measured.lines()) in told
