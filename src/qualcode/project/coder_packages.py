"""A coder's work between copies of a project: it goes out as a file, and comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.errors import ConflictError, unknown_name
from qualcode.messages import Message, shell_word
from qualcode.model import CONSENSUS, Coding, FrozenMap, Memo, MemoTarget, Round
from qualcode.model.coder_package import CoderPackage, PackageText, codebook_hash
from qualcode.model.suggestion import Exposure

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot
    from qualcode.storage import Store

# Memos on cases, rounds and the project belong to the study, not to one coder.
_TRAVELS = {MemoTarget.TRANSCRIPT, MemoTarget.TURN, MemoTarget.CODE, MemoTarget.CODING}


@dataclass(frozen=True, slots=True)
class PackageMerge:
    """What came of merging a coder's work.

    Attributes:
        coder: Whose work it is.
        added: Codings added; None where the acting coder may not know it yet.
        withdrawn: Codings withdrawn; None likewise.
        known: Codings that were here already; None likewise.
        memos: Notes added; None likewise.
        handed_in: Names of the rounds that the coder handed in.
    """

    coder: str
    added: int | None
    withdrawn: int | None
    known: int | None
    memos: int | None
    handed_in: tuple[str, ...] = ()

    @property
    def changed(self) -> bool | None:
        """Whether anything came in; None where the acting coder may not know it."""
        if self.added is None:
            return None
        return bool(self.added or self.withdrawn or self.memos or self.handed_in)


def collect_work(snapshot: Snapshot, store: Store, coder: str, acting_coder: str) -> CoderPackage:
    """Return a coder's work; see ``Exchange.collect_package``."""
    if coder == CONSENSUS or coder not in snapshot.coders:
        raise unknown_name(
            "coder", coder, snapshot.coders, Message("project '{name}'", name=snapshot.info.name)
        )
    for round_ in snapshot.hiding_rounds:
        if coder in round_.coders and coder != acting_coder:
            raise ConflictError(
                Message(
                    "Round '{name}' is blind and open: only {coder} can export this work "
                    "(--coder {coder}).",
                    name=round_.name,
                    coder=coder,
                )
            )
    # What was withdrawn travels too, so that the copy withdraws it as well.
    codings = store.codings(coder=coder, include_withdrawn=True)
    rounds = tuple(round_ for round_ in snapshot.rounds if coder in round_.coders)
    exposures = tuple(e for e in snapshot.exposures if e.coder == coder)
    # Codings and rounds name versions by number; both copies must mean the same by it.
    versions = {snapshot.codebook.version, *(coding.codebook_version for coding in codings)}
    versions |= {round_.codebook_version for round_ in rounds}
    worked_on = {c.transcript for c in codings} | {e.transcript for e in exposures}
    memos = (memo for memo in snapshot.memos if memo.author == coder)
    return CoderPackage(
        coder=coder,
        project=snapshot.info.name,
        texts=tuple(
            PackageText(text.name, text.sha256)
            for text in snapshot.transcripts
            # A text of a round without a coding is work too: the coder found nothing in it.
            if text.name in worked_on or any(round_.covers(text.name) for round_ in rounds)
        ),
        codebook_version=snapshot.codebook.version,
        codebooks=FrozenMap(
            {
                str(version): codebook_hash(snapshot.codebook_version(version))
                for version in sorted(versions)
            }
        ),
        codings=codings,
        rounds=rounds,
        memos=tuple(memo for memo in memos if memo.target_kind in _TRAVELS),
        exposures=exposures,
    )


def merge_work(
    project: Project, store: Store, acting_coder: str, work: CoderPackage, file: str
) -> PackageMerge:
    """Take a coder's work into a project as one step; see ``Exchange.merge_package``."""
    store.refuse_withdrawn(file, *(text.sha256 for text in work.texts))
    with project.snapshot() as snapshot:
        fit = _Fit(snapshot, work, file)
        names = fit.transcript_names()
        fit.refuse_other_rounds(names)
        paths = fit.code_paths()
        codings = [
            replace(c, transcript=names[c.transcript], code=paths.get(c.code, c.code))
            for c in work.codings
        ]
        new, withdrawn, present = _differences(store, codings, work.coder)
        fit.refuse_old_codebook(new)
        exposures = _new_exposures(store, work, names)
        rounds = _rounds_to_hand_in(snapshot, work)
    with store.step(acting_coder):
        store.add_coder(work.coder, acting_coder)
        store.withdraw_codings(withdrawn, acting_coder)
        store.add_codings(new, acting_coder)
        memos = _merge_memos(store, work, names, paths, acting_coder)
        if exposures:
            store.expose(exposures, acting_coder)
        for name in rounds:
            store.hand_in(name, work.coder, acting_coder)
    # After the hand-in: it may have been the last one, and then nothing is hidden any more.
    hiding = project.rounds.collect_hiding() if work.coder != acting_coder else ()
    if any(work.coder in round_.coders for round_ in hiding):
        return PackageMerge(work.coder, None, None, None, None, rounds)
    return PackageMerge(work.coder, len(new), len(withdrawn), present, memos, rounds)


