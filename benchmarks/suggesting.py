"""How fast and how good suggestions are: run ``python benchmarks/suggesting.py``.

Prints, for an interview of 10,000 words made of the sample interviews, the time of all default
suggesters against that of the bare lemma pipeline plus one TF-IDF transform in the same run; the
tokens per second of the pipeline; the peak memory; processor time and memory of the command
``qualcode suggest`` in a new project, the second time, and for an interview that was not read
before; of ten interviews one after the other, as the app asks for them; and the evaluation of the
suggestions on the codings of the sample interviews.
"""

from __future__ import annotations

import csv
import gc
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import DEVNULL, Popen, run
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from qualcode.codebooks import read_codebook, read_guide
from qualcode.importing import read_transcript
from qualcode.language import load_language
from qualcode.model import Guide, Role, Transcript
from qualcode.model.suggestion import POSSIBLE
from qualcode.segmenting import cut_answers, cut_sentences
from qualcode.suggesting import CodedPassage, Ranker, SegmentText, evaluate

ROOT = Path(__file__).parents[1]
WORDS = 10_000
REPEATS = 25


def times(works: Sequence[Callable[[], object]]) -> NDArray[np.float64]:
    """Return seconds of processor time, one row per round, one column per work.

    The works take turns, so that what else the machine does falls on all of them alike.
    """
    rounds = np.zeros((REPEATS, len(works)))
    gc.collect()
    gc.disable()
    for line in rounds:
        for column, work in enumerate(works):
            before = time.process_time()
            work()
            line[column] = time.process_time() - before
    gc.enable()
    return rounds


def load_transcripts() -> dict[str, Transcript]:
    files = [p for p in sorted((ROOT / "transcripts_sample").iterdir()) if p.name[0] in "GP"]
    return {path.stem: read_transcript(path).transcript for path in files}


def asked_at(transcript: Transcript, guide: Guide) -> Callable[[int], tuple[str, str]]:
    """Return what gives the guide question and the interviewer's words at a position."""
    language = load_language("nl")
    answers = cut_answers(transcript, guide, language.lemmas)

    def find(position: int) -> tuple[str, str]:
        for answer in answers:
            if answer.span.start <= position < answer.span.end:
                spoken = [
                    turn.span.of(transcript.text)
                    for turn in transcript.turns
                    if turn.number in answer.turns
                    and transcript.role_of(turn.speaker) is Role.INTERVIEWER
                ]
                return answer.question or "", " ".join(spoken)
        return "", ""

    return find


def long_interview(
    transcripts: dict[str, Transcript], guides: dict[str, Guide]
) -> list[SegmentText]:
    """Return the sentences of respondents until there are 10,000 words."""
    segments: list[SegmentText] = []
    count = 0
    for name, transcript in list(transcripts.items()) * 3:
        asked = asked_at(transcript, guides[name[0]])
        own = {turn.number for turn in transcript.respondent_turns()}
        for sentence in cut_sentences(transcript):
            if sentence.turns[0] in own and count < WORDS:
                text = sentence.span.of(transcript.text)
                question, words = asked(sentence.span.start)
                start = sentence.span.start
                segments.append(SegmentText(str(len(segments)), text, question, start, words))
                count += len(text.split())
    return segments


