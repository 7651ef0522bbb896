"""The verbs of coding on separate machines: a coder's work goes out as a file, and comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode import exporting, importing
from qualcode.errors import ConflictError, unknown_name
from qualcode.model import CONSENSUS, Coding, FrozenMap, Memo, MemoTarget, Round
from qualcode.model.coder_package import CoderPackage, PackageText, codebook_hash
from qualcode.model.suggestion import Exposure
from qualcode.project.agreement_studies import AgreementStudies

_TRAVELS = {MemoTarget.TRANSCRIPT, MemoTarget.TURN, MemoTarget.CODE, MemoTarget.CODING}


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of merging a work file.

    Attributes:
        coder: Whose work it is.
        added: Codings added; None where who merges may not know it yet.
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
        """Whether anything came in; None where who merges may not know it."""
        if self.added is None:
            return None
        return bool(self.added or self.withdrawn or self.memos or self.handed_in)


class WorkFiles(AgreementStudies):
    """An open project, with the work that coders carry between copies of it."""

    def work_of(self, coder: str) -> CoderPackage:
        """Return a coder's work: codings, notes, rounds, and what they stand on.

        Raises:
            ConflictError: somebody else asks for it while a round is blind.
            UnknownNameError: no such coder.
        """
        if coder == CONSENSUS or coder not in self.coders():
            raise unknown_name("coder", coder, self.coders(), f"project '{self.name}'")
        for one in self.hidden_rounds():
            if coder in one.coders and coder != self.as_coder:
                raise ConflictError(
                    f"Round '{one.name}' is blind and open: only {coder} can export this work "
                    f"(--coder {coder})."
                )
        codings = self._store.codings(coder=coder, include_withdrawn=True)
        rounds = tuple(one for one in self.rounds() if coder in one.coders)
        book = self.codebook()
        versions = {book.version, *(c.codebook_version for c in codings)}
        versions |= {one.codebook_version for one in rounds}
        shown = tuple(e for e in self._store.exposures() if e.coder == coder)
        touched = {c.transcript for c in codings} | {e.transcript for e in shown}
        texts = self.collect_transcripts()
        return CoderPackage(
            coder=coder,
            project=self.name,
            texts=tuple(
                PackageText(t.name, t.sha256)
                for t in texts
                if t.name in touched or any(one.covers(t.name) for one in rounds)
            ),
            codebook_version=book.version,
            codebooks=FrozenMap(
                {
                    str(version): codebook_hash(self.codebook(version))
                    for version in sorted(versions)
                }
            ),
            codings=codings,
            rounds=rounds,
            memos=tuple(m for m in self.memos() if m.author == coder and m.target_kind in _TRAVELS),
            exposures=shown,
        )

    def export_work(self, coder: str, path: Path) -> CoderPackage:
        """Write a coder's work to a file; see :meth:`work_of`."""
        work = self.work_of(coder)
        exporting.write_work(work, path)
        return work

    def merge_work(self, path: Path, who: str = "") -> Merged:
        """Take a coder's work from a file into this project, as one step of the history.

        What is here already is left alone, so that merging twice changes nothing.

        Args:
            path: The file.
            who: Who merges.

        Raises:
            ConflictError: it stands on other texts, another codebook or another round, or the
                coder handed in here what the file changes; nothing is merged.
            UnreadableFileError: it is no work file.
        """
        work = importing.read_coder_package(path)
        return self.merge(work, path.name, who)

    def merge(self, work: CoderPackage, file: str, who: str = "") -> Merged:
        """Take a coder's work into this project; see :meth:`merge_work`."""
        names = self._texts_of(work, file)
        self._refuse_other_rounds(work, names, file)
        paths = self._paths_of(work, file)
        codings = [
            replace(c, transcript=names[c.transcript], code=paths.get(c.code, c.code))
            for c in work.codings
        ]
        new, gone, known = self._differences(codings, work.coder)
        self._refuse_old_book(work, new, file)
        with self.step(who):
            self._store.add_coder(work.coder, who)
            self._store.withdraw_codings(gone, who)
            self._store.add_codings(new, who)
            memos = self._merge_memos(work, names, paths, who)
            self._merge_exposures(work, names, who)
            done = self._merge_hand_ins(work, who)
        hidden = any(
            work.coder in one.coders and work.coder != self.as_coder for one in self.hidden_rounds()
        )
        if hidden:
            return Merged(work.coder, None, None, None, None, done)
        return Merged(work.coder, len(new), len(gone), known, memos, done)

    def _texts_of(self, work: CoderPackage, file: str) -> dict[str, str]:
        """Return the name here of each transcript of the work, found by its text."""
        here = {t.sha256: t.name for t in self.collect_transcripts()}
        for text in work.texts:
            if text.sha256 in here:
                continue
            if text.name in here.values():
                raise ConflictError(
                    f"'{file}' was made on another text of '{text.name}' than the one in this "
                    "project. Both must be imported from the same file."
                )
            raise ConflictError(
                f"'{file}' was made on '{text.name}', a text that this project does not have. "
                "Import that interview first, from the same file."
            )
        names = {text.name: here[text.sha256] for text in work.texts}
        held: tuple[Coding | Exposure, ...] = (*work.codings, *work.exposures)
        for one in held:
            if one.transcript not in names or one.coder != work.coder:
                raise ConflictError(
                    f"'{file}' is damaged: it holds work on '{one.transcript}' by {one.coder}, "
                    "which it should not. Export it again."
                )
        return names

    def _paths_of(self, work: CoderPackage, file: str) -> dict[str, str]:
        """Return the path here of each code of the work's codebook; other codebooks are refused."""
        here = {one.version for one in self.codebook_versions()}
        for number, given in work.codebooks.items():
            version = int(number)
            if version not in here or codebook_hash(self.codebook(version)) != given:
                lacks = "does not have" if version not in here else "has with other codes or texts"
                raise ConflictError(
                    f"'{file}' was coded with version {version} of the codebook, which this "
                    f"project {lacks}. Bring the codebooks together first: qualcode codebook "
                    "export there, qualcode codebook import here."
                )
        ids = {code.path: code.id for code in self.codebook(work.codebook_version).codes}
        now = {code.id: code.path for code in self.codebook().codes}
        return {path: now[key] for path, key in ids.items() if key in now}

    def _refuse_old_book(self, work: CoderPackage, new: Sequence[Coding], file: str) -> None:
        """Raise where new codings follow an older codebook that no round asks for."""
        current = self.codebook().version
        if work.codebook_version == current:
            return
        asked = {r.name for r in work.rounds if r.codebook_version == work.codebook_version}
        if any(coding.round not in asked for coding in new):
            raise ConflictError(
                f"'{file}' was coded with version {work.codebook_version} of the codebook, and "
                f"this project has version {current} now. Undo that change, or import this "
                "version of the codebook there and look at the codings again."
            )

    def _refuse_other_rounds(self, work: CoderPackage, names: Mapping[str, str], file: str) -> None:
        here = {one.name: one for one in self.rounds()}
        for given in work.rounds:
            one = here.get(given.name)
            if one is None:
                raise ConflictError(
                    f"'{file}' belongs to round '{given.name}', which this project does not "
                    f"have. Make it first: qualcode round new {given.name} "
                    f"--coders {','.join(given.coders)}"
                )
            if _rules(one) != _rules(given, names):
                raise ConflictError(
                    f"Round '{given.name}' of '{file}' has other coders, interviews, codebook or "
                    "rules than the round of that name in this project."
                )

    def _differences(
        self, codings: Sequence[Coding], coder: str
    ) -> tuple[list[Coding], list[str], int]:
        """Return the codings to add, the ids of those to withdraw, and how many are known."""
        mine = self._store.codings(coder=coder, include_withdrawn=True, hidden=True)
        ids = {coding.id: coding for coding in mine}
        places = {_place(coding) for coding in mine if coding.withdrawn_at is None}
        gone = [
            c.id
            for c in codings
            if c.withdrawn_at and c.id in ids and ids[c.id].withdrawn_at is None
        ]
        standing = [c for c in codings if c.withdrawn_at is None]
        left = places - {_place(ids[key]) for key in gone}
        new = [c for c in standing if c.id not in ids and _place(c) not in left]
        return new, gone, len(standing) - len(new)

    def _merge_memos(
        self, work: CoderPackage, names: Mapping[str, str], paths: Mapping[str, str], who: str
    ) -> int:
        everything = self._store.seen_by(None)
        known = {m.id for m in everything.memos()}
        standing = {c.id for c in everything.codings(coder=work.coder)}
        added = 0
        for memo in work.memos:
            target = _target(memo, names, paths)
            about_coding = memo.target_kind is MemoTarget.CODING
            if memo.id not in known and target and (not about_coding or target in standing):
                everything.add_memo(replace(memo, target=target), who)
                added += 1
        return added

    def _merge_exposures(self, work: CoderPackage, names: Mapping[str, str], who: str) -> None:
        here = set(self._store.seen_by(None).exposures())
        given = (
            replace(e, coder=work.coder, transcript=names[e.transcript]) for e in work.exposures
        )
        new = [one for one in given if one not in here]
        if new:
            self._store.expose(new, who)

    def _merge_hand_ins(self, work: CoderPackage, who: str) -> tuple[str, ...]:
        here = {one.name: one for one in self.rounds()}
        done = []
        for given in work.rounds:
            if work.coder in given.handed_in and work.coder not in here[given.name].handed_in:
                self._store.hand_in(given.name, work.coder, who)
                done.append(given.name)
        return tuple(done)


def _rules(one: Round, names: Mapping[str, str] | None = None) -> tuple[object, ...]:
    texts = sorted((names or {}).get(name, name) for name in one.transcripts)
    return (sorted(one.coders), texts, one.blind, one.suggestions, one.codebook_version)


def _place(coding: Coding) -> tuple[object, ...]:
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
