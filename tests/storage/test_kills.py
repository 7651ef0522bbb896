"""Kills a working program again and again: nothing acknowledged is lost, and nothing is half done.

`QUALCODE_KILLS=1000` is the nightly number of kills; `QUALCODE_SEED` repeats a night.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import killed_worker
from qualcode.storage import Store
from store_contents import clock, file_of, first_codebook, interview

KILLS = int(os.environ.get("QUALCODE_KILLS", "102"))
SEED = int(os.environ.get("QUALCODE_SEED", "14"))
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Rig:
    """A process that makes workers, and the project they work in."""

    process: subprocess.Popen[str]
    path: Path
    finished: Path
    random: random.Random = field(default_factory=lambda: random.Random(SEED))

    def kill(self, act: str) -> list[str]:
        """Let a worker work, kill it, and return what it had acknowledged."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.finished.unlink(missing_ok=True)
        self.process.stdin.write(f"{act}\t{self.path}\t{self.finished}\n")
        self.process.stdin.flush()
        worker = int(self.process.stdout.readline())
        until = time.monotonic() + 60
        wanted_lines = self.random.randint(1, 3)
        while not self.finished.exists() or self.finished.read_text().count("\n") < wanted_lines:
            assert time.monotonic() < until, "the worker does not begin"
            time.sleep(0.002)
        time.sleep(self.random.random() * 0.05)
        os.kill(worker, self.random.choice(SIGNALS))
        assert self.process.stdout.readline() == "ended\n"
        # The last line may be half written: what it tells was finished all the same.
        return self.finished.read_text().splitlines()


@contextmanager
def rig(path: Path) -> Iterator[Rig]:
    command = [sys.executable, killed_worker.__file__]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield Rig(process, path, path.with_name("finished"))
        process.communicate()


@pytest.fixture
def path(tmp_path: Path, new_file: Path) -> Path:
    place = Path(shutil.copy(new_file, tmp_path / "study.qualcode"))
    with Store.open(place, now=clock()) as store:
        store.add_transcript(interview(), file_of(interview()))
        store.save_codebook(first_codebook(), "Anna", "the first one")
        for name in ("Anna", "Ben"):
            store.add_coder(name)
    return place


def lost(store: Store, act: str, acknowledged: list[str], folder: Path) -> list[str]:
    """Return what was acknowledged and is not there."""
    if act in {"backup", "new"}:
        return [name for name in acknowledged if not (folder / name).exists()]
    if act == "names":
        texts = "".join(text.text for text in store.transcripts())
        return [name for name in acknowledged if name in texts]
    there = {
        "code": {coding.id for coding in store.codings()},
        "undo": {f"{c.span.start} {c.span.end}" for c in store.codings(coder="Ben")},
        "import": {text.name for text in store.transcripts()},
    }
    return [name for name in acknowledged if name not in there[act]]


def half(folder: Path) -> list[str]:
    """Return the files with the name of a project that are none, and remove them all."""
    broken = []
    for file in (*folder.glob("copy-*"), *folder.glob("new-*"), *folder.glob(".*.tmp*")):
        if file.suffix == ".qualcode":
            with Store.open(file) as store:
                if store.check():
                    broken.append(file.name)
        # Opening a file merges its log, and takes that away.
        file.unlink(missing_ok=True)
    return broken


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")
def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(
    path: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    acts = list(killed_worker.ACTS)
    killed = acknowledged = 0
    with rig(path) as machine:
        fresh = path.read_bytes()
        for number in range(KILLS):
            act = acts[number % len(acts)]
            if number % 6 == 0:
                path.write_bytes(fresh)
            told = machine.kill(act)
            killed, acknowledged = killed + 1, acknowledged + len(told)
            with Store.open(path) as store:
                assert store.check() == (), (number, act)
                assert lost(store, act, told, tmp_path) == [], (number, act)
                numbers = [event.number for event in store.events()]
                assert numbers == list(range(1, len(numbers) + 1)), (number, act)
            assert half(tmp_path) == [], (number, act)
            assert not Path(f"{path}-wal").exists()
    assert killed == KILLS
    assert acknowledged > KILLS
    record_property("killed, acknowledged, lost, half done", (killed, acknowledged, 0, 0))
    with capsys.disabled():
        print(f"\nkilled {killed}, acknowledged {acknowledged}, lost 0, half done 0")  # noqa: T201 - counts that a night is read by