def passages(transcripts: dict[str, Transcript], guides: dict[str, Guide]) -> list[CodedPassage]:
    codes: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    for path in sorted((ROOT / "transcripts_sample").glob("codings_*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                codes[row["transcript"], int(row["start"]), int(row["end"])].add(row["code"])
    asked = {name: asked_at(t, guides[name[0]]) for name, t in transcripts.items()}
    return [
        CodedPassage(
            SegmentText(
                f"{name}:{start}",
                transcripts[name].text[start:end],
                *asked[name](start)[:1],
                start,
                asked[name](start)[1],
            ),
            name,
            frozenset(given),
        )
        for (name, start, end), given in codes.items()
    ]


def print_speed(ranker: Ranker, segments: list[SegmentText]) -> None:
    pipeline = load_language("nl").pipeline
    texts = [segment.text for segment in segments]
    whole = "\n\n".join(texts)
    vectorizer = TfidfVectorizer().fit(texts)
    tokens = len(pipeline(whole))
    rounds = times(
        (
            lambda: pipeline(whole),
            lambda: vectorizer.transform(texts),
            lambda: ranker.rank(segments),
            lambda: list(ranker.rank(segments).all(limit=1, floor=POSSIBLE)),
        )
    )
    lemmas, tfidf, every_code, shown = np.median(rounds, axis=0) * 1000
    ratios = rounds[:, 2] / (rounds[:, 0] + rounds[:, 1])
    low, high = np.quantile(ratios, (0.25, 0.75))
    print(f"{len(segments)} sentences, {tokens} tokens; medians of {REPEATS} rounds")
    print(f"lemma pipeline          {lemmas:7.1f} ms  ({tokens / lemmas * 1000:,.0f} tokens/s)")
    print(f"one TF-IDF transform    {tfidf:7.1f} ms")
    print(f"all suggesters          {every_code:7.1f} ms  every code of every sentence")
    print(f"  and best with reasons {shown:7.1f} ms  where at least possible")
    print(
        f"ratio                   {np.median(ratios):7.2f}     "
        f"half of the rounds from {low:.2f} to {high:.2f}; limit 1.5"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory             {peak:7.0f} MB")


_TEN = """
import sys
from pathlib import Path
from qualcode.project import Project
with Project.open(Path(sys.argv[1]), as_coder="anna") as project:
    for text in project.transcripts.collect():
        project.suggestions.offer(text.name, limit=2, floor=0.5)
"""


def print_commands() -> None:
    """Print processor time and peak memory of whole processes, the limits behind them."""
    with TemporaryDirectory() as folder:
        run([sys.executable, "-m", "qualcode", "demo", folder], check=True, capture_output=True)
        file = str(next(Path(folder).glob("*.qualcode")))
        suggest = [sys.executable, "-m", "qualcode", "suggest", "--coder", "anna", "-p", file]
        ten = [sys.executable, "-c", _TEN, file]
        for name, command in (
            ("first time in a project", [*suggest, "P01"]),
            ("second time (2 s)", [*suggest, "P01"]),
            ("another interview", [*suggest, "G03"]),
            ("ten in the app (5 s)", ten),
            ("ten, second time", ten),
        ):
            seconds, megabytes = usage_of(command)
            print(f"{name:24s}{seconds:7.2f} s {megabytes:6.0f} MB (450 MB)")


def usage_of(command: Sequence[str]) -> tuple[float, float]:
    """Return processor seconds and peak megabytes of a process."""
    process = Popen(command, stdout=DEVNULL, stderr=DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    print_commands()
    before = time.process_time()
    language = load_language("nl")
    language.pipeline("Een woord.")
    print(f"language loaded in {time.process_time() - before:.2f} s")
    codebook, _ = read_codebook(ROOT / "codebooks" / "substance_use.yaml")
    guides = {
        "G": read_guide(ROOT / "codebooks" / "guide_users.yaml")[0],
        "P": read_guide(ROOT / "codebooks" / "guide_professionals.yaml")[0],
    }
    transcripts = load_transcripts()
    print_speed(Ranker(codebook, language, guides.values()), long_interview(transcripts, guides))
    report = evaluate(codebook, language, passages(transcripts, guides), guides.values())
    print(f"\n{report.passages} coded passages of {report.transcripts} transcripts")
    print(f"{'':10s} first  three   five  theme")
    for line in report.suggesters:
        figures = (line.first, line.three, line.five, line.theme)
        print(f"{line.suggester:10s}" + "".join(f"  {f.value or 0:5.3f}" for f in figures))
    print(f"expected calibration error {report.calibration.value or 0:.3f}")
    print("weights", {name: round(value, 3) for name, value in report.weights})


if __name__ == "__main__":
    main()
