"""Makes the lists of names in ``src/qualcode/pseudonyms/names`` from Faker's Dutch lists.

Run once, where Faker is installed (``python -m pip install faker``); qualcode itself does not
need it. What Faker has no source for (medieval names, single letters) is left out.
"""

from importlib.metadata import version
from pathlib import Path

from faker.providers.address.nl_NL import Provider as Addresses
from faker.providers.company.nl_NL import Provider as Companies
from faker.providers.person.nl_NL import Provider as People

FOLDER = Path(__file__).parents[1] / "src" / "qualcode" / "pseudonyms" / "names"
HEADER = (
    "# From Faker {version} (https://github.com/joke2k/faker), locale nl_NL.\n"
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


def write(name: str, words: set[str]) -> None:
    header = HEADER.format(version=version("faker"))
    text = header + "\n".join(sorted(words)) + "\n"
    (FOLDER / name).write_text(text, encoding="utf-8")


def main() -> None:
    write("first_names.txt", {name for name in People.first_names if len(name) > 1})
    write("surnames.txt", surnames())
    write("places.txt", {name for name in Addresses.cities if len(name) > 1})
    write("employers.txt", {name for name in Companies.large_companies if len(name) > 1})


if __name__ == "__main__":
    main()
