"""The 32 items of COREQ (Tong, Sainsbury and Craig 2007), by their numbers there."""

from __future__ import annotations

from qualcode.messages import Message
from qualcode.project import checklist_questions as ask
from qualcode.project.item_plans import ItemPlan, Parts, has_saturation, is_coded_once

COREQ: Parts = (
    (
        Message.within("checklist", "Research team and reflexivity"),
        (
            ItemPlan(
                "1", Message.within("item", "Interviewer"), "interviewers", question=ask.INTERVIEWER
            ),
            ItemPlan("2", Message.within("item", "Degrees"), question=ask.CREDENTIALS),
            ItemPlan("3", Message.within("item", "Occupation"), question=ask.OCCUPATION),
            ItemPlan("4", Message.within("item", "Gender"), question=ask.GENDER),
            ItemPlan("5", Message.within("item", "Experience and training"), question=ask.TRAINING),
            ItemPlan("6", Message.within("item", "Earlier relationship"), question=ask.RELATION),
            ItemPlan(
                "7",
                Message.within("item", "What participants knew of the interviewer"),
                question=ask.KNOWN_TO_PARTICIPANTS,
            ),
            ItemPlan(
                "8",
                Message.within("item", "Standpoint of the interviewer"),
                "reflexive_memos",
                question=ask.STANDPOINT,
            ),
        ),
    ),
    (
        Message.within("checklist", "Study design"),
        (
            ItemPlan(
                "9", Message.within("item", "Methodological orientation"), question=ask.APPROACH
            ),
            ItemPlan("10", Message.within("item", "Sampling"), question=ask.SAMPLING),
            ItemPlan(
                "11",
                Message.within("item", "How participants were approached"),
                question=ask.RECRUITMENT,
            ),
            ItemPlan(
                "12",
                Message.within("item", "Size of the sample"),
                "participants interviews",
                caution=ask.NO_REPRESENTATIVE,
            ),
            ItemPlan(
                "13",
                Message.within("item", "Who did not take part"),
                "withdrawals",
                question=ask.REFUSED,
            ),
            ItemPlan(
                "14", Message.within("item", "Setting"), "places_and_dates", question=ask.SETTING
            ),
            ItemPlan(
                "15",
                Message.within("item", "Others present"),
                "others_present",
                question=ask.PRESENT,
                caution=ask.NO_SILENCE,
            ),
            ItemPlan(
                "16",
                Message.within("item", "Description of the sample"),
                "attributes",
                otherwise=ask.SAMPLING,
            ),
            ItemPlan("17", Message.within("item", "Topic guide"), "guides", question=ask.PILOT),
            ItemPlan("18", Message.within("item", "Repeat interviews"), "repeats"),
            ItemPlan("19", Message.within("item", "Recording"), question=ask.RECORDED),
            ItemPlan(
                "20",
                Message.within("item", "Field notes"),
                "interview_memos",
                question=ask.FIELD_NOTES,
            ),
            ItemPlan("21", Message.within("item", "Duration"), "durations", question=ask.DURATION),
            ItemPlan(
                "22",
                Message.within("item", "Saturation"),
                "saturation",
                otherwise=ask.ENOUGH,
                caution=ask.NO_SATURATION,
                applies=has_saturation,
            ),
            ItemPlan("23", Message.within("item", "Transcripts returned"), question=ask.RETURNED),
        ),
    ),
    (
        Message.within("checklist", "Analysis and findings"),
        (
            ItemPlan(
                "24",
                Message.within("item", "Number of coders"),
                "coders rounds",
                otherwise=ask.ANALYSIS,
                caution=ask.NO_SECOND_CODER,
                applies=is_coded_once,
            ),
            ItemPlan(
                "25", Message.within("item", "Coding tree"), "coding_tree", otherwise=ask.ANALYSIS
            ),
            ItemPlan(
                "26",
                Message.within("item", "Where themes come from"),
                "derivation",
                otherwise=ask.ANALYSIS,
            ),
            ItemPlan("27", Message.within("item", "Software"), "software"),
            ItemPlan(
                "28", Message.within("item", "Feedback of participants"), question=ask.FEEDBACK
            ),
            ItemPlan(
                "29", Message.within("item", "Quotes"), "chosen_quotes", otherwise=ask.QUOTES_CHOICE
            ),
            ItemPlan(
                "30",
                Message.within("item", "Data and findings agree"),
                "consistency",
                otherwise=ask.DATA_AND_FINDINGS,
            ),
            ItemPlan(
                "31",
                Message.within("item", "Major themes"),
                "major_themes",
                otherwise=ask.INTERPRETATION,
            ),
            ItemPlan(
                "32",
                Message.within("item", "Minor themes"),
                "minor_themes",
                otherwise=ask.INTERPRETATION,
            ),
        ),
    ),
)
"""Its parts, each with its items."""
