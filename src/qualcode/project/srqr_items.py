"""The 21 items of SRQR (O'Brien et al. 2014), by their numbers there."""

from __future__ import annotations

from qualcode.messages import Message
from qualcode.project import checklist_questions as ask
from qualcode.project.item_plans import ItemPlan, Parts, has_saturation, is_coded_once

SRQR: Parts = (
    (
        Message.within("checklist", "Title and abstract"),
        (
            ItemPlan("1", Message.within("item", "Title"), question=ask.TITLE),
            ItemPlan("2", Message.within("item", "Abstract"), question=ask.ABSTRACT),
        ),
    ),
    (
        Message.within("checklist", "Introduction"),
        (
            ItemPlan("3", Message.within("item", "Problem"), question=ask.PROBLEM),
            ItemPlan("4", Message.within("item", "Question or aim"), question=ask.AIM),
        ),
    ),
    (
        Message.within("checklist", "Methods"),
        (
            ItemPlan("5", Message.within("item", "Approach and paradigm"), question=ask.APPROACH),
            ItemPlan(
                "6",
                Message.within("item", "Researchers and reflexivity"),
                "reflexive_memos",
                question=ask.REFLEXIVITY,
            ),
            ItemPlan(
                "7", Message.within("item", "Context"), "places_and_dates", question=ask.CONTEXT
            ),
            ItemPlan(
                "8",
                Message.within("item", "Sampling strategy"),
                "participants saturation",
                question=ask.SAMPLING,
                caution=ask.NO_SATURATION,
                applies=has_saturation,
            ),
            ItemPlan(
                "9",
                Message.within("item", "Ethics and confidentiality"),
                "protection withdrawals",
                question=ask.ETHICS,
            ),
            ItemPlan(
                "10",
                Message.within("item", "Ways of collecting data"),
                "interviews places_and_dates",
                question=ask.GUIDE_CHANGES,
            ),
            ItemPlan("11", Message.within("item", "Instruments"), "guides", question=ask.RECORDED),
            ItemPlan(
                "12",
                Message.within("item", "Units of study"),
                "participants attributes",
                otherwise=ask.SAMPLING,
                caution=ask.NO_REPRESENTATIVE,
            ),
            ItemPlan(
                "13",
                Message.within("item", "Processing of data"),
                "texts protection",
                question=ask.RECORDED,
            ),
            ItemPlan(
                "14",
                Message.within("item", "Analysis"),
                "coders rounds derivation software",
                question=ask.ANALYSIS,
            ),
            ItemPlan(
                "15",
                Message.within("item", "Ways to enhance trust"),
                "rounds consensus history memos",
                question=ask.TRUST,
                caution=ask.NO_SECOND_CODER,
                applies=is_coded_once,
            ),
        ),
    ),
    (
        Message.within("checklist", "Results"),
        (
            ItemPlan(
                "16",
                Message.within("item", "Synthesis and interpretation"),
                "major_themes typology",
                question=ask.INTERPRETATION,
            ),
            ItemPlan(
                "17",
                Message.within("item", "Links to the data"),
                "chosen_quotes consistency",
                otherwise=ask.QUOTES_CHOICE,
            ),
        ),
    ),
    (
        Message.within("checklist", "Discussion"),
        (
            ItemPlan("18", Message.within("item", "Place in the field"), question=ask.SIGNIFICANCE),
            ItemPlan("19", Message.within("item", "Limitations"), question=ask.LIMITS),
        ),
    ),
    (
        Message.within("checklist", "Other"),
        (
            ItemPlan("20", Message.within("item", "Conflicts of interest"), question=ask.INTERESTS),
            ItemPlan("21", Message.within("item", "Funding"), question=ask.FUNDING),
        ),
    ),
)
"""Its parts, each with its items."""
