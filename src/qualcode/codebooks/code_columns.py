"""Which column of a table of codes is what: the titles that programs and people write."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from qualcode.codebooks.code_levels import BETWEEN_LEVELS, code_labels
from qualcode.errors import InvalidTableError, Problem, UnknownColumnsError
from qualcode.messages import Message
from qualcode.model import Code

_TITLES: dict[str, str] = {
    title: ours
    for ours, titles in {
        # the word "code" in the languages of MAXQDA and ATLAS.ti; NVivo, Taguette and Dedoose
        # have words of their own
        "code": "code|codes|codenaam|code name|codename|code label|código|codigo|codice|kod|kodu|"
        "kody|代码|代碼|编码|コード|tag|tags|name|naam|title|titel|node|nodes|knoop|onderwerp",
        "label": "label|etiket",
        "definition": "definition|definitie|omschrijving|beschrijving|description|beschreibung|"
        "descripción|descrição|descrizione|comment|commentaar|kommentar|comentario|comentário|"
        "commento|commentaire|komentarz|注释|評論|memo|code memo|codememo|code-memo|notitie|note|"
        "notes|toelichting|uitleg|betekenis|meaning",
        "include": "inclusie|inclusion|wanneer wel|wel|inclusiecriteria|inclusion criteria|"
        "when to use|use when|gebruiken als",
        "exclude": "exclusie|exclusion|wanneer niet|niet|exclusiecriteria|exclusion criteria|"
        "when not to use|do not use when|niet gebruiken als",
        "color": "color|kleur|colour|farbe|couleur|colore|cor|kolor|颜色",
        "terms": "terms|trefwoorden|termen|keywords",
        "parent": "parent|parent code|parent name|parent tag|bovenliggende code|oudercode|obercode|"
        "übergeordneter code|oberkategorie|código padre|code parent|codice padre|código pai|"
        "kod nadrzędny|valt onder|hoort bij",
        "id": "id|guid|code id|code guid|codeid|codeguid|unique id",
        "parent_id": "parent id|parentid|parent guid|parentguid|parent code id|parent code guid|"
        "parent_id|parent_guid",
        "depth": "depth|diepte|niveau|level|ebene|nivel|nível|livello|poziom",
        "code_group": "code groups|codegroups|code group|codegroepen|codegruppen",
    }.items()
    for title in titles.split("|")
}
_LEVEL = re.compile(
    r"(?:level|niveau|ebene|nivel|nível|livello|poziom|laag|code|thema|theme)\W*(\d)"
)
_GROUP = re.compile(r"(?:code group|codegroep|codegruppe)\W*\d+")
_LADDER_TITLES = {
    1: "thema|theme|hoofdthema|main theme|categorie|category|hoofdcategorie|main category|domein|"
    "domain|hoofdcode|main code|hauptcode|kategorie|hauptkategorie",
    2: "subthema|subtheme|sub-theme|subcategorie|sub-categorie|subcategory|sub-category|"
    "subkategorie|unterkategorie",
    3: "code|codes|codenaam|code name",
    4: "subcode|sub-code|sub code|untercode|sub-subcode",
}
_LADDER = {title: rank for rank, titles in _LADDER_TITLES.items() for title in titles.split("|")}
"""How deep a column is that is called so, where there are several."""
_NAMES = frozenset({"name", "naam", "title", "titel"})
"""What a code is called, where another column holds the code."""
_QUOTES = frozenset(
    "text content|quotation content|zitatinhalt|citaatinhoud|coded segment|codiertes segment|"
    "gecodeerd segment|segment|seltext|quote|citaat|content".split("|")
)
_DOCUMENTS = frozenset(
    "document|document name|dokumentname|dokument|documentnaam|transcript|interview|file|"
    "filename".split("|")
)
"""Titles that a table of codings has, and a codebook has not."""
_COLUMNS = frozenset(
    (*Code.TEXT_FIELDS, "code", "parent", "terms", "color", "retired", "merged_into")
)
_BETWEEN_TITLES = re.compile(rf"{BETWEEN_LEVELS.pattern}|\s*/\s*")


def _key(title: str) -> str:
    return " ".join(title.replace("\ufeff", "").split()).casefold()


def _usual_title(key: str) -> str:
    """Return our title for a usual one; ``""`` for another.

    "Theme > Code" tells what the parts of its cells are, and is no code itself.
    """
    parts = [part for part in _BETWEEN_TITLES.split(key) if part]
    is_ladder = len(parts) > 1 and all(
        part in _LADDER or _LEVEL.fullmatch(part) or _TITLES.get(part) == "code" for part in parts
    )
    return "code" if is_ladder else _TITLES.get(key, "")


def has_code_column(titles: Sequence[str]) -> bool:
    """Tell whether a row may hold the titles of a table of codes."""
    keys = [_key(title) for title in titles]
    return "code" in map(_usual_title, keys) or len(find_level_columns(titles, [])) > 1


def find_columns(titles: Sequence[str], columns: Mapping[str, str], file: str) -> list[str]:
    """Return our title of each column; ``""`` for one that is not read."""
    chosen = {_key(title): ours for ours, title in columns.items()}
    unknown = [title for key, title in zip(chosen, columns.values(), strict=True)
               if key not in map(_key, titles)]  # fmt: skip
    if unknown:
        raise UnknownColumnsError(
            Message(
                "'{file}' has no column {missing_names}. Columns found: {present_names}.",
                file=file,
                missing_names=", ".join(f"'{title}'" for title in unknown),
                present_names=", ".join(titles),
            ),
            tuple(titles),
        )
    ours: list[str] = []
    # A column that is called exactly as ours goes before one with another word for it.
    exact = {_key(title) for title in titles} & (_COLUMNS | {"id"})
    keys = {_key(title) for title in titles}
    has_code = any(_usual_title(key) == "code" for key in keys - _NAMES) or "code" in columns
    for title in titles:
        key = _key(title)
        name = chosen.get(key, "")
        if not name and key in _COLUMNS:
            name = key
        if not name and _is_field_of_language(key):
            name = key
        if not name and _GROUP.fullmatch(key):
            ours.append("code_group")
            continue
        usual = _usual_title(key)
        if key in _NAMES and has_code:
            usual = "label"
        if not name and usual and usual not in chosen.values() and usual not in exact - {key}:
            name = usual
        if name in ours and name != "code_group":
            name = ""
        if key.startswith("attribute_"):
            name = key
        ours.append(name)
    return ours


def _is_field_of_language(key: str) -> bool:
    field, _, language = key.rpartition("_")
    return field in Code.TEXT_FIELDS and len(language) == 2


def find_level_columns(titles: Sequence[str], ours: Sequence[str]) -> tuple[int, ...]:
    """Return the columns that hold a level each, from the theme down; none if there are none."""
    keys = [_key(title) for title in titles]
    numbered = {int(match[1]): place for place, key in enumerate(keys)
                if (match := _LEVEL.fullmatch(key))}  # fmt: skip
    if len(numbered) > 1:
        return tuple(numbered[number] for number in sorted(numbered))
    ranks: dict[int, int] = {}
    for place, key in enumerate(keys):
        if key in _LADDER:
            ranks.setdefault(_LADDER[key], place)
    # Ids and parents say more than the place of a column.
    if len(ranks) < 2 or {"parent", "parent_id"} & {*ours}:
        return ()
    return tuple(ranks[rank] for rank in sorted(ranks))


def refuse_codings(titles: Sequence[str], file: str) -> None:
    """Refuse a table of codings: several codes of a quote would become one code."""
    keys = {_key(title): title for title in titles}
    quotes, documents = _QUOTES & {*keys}, _DOCUMENTS & {*keys}
    if quotes and documents:
        raise InvalidTableError(
            Message(
                "'{file}' is a table of codings, not a codebook: it has the columns "
                "'{document}' and '{quote}'. Read it with: qualcode code FILE --from PROGRAM",
                file=file,
                document=keys[min(documents)],
                quote=keys[min(quotes)],
            )
        )


def refuse_unknown_parents(
    titles: Sequence[str], rows: Sequence[Sequence[str]], ours: Sequence[str], file: str
) -> None:
    """Refuse a flat list beside a column whose cells are codes of the list: it may be a tree."""
    padded = [[*row, *[""] * len(titles)] for row in rows]
    codes = {row[ours.index("code")].strip() for row in padded}
    for place, title in enumerate(titles):
        cells = {row[place].strip() for row in padded} - {""}
        if title.strip() and not ours[place] and cells and cells < codes:
            raise UnknownColumnsError(
                Message(
                    "'{file}': each cell of column '{title}' is a code of the table, so it may "
                    "hold the code above.",
                    file=file,
                    title=title,
                ),
                tuple(titles),
                ("code", "parent"),
            )


def list_unread(
    titles: Sequence[str], ours: Sequence[str], levels: Sequence[int], file: str
) -> tuple[Problem, ...]:
    """Return a problem that names the columns that are not read; none if all are."""
    unread = [
        title
        for place, (title, name) in enumerate(zip(titles, ours, strict=True))
        if title.strip() and not name and place not in levels
    ]
    if not unread:
        return ()
    message = Message("Columns that were not read: {titles}.", titles=tuple(unread))
    hint = Message("To keep one, call it 'attribute_' and a name.")
    return (Problem(file, message, hint),)


def find_divider(titles: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Return what divides a code into the labels of its levels."""
    keys = [_key(title) for title in titles]
    if any(_GROUP.fullmatch(key) or _TITLES.get(key) == "code_group" for key in keys):
        # ATLAS.ti has groups and no levels: what its names hold is part of the name.
        return lambda code: (code.strip(),)
    if "tag" in keys and "number of highlights" in keys:
        # Taguette nests tags by a full stop.
        return lambda code: tuple(filter(None, re.split(r"\.(?=\S)", code.strip())))
    return code_labels
