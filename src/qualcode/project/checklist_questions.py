"""What an author has to answer for a reporting standard, and what a project never lets one claim.

In words of this program: the standards themselves are under copyright.
"""

from __future__ import annotations

from qualcode.messages import Message

# --- the researchers -------------------------------------------------------------------------

INTERVIEWER = Message("Which of the authors held the interviews?")
CREDENTIALS = Message("Give the degrees of the researchers.")
OCCUPATION = Message("What did the researchers do for a living during the study?")
GENDER = Message("Give the gender of the researchers.")
TRAINING = Message("What experience and training did the interviewers have?")
RELATION = Message("Did interviewers and participants know each other before the study, and how?")
KNOWN_TO_PARTICIPANTS = Message("What were participants told about the researchers and their aims?")
STANDPOINT = Message(
    "With which assumptions, interests and views of the subject did the researchers begin?"
)
REFLEXIVITY = Message(
    "How did who the researchers are shape the questions, the coding and the conclusions?"
)

# --- the design ------------------------------------------------------------------------------

TITLE = Message("Say in the title what was studied, and that the study is qualitative.")
ABSTRACT = Message("Give background, aim, methods, results and conclusions in the abstract.")
AUTHOR_NOTE = Message("Give funding, interests, thanks and who to write to.")
PROBLEM = Message("What is the problem, why does it matter, and what was known already?")
AIM = Message("What is the research question or the aim?")
APPROACH = Message("Which approach and which theory or paradigm underlie the study, and why?")
SAMPLING = Message("How and why were these participants selected?")
RECRUITMENT = Message("How were participants approached, and by whom?")
ENOUGH = Message("How was decided that there were enough participants?")
REFUSED = Message("How many people declined or stopped, and why?")
SETTING = Message("Where were the interviews held?")
CONTEXT = Message("In which setting and circumstances was the study done?")
PRESENT = Message("Was anybody present who did not speak?")
ETHICS = Message("Which committee approved the study, and how did participants consent?")
PILOT = Message("Was the topic guide tried out first, and changed?")
GUIDE_CHANGES = Message("How did the questions change during the study, and why?")
RECORDED = Message("Were the interviews recorded as sound or video, and how were they written out?")
DURATION = Message("How long did the interviews take?")
FIELD_NOTES = Message("Were notes made during or after the interviews?")
RETURNED = Message("Did participants get their transcript to correct?")
FEEDBACK = Message("Did participants comment on the findings?")

# --- analysis, results, discussion -----------------------------------------------------------

ANALYSIS = Message("How were codes and themes made, step by step, and by whom?")
TRUST = Message("What was done so that the findings can be trusted, and why that?")
INTERPRETATION = Message("Work out what the themes mean, and how they relate.")
QUOTES_CHOICE = Message("Do the quotes show every theme, and also what contradicts it?")
DATA_AND_FINDINGS = Message("Can a reader see in the data where each finding comes from?")
SIGNIFICANCE = Message("How do the findings relate to earlier work, and what do they add?")
LIMITS = Message("What are the limits of the study, and to whom might it carry over?")
INTERESTS = Message("Name interests that may have influenced the study.")
FUNDING = Message("Who paid for the study, and what was their part in it?")

# --- reflexive thematic analysis -------------------------------------------------------------

WHY_REFLEXIVE = Message("Why is reflexive thematic analysis right for this question?")
ASSUMPTIONS = Message("On what view of knowledge and reality does the analysis rest?")
ORIENTATION = Message(
    "Was coding led by the data or by theory, and did it stay close to what was said or look "
    "below it?"
)
PHASES = Message("Tell what was really done in each phase, going back and forth included.")
DATASET = Message("Describe the data, and why they are rich enough for the question.")
THEME_DEFINITION = Message("Is each theme one idea that is shared, rather than a subject?")
THEME_REPORT = Message("Give the themes and how they hang together, in words or a figure.")
NARRATIVE = Message("Does the text interpret the quotes, and not just string them together?")
QUALITY = Message("How was quality looked after in ways that suit reflexive work?")
CONCLUSION = Message("What do the themes together say in answer to the question?")

# --- what cannot be claimed ------------------------------------------------------------------

NO_SECOND_CODER = Message(
    "That a second coder checked the coding: no interview was coded by two people."
)
NO_SATURATION = Message(
    "That the data were saturated: that few new codes came up is a count, and the order of the "
    "interviews changes it."
)
NO_SILENCE = Message("That nobody else was in the room: the text shows only who spoke.")
NO_KAPPA = Message(
    "That the coding is reliable: kappa and other agreement between coders, and a consensus on one "
    "right code, do not belong to reflexive thematic analysis."
)
NOT_REFLEXIVE = Message(
    "That this was reflexive thematic analysis, without more: the project has interviews coded "
    "twice and compared. That is a codebook or coding reliability approach; name it so, or explain."
)
NO_REFLEXIVE_SATURATION = Message(
    "Saturation as the reason for the size of the sample: that does not fit meaning that "
    "researchers make."
)
NO_EMERGING = Message("That themes emerged, or were found: researchers make them.")
NO_COUNTS = Message("That a theme matters because many participants have it.")
NO_MEMBER_CHECK = Message("That feedback of participants proves an interpretation right.")
NO_REPRESENTATIVE = Message(
    "Shares of a population: the participants were not drawn from one at random."
)
