"""The archive of the study for a repository, made while the page is used, and its check."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from qualcode.errors import Problem, QualcodeError, UndefinedRequestError
from qualcode.project import attribute_name, verify_archive

from ... import background_jobs, session
from ...widgets.downloads import of_now
from ...widgets.problems import show_problems
from ...widgets.text import show_heading


@dataclass(frozen=True)
class _Made:
    """What became of an archive: the file, or why there is none."""

    problems: tuple[Problem, ...] = ()
    file: bytes = b""
    refusal: str = ""


def show_archive(language: str) -> None:
    """Ask whose interviews may go in, make the archive, and offer it."""
    _ = session.words()
    show_heading(_("Archive"))
    st.caption(
        _(
            "For a repository: the texts and codings with aliases, documentation, tables, consent "
            "and hashes. Withheld passages are masked."
        )
    )
    names = dict.fromkeys(n for c in session.project().cases.collect() for n in c.attributes)
    nobody = _("none: all may go in, because")
    consent = st.selectbox(
        _("Attribute with the consent of participants"),
        [*names, ""],
        format_func=lambda name: attribute_name(name, session.language()) if name else nobody,
        # No attribute is taken for consent by itself: a person says which one, or why all may go
        # in.
        index=len(names),
        key="archive-consent",
        width=420,
    )
    reason = ""
    if not consent:
        reason = st.text_input(_("Why all interviews may go in"), key="archive-reason")
    names_because = st.text_input(
        _("Why likely names that are left may stay"),
        help=_("Only where the check below finds some. The reason is written into the archive."),
        key="archive-names",
    )
    _make(consent, reason.strip(), names_because.strip(), language)


def _make(consent: str, reason: str, names_because: str, language: str) -> None:
    _ = session.words()
    project = session.project()

    def work(tell: background_jobs.Tell) -> _Made:
        tell(0.0, "")
        publication = project.exchange.publication
        with tempfile.TemporaryDirectory() as folder, project.snapshot():
            path = Path(folder) / "archive.zip"
            problems: tuple[Problem, ...] = ()
            try:
                problems = publication.check_archive(
                    consent=consent, reason=reason, language=language
                )
                publication.make_archive(
                    path,
                    consent=consent,
                    reason=reason,
                    names_because=names_because,
                    language=language,
                )
            except UndefinedRequestError as error:
                # A reason on the page, not a failure of the work.
                return _Made(problems, refusal=str(error))
            return _Made(problems, path.read_bytes())

    about = (session.view(), consent, reason, names_because, language, project.history.revision())
    is_decided = bool(consent or reason)
    if not is_decided:
        st.caption(_("First choose the attribute with the consent, or say why all may go in."))
    if st.button(_("Make the archive"), disabled=not is_decided):
        background_jobs.start("archive", about, _("Making the archive…"), work)
        st.rerun()
    archive = background_jobs.result("archive", about)
    if archive is None:
        return
    if archive.refusal:
        st.info(_.translate(archive.refusal))
    show_problems(archive.problems, _)
    if archive.file:
        st.download_button(
            _("Download the archive"),
            data=of_now(partial(bytes, archive.file)),
            file_name="archive.zip",
            icon=":material/download:",
            on_click="ignore",
            key="archive-download",
        )


def show_check() -> None:
    """Check an archive that is given: every file, and every table computed again."""
    _ = session.words()
    show_heading(_("Check an archive"))
    given = st.file_uploader(
        _("The archive, a zip file"), type=["zip"], key="archive-to-check", width=420
    )
    if given is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.zip"
        path.write_bytes(given.getvalue())
        try:
            report = verify_archive(path)
        except QualcodeError as error:
            st.error(_.translate(str(error)))
            return
    if not report.problems and not report.older:
        st.success(
            _(
                "The archive is whole: {files} files have their hash, and {tables} tables come "
                "out the same.",
                files=report.files,
                tables=report.tables,
            )
        )
    for problem in report.problems:
        st.error(_.translate(str(problem)))
    for problem in report.older:
        st.warning(_.translate(str(problem)))
