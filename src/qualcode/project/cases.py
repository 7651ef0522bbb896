"""The respondents of a project: who they are, and which interviews are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import importing, tables
from qualcode.errors import Problem, unknown_name
from qualcode.messages import Message
from qualcode.model import Case, transcript_aliases
from qualcode.project.part import Part

if TYPE_CHECKING:
    import pandas as pd


class Cases(Part):
    """The respondents and their attributes."""

    def read(self, path: Path) -> tuple[Problem, ...]:
        """Read the respondents and their attributes from a csv or xlsx table.

        An interview belongs to the respondent that the newest table says: one who has another
        name there takes the place of the earlier one.
        """
        cases, problems = importing.read_cases(path)
        transcripts = {transcript.name for transcript in self._project.transcripts.collect()}
        missing = [
            Problem(
                Message("{name}, case {name_2}", name=path.name, name_2=case.name),
                Message("There is no transcript '{name}' in the project.", name=name),
                "Import it, or correct the name in the table.",
            )
            for case in cases
            for name in case.transcripts
            if name not in transcripts
        ]
        new_cases = tuple(
            replace(case, transcripts=tuple(t for t in case.transcripts if t in transcripts))
            for case in cases
        )
        # One who has another name in the newest table is the same person, not a second one.
        other_cases = self._without_interviews_of(new_cases)
        emptied = [case.name for case in other_cases if not case.transcripts]
        remaining = (case for case in other_cases if case.transcripts)
        self._store.put_cases((*new_cases, *remaining), self._coder, gone=emptied)
        return (*problems, *missing)

    def _without_interviews_of(self, new_cases: Sequence[Case]) -> tuple[Case, ...]:
        """Return the respondents of other names whose interviews are now those of new ones."""
        names = {case.name for case in new_cases}
        interviews = {name for case in new_cases for name in case.transcripts}
        return tuple(
            replace(case, transcripts=tuple(t for t in case.transcripts if t not in interviews))
            for case in self.collect()
            if case.name not in names and interviews & {*case.transcripts}
        )

    def replace(self, cases: Iterable[Case]) -> None:
        """Store the respondents of the project; those that are not among them are removed.

        Raises:
            ConflictError: there is a memo on a respondent that would be removed.
        """
        new_cases = tuple(cases)
        removed = {case.name for case in self.collect()} - {case.name for case in new_cases}
        self._store.put_cases(new_cases, self._coder, gone=sorted(removed))

    def collect(self) -> tuple[Case, ...]:
        """Return the respondents."""
        with self._snapshot() as snapshot:
            return snapshot.cases

    def collect_for_print(self) -> tuple[Case, ...]:
        """Return the respondents with their attributes as they may be printed."""
        with self._snapshot() as snapshot:
            return self._project.disclosure.measures().of_cases(snapshot.cases)

    def respondents(self) -> tuple[Case, ...]:
        """Return whom reports count: the cases, or one for each interview where there are none."""
        with self._snapshot() as snapshot:
            cases = self.collect_for_print()
            if cases:
                return cases
            names = [transcript.name for transcript in snapshot.transcripts]
        labels = transcript_aliases(names, ())
        return tuple(Case(labels[name], transcripts=(name,)) for name in names)

    def values_of(self, attribute: str) -> dict[str, str]:
        """Return the value that respondents have on an attribute, by transcript.

        Where the respondents of one transcript differ, all their values: "men + women".

        Raises:
            UnknownNameError: no case has such an attribute.
        """
        cases = self.collect()
        attributes = {key for case in cases for key in case.attributes}
        if attribute not in attributes:
            raise unknown_name("attribute", attribute, attributes, "the cases")
        values: dict[str, list[str]] = {}
        for case in cases:
            for name in case.transcripts:
                values.setdefault(name, []).append(case.attributes.get(attribute, ""))
        return {
            name: " + ".join(sorted({*case_values} - {""})) for name, case_values in values.items()
        }

    def table(self) -> pd.DataFrame:
        """Return the respondents as a DataFrame, by name, with a column per attribute."""
        return tables.cases_table(self.collect())
