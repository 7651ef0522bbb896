"""Finds passages by their form: mail, phone, web, numbers, addresses, dates and ages.

Each rule yields findings in a text without the notes of the transcriber; ``detection`` decides
between overlapping findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from qualcode.model import Span
from qualcode.pseudonyms.numbers import ALTERNATIVES, value_of
from qualcode.pseudonyms.values import Finding, NameKind

IsWord = Callable[[str], bool]

_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec"
)
_DAY = rf"(?:\d{{1,2}}(?:e|ste|de)?|{ALTERNATIVES})"
_STREET = (
    "straat|laan|plein|weg|kade|gracht|singel|dreef|steeg|hof|plantsoen|dijk|markt|park|pad|"
    "boulevard|ring|wal|haven"
)
_CAP = r"[^\W\d_a-zà-öø-ÿ][^\W\d_]*"
_SIMPLE: tuple[tuple[NameKind, str, str, re.Pattern[str]], ...] = (
    (
        NameKind.MAIL,
        "e-mailadres",
        "mail address",
        re.compile(
            r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
            r"|\b[^\W_]\w*(?: (?:punt|streepje|underscore) \w+)* apenstaart(?:je)? \w+ punt \w+"
        ),
    ),
    (
        NameKind.WEBSITE,
        "website",
        "web address",
        re.compile(
            r"(?:https?://|www\.)[^\s<>\"”\[\]]*[^\s<>\"”\[\].,;:!?)]"
            r"|(?<![\w@.])[a-z0-9][\w-]*(?:\.[\w-]+)*\.(?:nl|com|org|net|eu|be|info)"
            r"(?:/[^\s\[\]]*)?(?![\w.]*\w)"
        ),
    ),
    (
        NameKind.PHONE,
        "telefoonnummer",
        "phone number",
        re.compile(
            r"(?<![\w+])(?:\+31|0031|0)[ -]?(?:\(0\)[ -]?)?[1-9](?:[ .-]?\d){8}(?!\d)"
            r"|(?<![\w+])\+[1-9]\d{0,2}(?:[ .-]?\d){7,12}(?!\d)"
        ),
    ),
    (
        NameKind.ACCOUNT,
        "account",
        "handle with @",
        re.compile(r"(?<![\w@.])@[A-Za-z_][\w.]{1,29}(?<!\.)"),
    ),
)
_ACCOUNT = re.compile(
    r"(?i:\b(?:insta(?:gram)?|snap(?:chat)?|tiktok|telegram|account|gebruikersnaam|username)\b)"
    r"[^\n.!?]{0,25}?\s([A-Za-z]\w*[\d_]\w*)(?!\w)"
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_PLATE = re.compile(r"(?<![\w-])(?=\S*\d)[A-Z\d]{1,3}-[A-Z\d]{2,3}-[A-Z\d]{1,2}(?![\w-])")
_BSN = re.compile(r"(?<![\w.+-])(?:\d{9}|\d{3}[. ]\d{3}[. ]\d{3}|\d{4}[. ]\d\d[. ]\d{3})(?![\w-])")
_BSN_CUE = re.compile(r"(?i)\b(?:bsn|burgerservicenummer|sofi-?nummer)\W[^\n]{0,20}$")
# Dutch postcodes never end in SA, SD or SS.
_POSTCODE = re.compile(r"(?<![\w])[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?!\w)")
_STREET_NAME = re.compile(
    rf"(?:{_CAP}(?: (?:van|de|der|den|het|ten|ter|'t|’t))* ){{0,3}}"
    rf"(?:[^\W\d_a-zà-öø-ÿ][^\W\d_]*(?:{_STREET})|{_CAP} (?:{_STREET.title()}))\b"
    r"(?: (\d{1,4}(?: ?[a-zA-Z]\b|-\d+|-[IVX]+\b)?)(?!\d))?"
)
# Endings that many ordinary words have; at the start of a sentence they prove no street.
_WEAK = re.compile(r"(?:weg|hof|markt|park|pad|ring|wal|haven)$")
_NUMBERED = re.compile(
    rf"\b{_CAP}(?: {_CAP})? (\d{{1,4}} ?[a-zA-Z]?)(?=,? [1-9]\d{{3}} ?[A-Z]{{2}}\b)"
)
_DATE = re.compile(
    rf"(?<![\w-])(?:{_DAY} (?:{_MONTHS})\b\.?(?: (?:'|’)?\d{{2,4}}\b)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?![\d-])|(?:19|20)\d\d-\d\d-\d\d(?![\d-]))",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"(?i)\b(?:geboren|geboortedatum|geboortejaar|verjaardag|jarig)\b[^\n.!?]{0,25}$"
)
_BORN_YEAR = re.compile(
    r"(?i)\b(?:geboren (?:in|van|uit)|geboortejaar(?: is)?|van) ((?:19|20)\d\d)\b"
)
_NUMBER = rf"(?:[1-9]\d|{ALTERNATIVES})"
_AGES = (
    re.compile(rf"(?i)\b({_NUMBER} jaar)(?= oud\b)"),
    re.compile(rf"(?i)\b({_NUMBER}[- ]?jarige?n?)\b"),
    re.compile(
        r"(?i)\b(?:ik (?:ben|was|word|werd)|(?:hij|zij|ze|die) (?:is|was|wordt|werd)|"
        rf"(?:ben|was|word) ik|leeftijd(?: is| van)?)(?: (?:nu|net|bijna|pas|al|toen))? ({_NUMBER}"
        r"(?: jaar(?=\s*[.,;!?\n]|\s*$|,? en))?)(?=\s*[.,;!?…\n]|\s*$|,? (?:en|toen|geworden|nu)\b)"
    ),
)


def find_patterns(text: str, is_word: IsWord) -> Iterator[Finding]:
    """Yield passages by their form, in order of the rules, the most certain first."""
    yield from _numbers(text)
    for kind, role, because, pattern in _SIMPLE:
        for match in pattern.finditer(text):
            yield _found(text, match.span(), kind, because, role)
    for match in _ACCOUNT.finditer(text):
        yield _found(
            text, match.span(1), NameKind.ACCOUNT, "after the name of a network", "account"
        )
    yield from _addresses(text, is_word)
    yield from _dates(text)
    yield from _ages(text)


def _found(text: str, place: tuple[int, int], kind: NameKind, because: str, role: str) -> Finding:
    return Finding(Span(*place), text[slice(*place)], kind, because, role)


def _numbers(text: str) -> Iterator[Finding]:
    for match in _IBAN.finditer(text):
        plain = match.group().replace(" ", "")
        # A Dutch number with a typing error still identifies somebody, so its check digits do not
        # count.
        if plain.startswith("NL") or _is_iban(plain):
            yield _found(text, match.span(), NameKind.NUMBER, "bank account", "rekeningnummer")
    for match in _PLATE.finditer(text):
        # a Dutch plate has letters: 12-05-20 is a date
        if any(char.isalpha() for char in match.group()):
            yield _found(text, match.span(), NameKind.NUMBER, "licence plate", "kenteken")
    for match in _BSN.finditer(text):
        digits = [int(char) for char in match.group() if char.isdecimal()]
        if _BSN_CUE.search(text[: match.start()]) or _is_bsn(digits):
            yield _found(text, match.span(), NameKind.NUMBER, "citizen number", "bsn")


def _is_iban(plain: str) -> bool:
    # ISO 13616: country and check digits go to the end, letters count from 10, modulo 97 is 1.
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _is_bsn(digits: list[int]) -> bool:
    # The "elfproef" that every citizen number passes; one in eleven other numbers does too.
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    # nine zeros pass the test as well
    return sum(w * d for w, d in zip(weights, digits, strict=True)) % 11 == 0 and any(digits)


def _addresses(text: str, is_word: IsWord) -> Iterator[Finding]:
    for match in _STREET_NAME.finditer(text):
        start = _after_small_words(text, match.start(), match.end(), is_word)
        street = text[start : match.end()]
        opens = not text[:start].rstrip() or text[:start].rstrip()[-1] in '.!?\n:“"'
        if match.group(1) or not (opens and (_WEAK.search(street) or is_word(street.casefold()))):
            yield _found(text, (start, match.end()), NameKind.ADDRESS, "street", "adres")
    for match in _NUMBERED.finditer(text):
        yield _found(text, match.span(), NameKind.ADDRESS, "before a postcode", "adres")
    for match in _POSTCODE.finditer(text):
        yield _found(text, match.span(), NameKind.ADDRESS, "postcode", "postcode")


def _after_small_words(text: str, start: int, end: int, is_word: IsWord) -> int:
    """Return the start of the name of a street: in 'In de Kerkstraat' it is the third word."""
    pieces = text[start:end].split(" ")
    while len(pieces) > 1 and not pieces[1][:1].isdecimal():
        # what opens a sentence has a capital too: a short word is then no part of the name
        small = not pieces[0][:1].isupper()
        if not (small or (len(pieces[0]) <= 5 and is_word(pieces[0].casefold()))):
            break
        # These words begin many Dutch names of streets.
        if pieces[0].casefold() in {"van", "jan", "oude", "lange", "korte", "prins"}:
            break
        start += len(pieces.pop(0)) + 1
    return start


def _dates(text: str) -> Iterator[Finding]:
    for match in _BORN_YEAR.finditer(text):
        yield _found(text, match.span(1), NameKind.BIRTH_DATE, "year of birth", "geboortejaar")
    for match in _DATE.finditer(text):
        born = _BORN.search(text[max(0, match.start() - 60) : match.start()])
        if born:
            kind, because, role = NameKind.BIRTH_DATE, "date of birth", "geboortedatum"
        else:
            kind, because, role = NameKind.DATE, "exact date", "datum"
        yield _found(text, match.span(), kind, because, role)


def _ages(text: str) -> Iterator[Finding]:
    for pattern in _AGES:
        for match in pattern.finditer(text):
            number = value_of(re.split(r"[- ]|jarig", match.group(1))[0])
            # A band of ten years replaces the exact age.
            if number is not None and number >= 10:
                ten = number // 10 * 10
                band = f"{ten}-{ten + 9} jaar"
                yield _found(text, match.span(1), NameKind.AGE, "age", band)