class _Fit:
    """Holds a coder's work against the project that it is to go into."""

    def __init__(self, snapshot: Snapshot, work: CoderPackage, file: str) -> None:
        self._snapshot = snapshot
        self._work = work
        self._file = file

    def transcript_names(self) -> dict[str, str]:
        """Return the name here of each transcript of the work, found by its text."""
        stored_names = {text.sha256: text.name for text in self._snapshot.transcripts}
        for text in self._work.texts:
            if text.sha256 in stored_names:
                continue
            # The same name on another text is the likelier mistake, and needs another remedy.
            if text.name in stored_names.values():
                raise ConflictError(
                    Message(
                        "'{file}' was made on another text of '{name}' than the one in this "
                        "project. Both must be imported from the same file.",
                        file=self._file,
                        name=text.name,
                    )
                )
            raise ConflictError(
                Message(
                    "'{file}' was made on '{name}', a text that this project does not have. "
                    "Import that interview first, from the same file.",
                    file=self._file,
                    name=text.name,
                )
            )
        # Two interviews may have the same text: then the name tells them from each other.
        stored = {(text.sha256, text.name) for text in self._snapshot.transcripts}
        names = {
            text.name: text.name
            if (text.sha256, text.name) in stored
            else stored_names[text.sha256]
            for text in self._work.texts
        }
        contents: tuple[Coding | Exposure, ...] = (*self._work.codings, *self._work.exposures)
        for item in contents:
            if item.transcript not in names or item.coder != self._work.coder:
                raise ConflictError(
                    Message(
                        "'{file}' is damaged: it holds work on '{transcript}' by {coder}, "
                        "which it should not. Export it again.",
                        file=self._file,
                        transcript=item.transcript,
                        coder=item.coder,
                    )
                )
        return names

    def code_paths(self) -> dict[str, str]:
        """Return the path here of each code of the work's codebook; others are refused."""
        versions = {stored.version for stored in self._snapshot.versions}
        for key, expected in self._work.codebooks.items():
            version = int(key)
            if version in versions:
                codebook = self._snapshot.codebook_version(version)
                if codebook_hash(codebook) == expected:
                    continue
            raise ConflictError(
                Message(
                    "'{file}' was coded with version {version} of the codebook, which this "
                    "project has with other codes or texts. Bring the codebooks together first: "
                    "qualcode codebook export there, qualcode codebook import here.",
                    file=self._file,
                    version=version,
                )
                if version in versions
                else Message(
                    "'{file}' was coded with version {version} of the codebook, which this "
                    "project does not have. Bring the codebooks together first: qualcode "
                    "codebook export there, qualcode codebook import here.",
                    file=self._file,
                    version=version,
                )
            )
        coded_with = self._snapshot.codebook_version(self._work.codebook_version)
        ids = {code.path: code.id for code in coded_with.codes}
        paths = {code.id: code.path for code in self._snapshot.codebook.codes}
        return {path: paths[key] for path, key in ids.items() if key in paths}

    def refuse_old_codebook(self, codings: Sequence[Coding]) -> None:
        """Raise where new codings follow an older codebook that no round asks for."""
        current, work = self._snapshot.codebook.version, self._work
        if work.codebook_version == current:
            return
        rounds = {r.name for r in work.rounds if r.codebook_version == work.codebook_version}
        if any(coding.round not in rounds for coding in codings):
            raise ConflictError(
                Message(
                    "'{file}' was coded with version {codebook_version} of the codebook, and "
                    "this project has version {current} now. Undo that change, or import this "
                    "version of the codebook there and look at the codings again.",
                    file=self._file,
                    codebook_version=work.codebook_version,
                    current=current,
                )
            )

    def refuse_other_rounds(self, names: Mapping[str, str]) -> None:
        """Raise where a round of the work is not the round of that name here."""
        rounds = {round_.name: round_ for round_ in self._snapshot.rounds}
        for coded_round in self._work.rounds:
            round_ = rounds.get(coded_round.name)
            if round_ is None:
                raise ConflictError(
                    Message(
                        "'{file}' belongs to round '{name}', which this project does not have. "
                        "Make it first: qualcode round new {word} --coders {coders}",
                        file=self._file,
                        name=coded_round.name,
                        word=shell_word(coded_round.name),
                        coders=shell_word(",".join(coded_round.coders)),
                    )
                )
            if _rules(round_) != _rules(coded_round, names):
                raise ConflictError(
                    Message(
                        "Round '{name}' of '{file}' has other coders, interviews, codebook or "
                        "rules than the round of that name in this project.",
                        name=coded_round.name,
                        file=self._file,
                    )
                )


