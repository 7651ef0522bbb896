"""An excerpt keeps the passage's own words, and shows what it leaves out or adds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InvalidValueError
from qualcode.model import Span
from qualcode.quotes import check_excerpt, elide

PASSAGE = "Ik was echt niet blij, nee [lacht], met wat z'n vriend toen zei."


@pytest.mark.parametrize(
    "excerpt",
    [
        PASSAGE,
        "Ik was echt niet blij.",
        "[...] Niet blij, met wat [...]",
        "Ik was [...] niet blij [...] toen zei.",
        "Ik was echt niet blij [met hem], nee, met wat z’n vriend [uit Breda] toen zei",
    ],
)
def test_honest_excerpts_are_kept(excerpt: str) -> None:
    if "Niet blij, met" in excerpt:
        excerpt = excerpt.replace("blij,", "blij [...]")
    assert check_excerpt(PASSAGE, excerpt) == excerpt


def test_the_one_character_ellipsis_is_written_as_three_points() -> None:
    assert check_excerpt(PASSAGE, "Ik was […] blij") == "Ik was [...] blij"


@pytest.mark.parametrize(
    ("excerpt", "word", "there"),
    [
        ("Ik was blij", "blij", "echt"),
        ("Ik was [wel] blij", "blij", "echt"),
        ("Ik was ... blij", "blij", "echt"),
        ("Ik was echt niet boos", "boos", "blij"),
        ("toen zei [...] Ik was", "Ik", ""),
        ("iets anders", "iets", ""),
    ],
)
def test_other_words_are_refused_by_name(excerpt: str, word: str, there: str) -> None:
    with pytest.raises(InvalidValueError, match=f"at '{word}'") as caught:
        check_excerpt(PASSAGE, excerpt)
    assert (f"has '{there}' there" in str(caught.value)) == bool(there)


@pytest.mark.parametrize("excerpt", ["", "  ", "[...]", "[een zin]"])
def test_an_excerpt_has_a_word_of_the_passage(excerpt: str) -> None:
    with pytest.raises(InvalidValueError, match="at least one word"):
        check_excerpt(PASSAGE, excerpt)


@pytest.mark.parametrize(
    ("keep", "text"),
    [
        ([(0, 2)], "een [...]"),
        ([(4, 8)], "[...] twee [...]"),
        ([(5, 6)], "[...] twee [...]"),
        ([(0, 3), (9, 13)], "een [...] drie"),
        ([(0, 3), (4, 13)], "een twee drie"),
        ([(0, 13)], "een twee drie"),
    ],
)
def test_words_left_out_are_marked(keep: list[tuple[int, int]], text: str) -> None:
    assert elide("een twee drie", [Span(*part) for part in keep]) == text


def test_a_note_between_brackets_is_never_cut() -> None:
    assert elide("ja [lacht hard] nee", [Span(4, 6)]) == "[...] [lacht hard] [...]"


@pytest.mark.parametrize("keep", [[], [(5, 8), (0, 2)], [(0, 99)]])
def test_parts_outside_the_passage_or_out_of_order_are_refused(
    keep: list[tuple[int, int]],
) -> None:
    with pytest.raises(InvalidValueError):
        elide("een twee drie", [Span(*part) for part in keep])


@given(
    st.lists(st.sampled_from(["ja", "z'n,", "nee!", "[lacht]", "é", "🙂", "-"]), min_size=1),
    st.data(),
)
def test_what_is_elided_is_always_an_excerpt(words: list[str], data: st.DataObject) -> None:
    """Whatever is kept, the author's check accepts it, if there is a word in it."""
    text = "woord " + " ".join(words)
    starts = st.integers(0, len(text) - 1)
    ends = data.draw(st.lists(st.tuples(starts, st.integers(1, 20)), max_size=4))
    keep = [Span(0, 1), *sorted(Span(a, min(a + n, len(text))) for a, n in ends)]
    elided = elide(text, keep)
    assert check_excerpt(text, elided) == elided
