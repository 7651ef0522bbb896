"""Labels of speakers that nobody can tell apart: "Man?", "meerdere", "allen", "unknown"."""

from __future__ import annotations

import re

_MANY = (
    r"meerdere|allen|allemaal|iedereen|samen|beiden?|groep|deelnemers|deelneemsters|respondenten"
    r"|door elkaar|koor|zaal|publiek|several|all|everyone|everybody|both|various|multiple|group"
    r"|participants|respondents|together|crosstalk|audience|chorus"
)
_UNKNOWN = (
    r"onbekende?|onduidelijk|onverstaanbaar|iemand|niet te horen|unknown|unidentified|unclear"
    r"|inaudible|someone|somebody|unsure"
)
_PEOPLE = (
    r"sprekers?|stem(?:men)?|persoon|personen|man(?:nen)?|vrouw(?:en)?|deelnemers?|deelneemsters?"
    r"|respondent(?:en|e)?|mensen|speakers?|voices?|persons?|people|men|women|(?:fe)?male"
    r"|participants?|respondents?|interviewee"
)
_UNCERTAIN = re.compile(
    rf"(?:(?:{_MANY})|(?:{_UNKNOWN})|(?:{_MANY}|{_UNKNOWN}) (?:{_PEOPLE})"
    rf"|(?:{_PEOPLE}) (?:{_MANY}|{_UNKNOWN}))(?:[ _-]?\d{{1,3}})?"
)
_LONGEST = 80


def is_uncertain_label(label: str) -> bool:
    """Tell whether a speaker label stands for several people, or for nobody in particular.

    A question mark in a label ("Man?", "R2 (?)") says that the transcriber was not sure.
    """
    if len(label) > _LONGEST:
        return False
    key = " ".join(label.split()).casefold().rstrip(".:").strip("()[] ")
    return key.endswith("?") or _UNCERTAIN.fullmatch(key) is not None
