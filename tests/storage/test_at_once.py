"""Two people in one project at once: both changes stay, and each sees a whole state."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest

from qualcode.errors import DuplicateError
from qualcode.model import Coding, Span
from qualcode.storage import Store
from store_contents import TEXT, Study


def run_at_once(*acts: Callable[[], object]) -> list[BaseException]:
    start = Barrier(len(acts))
    failures: list[BaseException] = []

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except DuplicateError as error:
            failures.append(error)

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return failures


def passage(coder: str, start: int) -> Coding:
    span = Span(start, start + 4)
    return Coding("", "G01", span, span.of(TEXT), "motieven", coder)


@pytest.mark.parametrize("shared", [True, False], ids=["one store", "two stores"])
@pytest.mark.slow
def test_two_coders_at_once_lose_nothing(study: Study, home: str, shared: bool) -> None:
    other = study.store if shared else Store.open(home)

    def work(store: Store, coder: str) -> Callable[[], None]:
        def act() -> None:
            for start in range(15):
                store.add_codings([passage(coder, start)], coder)
                assert len(store.codings(coder=coder)) == start + 1

        return act

    assert run_at_once(work(study.store, "Anna"), work(other, "Ben")) == []
    assert len(study.store.codings()) == 30
    numbers = [event.number for event in study.store.events()]
    assert numbers == list(range(1, len(numbers) + 1))
    if not shared:
        other.close()


def test_the_same_coding_by_two_at_once_is_stored_once(study: Study, home: str) -> None:
    with Store.open(home) as other:
        failures = run_at_once(
            lambda: study.store.add_codings([passage("Anna", 3)], "Anna"),
            lambda: other.add_codings([passage("Anna", 3)], "Ben"),
        )
    assert len(failures) == 1
    assert len(study.store.codings()) == 1


def test_a_step_is_seen_by_others_only_when_it_is_done(study: Study, home: str) -> None:
    with Store.open(home) as other:
        with study.store.step("Anna"):
            study.code("feest")
            assert len(study.store.codings()) == 1
            assert other.codings() == ()
        assert len(other.codings()) == 1
