"""Facts on the material of a study: who took part, the interviews, the topic guides, the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from types import MappingProxyType

from qualcode import quotes
from qualcode.messages import Message
from qualcode.model import Role, Transcript
from qualcode.project.fact_finder import FactFinder

_KINDS = MappingProxyType(
    {
        "interview": Message("interviews"),
        "group": Message("group interviews"),
        "document": Message("documents"),
        "answers": Message("questions of a survey"),
    }
)
_OF_INTERVIEWS = MappingProxyType(
    {
        "place": Message("Places of the interviews"),
        "mode": Message("How the interviews were held"),
    }
)
_SPOKEN = frozenset({"interview", "group"})


class MaterialFacts(FactFinder):
    """Facts on participants, interviews and guides."""

    @cached_property
    def _cases(self) -> tuple[tuple[str, str], ...]:
        """The name and the group of each participant."""
        cases = self._project.cases.respondents()
        return tuple((case.name, case.attributes.get("group", "").strip()) for case in cases)

    @cached_property
    def _interviews(self) -> tuple[Transcript, ...]:
        """The interviews, of one or of several; no documents and no answers of a survey."""
        texts = self._snapshot.transcripts
        return tuple(text for text in texts if (text.kind or "interview") in _SPOKEN)

    def participants(self) -> Iterator[Message]:
        """Yield how many people took part, per group."""
        if not self._cases:
            return
        yield Message.counted(
            "{count} participant took part.", "{count} participants took part.", len(self._cases)
        )
        groups = Counter(group for _, group in self._cases if group)
        marks = quotes.hide_row([*groups.values()], self._measures.threshold)
        if groups:
            # Sizes of groups are counts like any other: the table of the sample decides on them.
            decided = quotes.sample_risk("group") in self._measures.confirmed
            is_hidden = self._measures.hide_counts or not decided
            sizes = tuple(
                Message(
                    "{group}: {size}",
                    group=self._words.group(group),
                    size=(mark if is_hidden else "") or str(count),
                )
                for (group, count), mark in zip(groups.items(), marks, strict=True)
            )
            yield Message("Per group: {sizes}.", sizes=sizes)

    def interviews(self) -> Iterator[Message]:
        """Yield how many interviews there are, and in what language."""
        texts = self._snapshot.transcripts
        if texts:
            kinds = Counter(text.kind or "interview" for text in texts)
            names = tuple(
                Message("{kind} ({count})", kind=_KINDS[kind], count=count)
                for kind, count in kinds.items()
            )
            yield Message("The material: {kinds}.", kinds=names)

    def interviewers(self) -> Iterator[Message]:
        """Yield in how many interviews somebody is known as the interviewer."""
        texts = self._interviews
        with_one = [t for t in texts if any(s.role is Role.INTERVIEWER for s in t.speakers)]
        if with_one:
            yield Message(
                "In {count} of {all} interviews a speaker has the role of interviewer.",
                count=len(with_one),
                all=len(texts),
            )
        people = {t.attributes.get("interviewer", "").strip() for t in texts} - {""}
        if people:
            yield Message.counted(
                "{count} interviewer is recorded with the interviews.",
                "{count} interviewers are recorded with the interviews.",
                len(people),
            )

    def others_present(self) -> Iterator[Message]:
        """Yield whether anybody else speaks in the interviews."""
        texts = self._interviews
        others = sum(any(s.role is Role.OTHER for s in text.speakers) for text in texts)
        if texts:
            yield Message(
                "Somebody other than interviewers and participants speaks in {count} of {all} "
                "interviews.",
                count=others,
                all=len(texts),
            )

    def attributes(self) -> Iterator[Message]:
        """Yield which characteristics of the participants are recorded."""
        cases = self._project.cases.respondents()
        names = dict.fromkeys(n for c in cases for n, v in c.attributes.items() if v.strip())
        if names:
            yield Message(
                "Recorded of the participants: {names}. Their numbers are in the annex on the "
                "sample.",
                names=tuple(self._words.attribute(name) for name in names),
            )

    def places_and_dates(self) -> Iterator[Message]:
        """Yield what is recorded about where, when and how the interviews were held."""
        texts = self._interviews
        dates = sorted({text.attributes.get("date", "").strip() for text in texts} - {""})
        if dates:
            yield Message(
                "The interviews were held from {first} to {last}.", first=dates[0], last=dates[-1]
            )
        for name, label in _OF_INTERVIEWS.items():
            counts = Counter(text.attributes.get(name, "").strip() for text in texts)
            # A place of a single interview may point at who lives there.
            shared = [v for v, n in counts.items() if v and n >= self._measures.threshold]
            if shared:
                yield Message("{label}: {values}.", label=label, values=tuple(sorted(shared)))

    def withdrawals(self) -> Iterator[Message]:
        """Yield how many participants withdrew."""
        count = sum(event.action == "participant.withdraw" for event in self._events)
        if count:
            yield Message.counted(
                "{count} participant withdrew; all that this person said is erased.",
                "{count} participants withdrew; all that they said is erased.",
                count,
            )
        else:
            yield Message("Nobody withdrew after the interviews were imported.")

    def repeats(self) -> Iterator[Message]:
        """Yield how many participants were interviewed more than once."""
        names = {text.name for text in self._interviews}
        per_case = [
            {part.transcript for part in case.participations} & names
            for case in self._project.cases.respondents()
        ]
        # Who only answered a survey was not interviewed once, so not more than once either.
        cases = [taken for taken in per_case if taken]
        if cases:
            repeated = sum(len(taken) > 1 for taken in cases)
            yield Message.counted(
                "{count} of {all} participants takes part in more than one interview.",
                "{count} of {all} participants take part in more than one interview.",
                repeated,
                all=len(cases),
            )

    def guides(self) -> Iterator[Message]:
        """Yield the topic guides with their numbers of questions."""
        for guide in self._snapshot.guides:
            yield Message.counted(
                "‘{guide}’ with {count} question.",
                "‘{guide}’ with {count} questions.",
                len(guide.questions),
                guide=self._words.of(guide.title) or guide.name,
            )
        if self._snapshot.guides:
            yield Message("Their questions are in the annex of topic guides.")

    def durations(self) -> Iterator[Message]:
        """Yield how long the interviews took, by their time stamps, and how many words they have.

        The last stamp stands before the last turn, so a length is a little too short.
        """
        minutes = []
        for text in self._interviews:
            times = [turn.time_ms for turn in text.turns if turn.time_ms is not None]
            if len(times) > 1:
                minutes.append((max(times) - min(times)) / 60_000)
        if minutes:
            yield Message(
                "By the time stamps of {count} of {all} interviews: {mean} minutes on average, "
                "from {low} to {high}.",
                count=len(minutes),
                all=len(self._interviews),
                mean=round(sum(minutes) / len(minutes)),
                low=round(min(minutes)),
                high=round(max(minutes)),
            )

    def texts(self) -> Iterator[Message]:
        """Yield what the texts are, and whether they were corrected."""
        texts = self._snapshot.transcripts
        if not texts:
            return
        yield Message.counted(
            "{count} text was imported and is kept unchanged, with its sha256; codings hold "
            "positions in it.",
            "{count} texts were imported and are kept unchanged, each with its sha256; codings "
            "hold positions in them.",
            len(texts),
        )
        corrected = {e.target for e in self._events if e.action == "text.replace" and not e.undone}
        if corrected:
            yield Message.counted(
                "{count} text was corrected later; the history keeps what changed.",
                "{count} texts were corrected later; the history keeps what changed.",
                len(corrected),
            )