def _differences(
    store: Store, codings: Sequence[Coding], coder: str
) -> tuple[list[Coding], list[str], int]:
    """Return the codings to add, the ids of those to withdraw, and how many are known."""
    # Hidden ones too, or a blind round would make every coding look new.
    stored = store.codings(coder=coder, include_withdrawn=True, hidden=True)
    by_id = {coding.id: coding for coding in stored}
    places = {_place(coding) for coding in stored if coding.withdrawn_at is None}
    withdrawn = [
        coding.id
        for coding in codings
        if coding.withdrawn_at and coding.id in by_id and by_id[coding.id].withdrawn_at is None
    ]
    remaining = places - {_place(by_id[key]) for key in withdrawn}
    standing = [coding for coding in codings if coding.withdrawn_at is None]
    new = [c for c in standing if c.id not in by_id and _place(c) not in remaining]
    return new, withdrawn, len(standing) - len(new)


def _merge_memos(
    store: Store,
    work: CoderPackage,
    names: Mapping[str, str],
    paths: Mapping[str, str],
    acting_coder: str,
) -> int:
    # Compared with all there is, also what is hidden: else it would be added a second time.
    unhidden = store.seen_by(None)
    memo_ids = {memo.id for memo in unhidden.memos()}
    standing = {coding.id for coding in unhidden.codings(coder=work.coder)}
    added = 0
    for memo in work.memos:
        target = _target(memo, names, paths)
        about_coding = memo.target_kind is MemoTarget.CODING
        if memo.id not in memo_ids and target and (not about_coding or target in standing):
            unhidden.add_memo(replace(memo, target=target), acting_coder)
            added += 1
    return added


def _new_exposures(store: Store, work: CoderPackage, names: Mapping[str, str]) -> list[Exposure]:
    stored_exposures = set(store.seen_by(None).exposures())
    exposures = (
        replace(e, coder=work.coder, transcript=names[e.transcript]) for e in work.exposures
    )
    return [exposure for exposure in exposures if exposure not in stored_exposures]


def _rounds_to_hand_in(snapshot: Snapshot, work: CoderPackage) -> tuple[str, ...]:
    handed_in = {round_.name: round_.handed_in for round_ in snapshot.rounds}
    return tuple(
        round_.name
        for round_ in work.rounds
        if work.coder in round_.handed_in and work.coder not in handed_in[round_.name]
    )


def _rules(round_: Round, names: Mapping[str, str] | None = None) -> tuple[object, ...]:
    texts = sorted((names or {}).get(name, name) for name in round_.transcripts)
    # Who handed in is left out: in two copies of a round that is different by nature.
    return (
        sorted(round_.coders),
        texts,
        round_.blind,
        round_.suggestions,
        round_.codebook_version,
    )


def _place(coding: Coding) -> tuple[object, ...]:
    # Without the coder: all codings that are compared here are of one.
    return coding.transcript, coding.span, coding.code, coding.round


def _target(memo: Memo, names: Mapping[str, str], paths: Mapping[str, str]) -> str:
    """Return what a memo is about in this project; ``""`` where that is not here."""
    if memo.target_kind is MemoTarget.CODE:
        return paths.get(memo.target, "")
    if memo.target_kind is MemoTarget.TURN:
        name, _, number = memo.target.rpartition("#")
        return f"{names[name]}#{number}" if name in names else ""
    if memo.target_kind is MemoTarget.TRANSCRIPT:
        return names.get(memo.target, "")
    return memo.target
