"""The parts of a report that JARS-Qual (Levitt et al. 2018) names; it has no numbers."""

from __future__ import annotations

from qualcode.messages import Message
from qualcode.project import checklist_questions as ask
from qualcode.project.item_plans import ItemPlan, Parts, has_saturation, is_coded_once

JARS: Parts = (
    (
        Message.within("checklist", "Title and abstract"),
        (
            ItemPlan("1", Message.within("item", "Title"), question=ask.TITLE),
            ItemPlan("2", Message.within("item", "Author note"), question=ask.AUTHOR_NOTE),
            ItemPlan("3", Message.within("item", "Abstract"), question=ask.ABSTRACT),
        ),
    ),
    (
        Message.within("checklist", "Introduction"),
        (
            ItemPlan("4", Message.within("item", "Problem"), question=ask.PROBLEM),
            ItemPlan("5", Message.within("item", "Question or aim"), question=ask.AIM),
        ),
    ),
    (
        Message.within("checklist", "Methods"),
        (
            ItemPlan(
                "6",
                Message.within("item", "Overview of the design"),
                "interviews",
                question=ask.APPROACH,
            ),
            ItemPlan(
                "7",
                Message.within("item", "Description of the researchers"),
                "reflexive_memos",
                question=ask.STANDPOINT,
            ),
            ItemPlan(
                "8",
                Message.within("item", "Participants and other sources"),
                "participants interviews attributes",
                otherwise=ask.SAMPLING,
                caution=ask.NO_REPRESENTATIVE,
            ),
            ItemPlan(
                "9",
                Message.within("item", "Relation of researchers and participants"),
                question=ask.RELATION,
            ),
            ItemPlan(
                "10", Message.within("item", "Recruitment"), "withdrawals", question=ask.RECRUITMENT
            ),
            ItemPlan(
                "11",
                Message.within("item", "Selection of participants"),
                "saturation",
                question=ask.SAMPLING,
                caution=ask.NO_SATURATION,
                applies=has_saturation,
            ),
            ItemPlan(
                "12",
                Message.within("item", "Collecting data"),
                "guides durations repeats",
                question=ask.GUIDE_CHANGES,
            ),
            ItemPlan(
                "13",
                Message.within("item", "Recording and transformation of data"),
                "texts protection",
                question=ask.RECORDED,
            ),
            ItemPlan(
                "14",
                Message.within("item", "Analysis"),
                "coders rounds coding_tree derivation software",
                question=ask.ANALYSIS,
            ),
            ItemPlan(
                "15",
                Message.within("item", "Methodological integrity"),
                "consensus history memos consistency",
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
                Message.within("item", "Findings"),
                "major_themes minor_themes chosen_quotes typology",
                question=ask.INTERPRETATION,
            ),
        ),
    ),
    (
        Message.within("checklist", "Discussion"),
        (
            ItemPlan("17", Message.within("item", "Discussion"), question=ask.SIGNIFICANCE),
            ItemPlan("18", Message.within("item", "Limitations"), question=ask.LIMITS),
        ),
    ),
)
"""Its parts, each with its items."""
