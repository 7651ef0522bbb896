"""Makes the lists of names in ``src/qualcode/pseudonyms/names`` from Faker's lists.

Run once, where Faker is installed (``python -m pip install faker``); qualcode itself does not
need it. What Faker has no source for (medieval names, single letters) is left out.
"""

from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from faker.providers.address.nl_NL import Provider as Addresses
from faker.providers.company.nl_NL import Provider as Companies
from faker.providers.person.nl_NL import Provider as People

FOLDER = Path(__file__).parents[1] / "src" / "qualcode" / "pseudonyms" / "names"
HEADER = (
    "# From Faker {version} (https://github.com/joke2k/faker), locale {locale}.\n"
    "# MIT License, copyright (c) 2012 Daniele Faraglia; the text stands in LICENSE-faker.txt.\n"
)


def surnames() -> set[str]:
    found = set()
    for name in People.last_names:
        plain = name.removesuffix(", van").strip()
        if " van " in plain or " von " in plain or plain.startswith("The "):
            continue
        if len(plain) > 2:
            found.add(plain)
    return found


OTHER_LOCALES = {"en": ("en_GB", "en_US"), "de": ("de_DE",), "fr": ("fr_FR",)}
"""Locales of the lists per language other than Dutch."""


def people_of(locale: str) -> tuple[set[str], set[str]]:
    """Return the first names and surnames of a locale that are one word."""
    provider = import_module(f"faker.providers.person.{locale}").Provider
    names = (set(provider.first_names), set(provider.last_names))
    first, last = ({n for n in part if len(n) > 2 and n.isalpha()} for part in names)
    return first, last


def write(name: str, words: set[str], locale: str = "nl_NL") -> None:
    header = HEADER.format(version=version("faker"), locale=locale)
    text = header + "\n".join(sorted(words)) + "\n"
    (FOLDER / name).write_text(text, encoding="utf-8")


def write_other_languages() -> None:
    for language, locales in OTHER_LOCALES.items():
        lists = [people_of(locale) for locale in locales]
        source = " and ".join(locales)
        for place, kind in enumerate(("first_names", "surnames")):
            names = set().union(*(people[place] for people in lists))
            write(f"{kind}_{language}.txt", names, source)


def main() -> None:
    write("first_names.txt", {name for name in People.first_names if len(name) > 1})
    write("surnames.txt", surnames())
    write("places.txt", {name for name in Addresses.cities if len(name) > 1})
    write("employers.txt", {name for name in Companies.large_companies if len(name) > 1})
    write_other_languages()


if __name__ == "__main__":
    main()
