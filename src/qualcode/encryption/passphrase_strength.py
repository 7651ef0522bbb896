"""Refuses passphrases that somebody with the file would guess."""

from __future__ import annotations

from qualcode.errors import InvalidValueError
from qualcode.messages import Message

PASSPHRASE_LENGTH = 8
"""Minimum number of characters of a passphrase."""

_FEWEST_GUESSES = 10**10
"""At half a second of computing for each guess, more than a century of one machine."""

_LONGEST_MEASURED = 72

# The library knows English; these are what Dutch people take, and what lies near in a study.
_WORDS = (
    "wachtwoord welkom geheim paswoord toegang inloggen hallo hoi lente zomer herfst winter "
    "januari februari maart april mei juni juli augustus september oktober november december "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag amsterdam rotterdam utrecht "
    "eindhoven groningen nijmegen leiden tilburg maastricht nederland belgie ajax feyenoord psv "
    "interview interviews onderzoek codeboek respondent deelnemer transcript kwalitatief scriptie "
    "proefschrift universiteit hogeschool rivm trimbos qualcode maxqda atlas nvivo schatje liefje "
    "lekker voetbal computer laptop backup reservekopie sleutel namen"
).split()


def refuse_weak(passphrase: str) -> None:
    """Refuse a passphrase that is short, or that is guessed within a century.

    Raises:
        InvalidValueError: it is too weak; the text says what is better.
    """
    if len(passphrase) < PASSPHRASE_LENGTH:
        raise InvalidValueError(
            Message(
                "The passphrase has {count_passphrase} characters; it should have at least "
                "{passphrase_length}. Four or five words that do not belong together are best.",
                count_passphrase=len(passphrase),
                passphrase_length=PASSPHRASE_LENGTH,
            )
        )
    # Imported when needed: its lists of words take a while to load.
    from zxcvbn import zxcvbn

    guesses = zxcvbn(passphrase[:_LONGEST_MEASURED], user_inputs=list(_WORDS))["guesses"]
    if guesses < _FEWEST_GUESSES:
        raise InvalidValueError(
            "The passphrase is easily guessed: names, years, words alone and rows of keys are "
            "tried first. Take four or five words that do not belong together."
        )
