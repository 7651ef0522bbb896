"""The words that stand for names: a role in the language of the study."""

from __future__ import annotations

from types import MappingProxyType

_PAIRS = """
arts: doctor
begeleider: counsellor
broer: brother
buurjongen: neighbour
buurman: neighbour
buurmeisje: neighbour
buurvrouw: neighbour
café: pub
cliënt: client
cliënte: client
collega: colleague
directeur: director
dochter: daughter
eigenaar: owner
familielid: relative
functionaris: official
geestelijke: cleric
huisgenoot: housemate
instelling: institution
kennis: acquaintance
kerk: church
kind: child
leerkracht: teacher
leidinggevende: manager
moeder: mother
moskee: mosque
patiënt: patient
patiënte: patient
persoon: person
praktijk: practice
psychiater: psychiatrist
psycholoog: psychologist
schoonzus: sister-in-law
stagiair: trainee
stagiaire: trainee
studente: student
teamgenoot: teammate
therapeut: therapist
vader: father
vereniging: association
verpleegkundige: nurse
vriend: friend
vriendin: friend
vrijwilliger: volunteer
werkgever: employer
ziekenhuis: hospital
zoon: son
zorgverlener: carer
zus: sister
zwager: brother-in-law
naam: name
plaats: place
adres: address
postcode: postcode
telefoonnummer: phone number
e-mailadres: email address
website: website
rekeningnummer: account number
kenteken: licence plate
bsn: citizen number
geboortedatum: date of birth
geboortejaar: year of birth
datum: date
""".strip().split("\n")
_WORDS = MappingProxyType(dict(pair.split(": ") for pair in _PAIRS))
_YEARS = " jaar"
"""The end of a band of ages: "20-29 jaar"."""


def role_in(language: str, role: str) -> str:
    """Return a role of the rules, which are Dutch, in the language of a study.

    Args:
        language: Language of the study; any other than Dutch reads English.
        role: The role ("vriend"), or a band of ages ("20-29 jaar").
    """
    if language == "nl":
        return role
    if role.endswith(_YEARS):
        return role.removesuffix(_YEARS) + " years"
    return _WORDS.get(role, role)
