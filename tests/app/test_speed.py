"""A long interview stays quick: 25,000 words with 800 codings, and 100,000 words are usable."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app_running import App, running
from qualcode import study
from qualcode.project import Project

WORDS = (
    "we gaan dan naar het café en daarna weer naar huis want morgen moet iedereen werken "
    "dus blijft het bij een paar uur en dat is ook goed zo 😅 vind ik"
).split()

PAINTED = """() => {
  window.painted = [];
  document.querySelector('.qc').addEventListener('keydown', (event) => {
    if (!/^[1-9]$/.test(event.key)) return;
    const at = event.timeStamp;
    requestAnimationFrame(() => setTimeout(() => window.painted.push(performance.now() - at), 0));
  }, true);
}"""
ACKNOWLEDGED = """() => new Promise((done) => {
  const since = performance.now();
  const look = () => document.querySelector('.qc-saved').classList.contains('qc-waiting')
    ? requestAnimationFrame(look) : done(performance.now() - since);
  look();
})"""


def long_text(turns: int, words: int) -> str:
    draw = random.Random(3)
    lines = []
    for number in range(turns):
        speaker = "R" if number % 2 else "I"
        lines.append(f"{speaker}: {' '.join(draw.choices(WORDS, k=words))}.")
    return "\n".join(lines)


def make(path: Path, turns: int, words: int, codings: int) -> Path:
    file = path.with_name("LANG.txt")
    file.write_text(long_text(turns, words), encoding="utf-8")
    with Project.create(path, name="Lang") as project:
        project.import_codebook(study.codebook())
        list(project.import_transcripts([file]))
        text = project.transcript("LANG")
        draw = random.Random(5)
        codes = [code.path for code in project.codebook().active if code.parent]
        rows = ["transcript,start,end,quote,code,coder"]
        own = text.respondent_turns()
        for number in range(codings):
            span = own[number * len(own) // codings].span
            start = span.start + draw.randrange(1, len(span) // 2)
            end = start + draw.randrange(10, len(span) // 2 - 1)
            rows.append(f"LANG,{start},{end},,{draw.choice(codes)},anna")
        table = path.with_name("codings.csv")
        table.write_text("\n".join(rows), encoding="utf-8")
        project.code_from_table(table)
    return path


@pytest.fixture(scope="module")
def long_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    path = tmp_path_factory.mktemp("long") / "long.qualcode"
    with running(make(path, 1500, 17, 800), "--coder", "anna") as app:
        yield app


def test_a_coding_is_painted_and_stored_at_once_and_the_text_is_not_sent_again(
    long_app: App, page: Page
) -> None:
    received: list[int] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda data: received.append(len(data))),
    )
    long_app.code(page)
    page.evaluate(PAINTED)
    page.locator(".qc-scroll").focus()
    at_start, stored = len(received), []
    for number in range(30):
        page.keyboard.press("j")
        page.keyboard.press("Space")
        page.keyboard.press(str(number % 9 + 1))
        stored.append(page.evaluate(ACKNOWLEDGED))
    painted = page.evaluate("() => window.painted")
    sent = sum(received[at_start:]) / 30
    assert statistics.median(painted) < 100
    # The server answers in some 150 ms; a machine that others use too needs more, now and then.
    assert statistics.quantiles(stored)[0] < 500
    assert sent < 100_000


def test_a_hundred_thousand_words_are_usable(tmp_path: Path, page: Page) -> None:
    path = make(tmp_path / "huge.qualcode", 6000, 17, 800)
    with running(path, "--coder", "anna") as app:
        app.code(page)
        page.locator(".qc-ruler").click(position={"x": 7, "y": 500})
        page.evaluate(PAINTED)
        page.locator(".qc-scroll").focus()
        for key in "123456":
            page.keyboard.press("j")
            page.keyboard.press("Space")
            page.keyboard.press(key)
        expect(page.locator(".qc-saved")).to_have_text("All changes saved")
        painted = page.evaluate("() => window.painted")
        assert statistics.median(painted) < 250
