"""Keeps the Welsh catalogue: `update` takes up new sentences, `check` fails on any not translated.

python scripts/messages.py update    extract all sentences and merge them into the catalogue
python scripts/messages.py check     fail on a missing, empty, fuzzy or broken translation
python scripts/messages.py missing   print the sentences that wait for Welsh, one JSON a line
python scripts/messages.py fill FILE take translations from such lines with "cy" filled in
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "clusterwork"
WELSH = SOURCE / "locale" / "cy" / "LC_MESSAGES" / "django.po"
THIRD_PARTY = SOURCE / "locale_third_party" / "cy" / "LC_MESSAGES" / "django.po"
# Six forms, by hand: Babel writes five and the language has six.
PLURALS = "nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 : (n==6) ? 4 : 5;"
HEADER = f"""# Clusterwork in Welsh.
msgid ""
msgstr ""
"Language: cy\\n"
"Plural-Forms: {PLURALS}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
METHODS = [
    ("**/migrations/**", "ignore"),
    ("**/tests/**", "ignore"),
    ("web/allauth_templates/**", "ignore"),
    ("**.py", "python"),
    ("web/templates/**.html", "jinja2"),
]
OPTIONS = {
    "web/templates/**.html": {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do",
        "newstyle_gettext": "true",
        "trimmed": "true",
        "silent": "false",
    }
}
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "_lazy": None,
    "_now": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACE = re.compile(r"%(?:\(\w+\))?[sdif]|%\([^)]*\)[-+ #0-9.]*[sdif]|\{\w*\}")


def extracted() -> Catalog:
    """Every sentence of the source, with where it stands."""
    catalogue = Catalog(project="clusterwork", charset="utf-8")
    found = extract_from_dir(SOURCE, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",))
    for file, line, text, comments, context in found:
        catalogue.add(text, None, [(file, line)], auto_comments=comments, context=context)
    return catalogue


def read(path: Path) -> Catalog:
    """The Welsh catalogue as it stands, with all six plural forms."""
    if not path.exists():
        return Catalog(locale="cy", project="clusterwork", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="cy")


def write(catalogue: Catalog, path: Path) -> None:
    """Writes the catalogue with places but no line numbers, so that a diff shows words only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.fuzzy = False
    with path.open("wb") as file:
        write_po(
            file, catalogue, width=100, include_lineno=False, sort_output=True, ignore_obsolete=True
        )
    text = path.read_text(encoding="utf-8")
    _, entries = text.split("\n\n", 1)
    path.write_text(HEADER + "\n" + entries, encoding="utf-8")


def update() -> None:
    """Merges the source's sentences into the catalogue; never guesses a translation."""
    catalogue = read(WELSH)
    catalogue.update(extracted(), no_fuzzy_matching=True)
    write(catalogue, WELSH)


def waiting(catalogue: Catalog) -> Iterator[Message]:
    """The sentences without a whole translation."""
    for message in catalogue:
        if message.id and problem_of(message):
            yield message


def problem_of(message: Message) -> str:
    """What is wrong with one translation, or nothing."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    if message.fuzzy:
        return "unsure (fuzzy)"
    if not all(forms):
        return "not translated" if not any(forms) else "a plural form is missing"
    if message.pluralizable and len(forms) != 6:
        return f"{len(forms)} plural forms instead of six"
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    wanted = set(PLACE.findall(ids[-1]))
    if any(set(PLACE.findall(form)) - wanted for form in forms):
        return "a placeholder that the English does not have"
    if any(wanted - set(PLACE.findall(form)) for form in forms[-1:]):
        return "a placeholder is missing"
    return ""


def check() -> int:
    """Prints what is wrong in either catalogue; the number of problems."""
    problems = [
        f"{path.name}: {problem_of(message)}: {message.id!r}"
        for path in (WELSH, THIRD_PARTY)
        for message in waiting(read(path))
    ]
    known = read(WELSH)
    problems += [
        f"not in the catalogue (run scripts/messages.py update): {message.id!r}"
        for message in extracted()
        if message.id and known.get(message.id, message.context) is None
    ]
    problems += list(plurals_that_differ())
    print("\n".join(problems) if problems else "Every sentence has its Welsh.")
    return len(problems)


def plurals_that_differ() -> Iterator[str]:
    """One English singular with two plurals: gettext looks up by the singular and knows one."""
    plurals: dict[tuple[str | None, str], str] = {}
    for _, _, text, _, context in extract_from_dir(SOURCE, METHODS, OPTIONS, KEYWORDS):
        if isinstance(text, tuple) and plurals.setdefault((context, text[0]), text[1]) != text[1]:
            yield f"two plurals of one singular: {text!r} and {plurals[(context, text[0])]!r}"


def missing() -> None:
    """One JSON object a line: the English, its context, how many forms are wanted."""
    catalogue = read(WELSH)
    for message in waiting(catalogue):
        print(
            json.dumps(
                {
                    "en": message.id,
                    "context": message.context,
                    "where": [place[0] for place in message.locations][:2],
                    "cy": [""] * 6 if message.pluralizable else "",
                },
                ensure_ascii=False,
            )
        )


def fill(path: Path) -> None:
    """Takes translations from a file of such lines."""
    catalogue = read(WELSH)
    for line in path.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        identifier = tuple(given["en"]) if isinstance(given["en"], list) else given["en"]
        message = catalogue.get(identifier, given.get("context"))
        if message is None:
            print(f"not in the catalogue: {identifier!r}")
            continue
        cy = given["cy"]
        message.string = tuple(cy) if isinstance(cy, list) else cy
    write(catalogue, WELSH)


def compile_catalogue(source: Path, target: Path) -> None:
    """Writes what Django reads; Babel's command refuses a plural whose one names no number."""
    with target.open("wb") as file:
        write_mo(file, read(source))


def main(arguments: list[str]) -> int:
    """Runs the command named first."""
    match arguments:
        case ["update"]:
            update()
        case ["missing"]:
            missing()
        case ["fill", path]:
            fill(Path(path))
        case ["compile", source, target]:
            compile_catalogue(Path(source), Path(target))
        case ["check"]:
            return 1 if check() else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
