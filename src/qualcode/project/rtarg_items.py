"""What RTARG (Braun and Clarke 2024) wants reported, by the parts of a report."""

from __future__ import annotations

from qualcode.messages import Message
from qualcode.project import checklist_questions as ask
from qualcode.project.item_plans import ItemPlan, Parts, is_coded_twice

RTARG: Parts = (
    (
        Message.within("checklist", "Introduction"),
        (
            ItemPlan("1", Message.within("item", "Question or aim"), question=ask.AIM),
            ItemPlan(
                "2", Message.within("item", "Reason for this approach"), question=ask.WHY_REFLEXIVE
            ),
        ),
    ),
    (
        Message.within("checklist", "Methodology"),
        (
            ItemPlan(
                "3", Message.within("item", "Theory and assumptions"), question=ask.ASSUMPTIONS
            ),
            ItemPlan(
                "4",
                Message.within("item", "Researchers and reflexivity"),
                "reflexive_memos",
                question=ask.REFLEXIVITY,
            ),
            ItemPlan(
                "5",
                Message.within("item", "Orientation of the analysis"),
                "derivation",
                question=ask.ORIENTATION,
                caution=ask.NOT_REFLEXIVE,
                applies=is_coded_twice,
            ),
        ),
    ),
    (
        Message.within("checklist", "Methods"),
        (
            ItemPlan(
                "6",
                Message.within("item", "Participants and data"),
                "participants interviews",
                question=ask.DATASET,
                caution=ask.NO_REFLEXIVE_SATURATION,
            ),
            ItemPlan(
                "7",
                Message.within("item", "Collecting data"),
                "guides durations",
                question=ask.GUIDE_CHANGES,
            ),
            ItemPlan(
                "8",
                Message.within("item", "Ethics and confidentiality"),
                "protection",
                question=ask.ETHICS,
            ),
            ItemPlan(
                "9",
                Message.within("item", "Phases of the analysis"),
                "history memos software",
                question=ask.PHASES,
            ),
            ItemPlan(
                "10",
                Message.within("item", "Quality"),
                "memos history",
                question=ask.QUALITY,
                caution=ask.NO_KAPPA,
            ),
            ItemPlan(
                "11",
                Message.within("item", "Feedback of participants"),
                question=ask.FEEDBACK,
                caution=ask.NO_MEMBER_CHECK,
            ),
        ),
    ),
    (
        Message.within("checklist", "Results"),
        (
            ItemPlan(
                "12",
                Message.within("item", "Overview of the themes"),
                "major_themes",
                question=ask.THEME_REPORT,
                caution=ask.NO_EMERGING,
            ),
            ItemPlan(
                "13", Message.within("item", "What a theme is"), question=ask.THEME_DEFINITION
            ),
            ItemPlan(
                "14",
                Message.within("item", "Quotes and interpretation"),
                "chosen_quotes consistency",
                question=ask.NARRATIVE,
                caution=ask.NO_COUNTS,
            ),
        ),
    ),
    (
        Message.within("checklist", "Discussion"),
        (
            ItemPlan("15", Message.within("item", "Conclusions"), question=ask.CONCLUSION),
            ItemPlan("16", Message.within("item", "Place in the field"), question=ask.SIGNIFICANCE),
            ItemPlan("17", Message.within("item", "Limitations"), question=ask.LIMITS),
        ),
    ),
)
"""Its parts, each with its items."""
