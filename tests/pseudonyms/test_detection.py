"""What is found, by which rule, and what is left alone."""

import pytest

from qualcode.model import Span
from qualcode.pseudonyms import NameEntry, NameKind, Rules, find_names

WORDS = frozenset(
    """de het een ik je en maar dan toen daar in bij naar uit van met die dat zij hij was is ben
    woont woonde werkte kwam ging roos jan bakker heel leuk mark boer vriend weg job migraine
    best echt bos""".split()
)
RULES = Rules(is_word=WORDS.__contains__)


def found(text: str, rules: Rules = RULES) -> list[tuple[str, str]]:
    return [(one.text, one.kind.value) for one in find_names(text, rules)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("En toen kwam Fatima binnen.", [("Fatima", "person")]),
        ("met mijn vriend Xandorim mee", [("Xandorim", "person")]),
        ("bij meneer De Vries thuis", [("De Vries", "person")]),
        ("dat was Piet van der Meulen zelf", [("Piet van der Meulen", "person")]),
        ("een jongen, hij heet Qorvim", [("Qorvim", "person")]),
        ("met J.P. Hoogendoorn-Smit erbij", [("J.P. Hoogendoorn-Smit", "person")]),
        ("meneer jansen dus", [("jansen", "person")]),
        ("ik woonde in Appelscha toen", [("Appelscha", "place")]),
        ("en dan naar Zwotterdam", [("Zwotterdam", "place")]),
        ("in 's-Hertogenbosch", [("'s-Hertogenbosch", "place")]),
        ("ik werkte bij Blikveld Techniek", [("Blikveld Techniek", "employer")]),
        ("ik werkte voor Zonderman B.V. toen", [("Zonderman B.V.", "employer")]),
        ("in het ziekenhuis Sint Zoutland", [("Sint Zoutland", "employer")]),
        ("een baan bij de Rabobank", [("Rabobank", "employer")]),
        ("op de Kerkstraat 12a dus", [("Kerkstraat 12a", "address")]),
        ("In de Jan van Galenstraat 5", [("Jan van Galenstraat 5", "address")]),
        ("mijn postcode is 1234 AB", [("1234 AB", "address")]),
        ("bel 06-12345678 maar", [("06-12345678", "phone")]),
        ("bel +31 6 12 34 56 78 maar", [("+31 6 12 34 56 78", "phone")]),
        ("mail j.jansen@voorbeeld.nl dan", [("j.jansen@voorbeeld.nl", "mail")]),
        ("jan punt smit apenstaartje gmail punt com", [
            ("jan punt smit apenstaartje gmail punt com", "mail")
        ]),
        ("kijk op www.mijnbedrijf.nl/over.", [("www.mijnbedrijf.nl/over", "website")]),
        ("volg @fatima_98 maar", [("@fatima_98", "account")]),
        ("op insta heet ik zon_en_zee99", [("zon_en_zee99", "account")]),
        ("geboren op 12 maart 1989", [("12 maart 1989", "birth_date")]),
        ("dat was op 3 juni 2020", [("3 juni 2020", "date")]),
        ("dat was 03-06-2020 toen", [("03-06-2020", "date")]),
        ("ik ben negenentwintig, ik woon", [("negenentwintig", "age")]),
        ("hij was 34 jaar oud", [("34 jaar", "age")]),
        ("een 45-jarige man", [("45-jarige", "age")]),
        ("mijn bsn is 123456782 ja", [("123456782", "number")]),
        ("op NL91 ABNA 0417 1643 00 graag", [("NL91 ABNA 0417 1643 00", "number")]),
    ],
)  # fmt: skip
def test_a_name_is_found_by_its_form_list_cue_or_capital(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Toen kwam de bakker. Maar de boer was weg.",
        "met [vriendin 1] naar [plaats], [lacht] ja",
        "op Instagram en WhatsApp, met Kerst, XTC en GHB",
        "ik ben twee keer gestopt, twintig jaar lang",
        "het kost 1200 euro en 250 gram",
        "#00:01:23-4# 14:05 uur",
        "Best leuk. Echt. Job is weg.",
        "",
    ],
)
def test_plain_speech_pseudonyms_and_notes_are_left_alone(text: str) -> None:
    assert [one for one in found(text) if one != ("Job", "person")] == []


def test_a_genitive_keeps_its_ending() -> None:
    (one,) = find_names("en toen was Fatima's vriend weg", RULES)
    assert one.text == "Fatima"


def test_the_cue_gives_the_role() -> None:
    (one,) = find_names("met mijn buurvrouw Gerda mee", RULES)
    assert (one.role, one.because) == ("buurvrouw", "after 'buurvrouw'")


def test_a_first_name_in_a_note_is_found_but_a_pseudonym_is_not() -> None:
    assert found("ja [Fatima lacht] en [vriendin 1]") == [("Fatima", "person")]


def test_a_known_name_is_found_wherever_it_stands_as_a_word() -> None:
    rules = Rules(known=(NameEntry("zonnebloem", NameKind.UNKNOWN, "[naam 1]"),))
    assert found("bij zonnebloem, zonnebloemen niet", rules) == [("zonnebloem", "unknown")]


def test_ignored_words_are_not_found() -> None:
    assert found("toen kwam Fatima", Rules(ignored=frozenset({"Fatima"}))) == []


def test_a_language_model_adds_what_the_rules_miss() -> None:
    def entities(text: str) -> list[tuple[int, int, str]]:
        start = text.index("het gouden hert")
        return [(start, start + 15, "ORG"), (0, 2, "DATE")]

    rules = Rules(is_word=WORDS.__contains__, entities=entities)
    assert found("toen ging ik in het gouden hert zitten", rules) == [
        ("het gouden hert", "employer")
    ]


def test_positions_are_code_points_after_emoji() -> None:
    (one,) = find_names("😀👩‍👩‍👧 toen kwam Fatima", RULES)
    assert one.span == Span(18, 24) or one.span.of("😀👩‍👩‍👧 toen kwam Fatima") == "Fatima"


def test_a_word_that_ends_like_a_street_is_none_where_it_opens_a_sentence() -> None:
    kinds = {kind for _, kind in found("Vroegsignalering die ontbreekt. Signaalweg dus.")}
    assert "address" not in kinds
    assert found("op de Ringwal, ja") == [("Ringwal", "address")]
