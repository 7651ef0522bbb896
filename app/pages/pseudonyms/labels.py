"""Kinds of names, places and rules in the language of the reader."""

from __future__ import annotations

from qualcode.project import NameKind
from qualcode.translation import Translator

from ...widgets.text import escape_markdown


def kinds(_: Translator) -> dict[NameKind, str]:
    """Return the label of each kind of name."""
    return {
        NameKind.PERSON: _("person"),
        NameKind.PLACE: _("place"),
        NameKind.EMPLOYER: _("employer"),
        NameKind.ADDRESS: _("address"),
        NameKind.PHONE: _("phone number"),
        NameKind.MAIL: _("mail address"),
        NameKind.WEBSITE: _("website"),
        NameKind.ACCOUNT: _("account"),
        NameKind.NUMBER: _("number"),
        NameKind.BIRTH_DATE: _("date of birth"),
        NameKind.DATE: _("date"),
        NameKind.AGE: _("age"),
        NameKind.UNKNOWN: _("unknown"),
    }


def source_count(source: str, count: int, _: Translator) -> str:
    """Return the label of a source that was searched, with its number."""
    words = {
        "transcript": _.many("{count} interview", "{count} interviews", count),
        "memo": _.many("{count} memo", "{count} memos", count),
        "note": _.many("{count} note on a coding", "{count} notes on codings", count),
        "attribute": _.many("{count} attribute", "{count} attributes", count),
        "reason": _.many("{count} reason of a decision", "{count} reasons of decisions", count),
        "codebook": _.many("{count} text of the codebook", "{count} texts of the codebook", count),
        "question": _.many(
            "{count} question of a topic guide", "{count} questions of topic guides", count
        ),
        "excerpt": _.many("{count} shortened quote", "{count} shortened quotes", count),
        "acceptance": _.many(
            "{count} reason of an accepted risk", "{count} reasons of accepted risks", count
        ),
        "name": _.many(
            "{count} name of a case or interview", "{count} names of cases and interviews", count
        ),
        "file": _.many("{count} file name", "{count} file names", count),
        "speaker": _.many("{count} label of a speaker", "{count} labels of speakers", count),
    }
    return words.get(source, f"{_.number(count)} {source}")


def cannot_see(_: Translator) -> tuple[str, ...]:
    """Return what no scan can find, as in ``qualcode.project.CANNOT_SEE``."""
    return (
        _(
            "names that are also ordinary words, at the beginning of a sentence or without a "
            "capital"
        ),
        _("names in lower case that are on no list, and numbers or addresses that are spelled out"),
        _("who somebody is, from what happened: an incident, a rare profession, a dialect"),
        _(
            "audio, video and pictures, and anything outside this project file: exports, older "
            "backups"
        ),
    )


def place(where: str, _: Translator) -> str:
    """Return the label of the text that contains a name."""
    source, _space, name = where.partition(" ")
    # At the last one: an attribute such as 'age of child' holds the word itself.
    about, _of, owner = name.rpartition(" of ")
    label = name.removeprefix("of ").rpartition(" ")[2]
    words = {
        "transcript": _("Interview {name}", name=name),
        "memo": _("Memo on {name}", name=name.partition(" on ")[2].partition(" ")[2] or name),
        "note": _("Note on a coding"),
        "attribute": _("{attribute} of {case}", attribute=about, case=owner),
        "reason": _("Reason of a decision"),
        "codebook": _("Codebook: {code}", code=name.partition(" ")[0]),
        "question": _("Topic guide"),
        "excerpt": _("Shortened quote"),
        "acceptance": _("Reason of an accepted risk"),
        "name": _("Name: {name}", name=label),
        "file": _("File of {name}", name=name.removeprefix("of ")),
        "speaker": _("Label of a speaker in {name}", name=owner),
    }
    return words.get(source, where)


def because(rule: str, _: Translator) -> str:
    """Return why a name is proposed."""
    words = {
        "first name": _("first name"),
        "surname": _("surname"),
        "initials and a name": _("initials and a name"),
        "first name, but also a word": _("first name, but also a word"),
        "initials and a name, but also a word": _("initials and a name, but also a word"),
        "first name in a note": _("first name in a note"),
        "name in lower case": _("name in lower case"),
        "name in a label": _("name in a label"),
        "name of a town or village": _("name of a town or village"),
        "name of an organization": _("name of an organization"),
        "well-known company": _("well-known company"),
        "opens a sentence, no known word": _("opens a sentence, no known word"),
        "capital in mid-sentence": _("capital in mid-sentence"),
        "mail address": _("mail address"),
        "web address": _("web address"),
        "phone number": _("phone number"),
        "handle with @": _("handle with @"),
        "after the name of a network": _("after the name of a network"),
        "bank account": _("bank account"),
        "licence plate": _("licence plate"),
        "citizen number": _("citizen number"),
        "street": _("street"),
        "before a postcode": _("before a postcode"),
        "postcode": _("postcode"),
        "year of birth": _("year of birth"),
        "date of birth": _("date of birth"),
        "exact date": _("exact date"),
        "age": _("age"),
        "decided before": _("decided before"),
        "after 'heet', 'ik ben' or the like": _("after 'heet', 'ik ben' or the like"),
        "after 'bij' or 'werkt voor'": _("after 'bij' or 'werkt voor'"),
        "after words that give a name": _("after words that give a name"),
        "after words about work": _("after words about work"),
    }
    start, _space, detail = rule.partition(" ")
    if rule not in words and start == "after":
        return _("after {word}", word=detail)
    if rule not in words and rule.startswith("language model: "):
        return _("language model: {label}", label=rule.partition(": ")[2])
    return words.get(rule, rule)


def in_context(context: str, name: str) -> str:
    """Return the words around a name as Markdown, the name in bold."""
    role = " ".join(name.split())
    before, hit, after = context.partition(role)
    if not hit:
        return escape_markdown(context)
    return f"… {escape_markdown(before)}**{escape_markdown(hit)}**{escape_markdown(after)} …"
