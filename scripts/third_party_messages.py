"""Lists what our pages can show in words of Django and allauth that have no Welsh yet.

python scripts/third_party_messages.py          print what is missing or wrong
python scripts/third_party_messages.py --write  take up new msgids, empty, and drop old ones
python scripts/third_party_messages.py --check  end with 1 where something is missing or wrong

The Welsh stands in `src/clusterwork/locale_third_party/cy` and is filled in by hand.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import allauth
import django
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "src/clusterwork/locale_third_party/cy/LC_MESSAGES/django.po"
PLURALS = "nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 : (n==6) ? 4 : 5;"
HEADER = f"""# Welsh for what Django and allauth say on our pages and have no Welsh for themselves.
msgid ""
msgstr ""
"Language: cy\\n"
"Plural-Forms: {PLURALS}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""

DJANGO = Path(django.__file__).parent
ALLAUTH = Path(allauth.__file__).parent

# Modules whose sentences reach a page. allauth's templates do not: ours stand in their place.
SHOWN_DJANGO = re.compile(
    r"(^|/)(forms/(fields|forms|models|utils|widgets)\.py|core/validators|password_validation"
    r"|db/models/(base|constraints)\.py)"
)
SHOWN_ALLAUTH = re.compile(
    r"(^|/)(account|mfa|socialaccount|usersessions)/(?!.*(models|admin|apps|oauth/))"
)
NOT_OFFERED = re.compile(r"phone|username|signup|sign up|social app|provider_id", re.IGNORECASE)
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue(path: Path) -> Catalog:
    """A .po file; an empty catalogue where there is none."""
    if not path.is_file():
        return Catalog(locale="cy")
    with path.open("rb") as file:
        return read_po(file, locale="cy" if "/cy/" in str(path) else "en")


def key(message: Message) -> tuple[str, str | None]:
    """What a message is looked up by: its (first) English text and its context."""
    text = message.id[0] if isinstance(message.id, tuple) else message.id
    return text, message.context


def shown(path: Path, modules: re.Pattern[str]) -> Iterator[Message]:
    """The messages of a .po file that one of the modules can put on a page."""
    for message in catalogue(path):
        files = [name for name, _line in message.locations if "gis/" not in name]
        files = [name for name in files if name.endswith(".py")]
        if message.id and any(modules.search(name) for name in files):
            yield message


def wanted() -> dict[tuple[str, str | None], Message]:
    """All that can be shown and that Django has not in Welsh itself."""
    found: dict[tuple[str, str | None], Message] = {}
    for english in sorted(DJANGO.glob("**/locale/en/LC_MESSAGES/django.po")):
        welsh = catalogue(english.parents[2] / "cy/LC_MESSAGES/django.po")
        for message in shown(english, SHOWN_DJANGO):
            theirs = welsh.get(message.id, message.context)
            if theirs is None or theirs.fuzzy or not complete(theirs):
                found[key(message)] = message
    # allauth ships no English file; any of its languages lists the msgids.
    for message in shown(ALLAUTH / "locale/de/LC_MESSAGES/django.po", SHOWN_ALLAUTH):
        if not NOT_OFFERED.search(key(message)[0]):
            found[key(message)] = message
    return found


def complete(message: Message) -> bool:
    """Whether each form has a text."""
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts)


def places(text: str) -> list[str]:
    """The placeholders of a text."""
    return sorted(PLACES.findall(text))


def troubles(ours: Catalog) -> Iterator[str]:
    """What is wrong with our catalogue."""
    needed = wanted()
    for found, message in needed.items():
        mine = ours.get(message.id, message.context)
        if mine is None or not complete(mine) or mine.fuzzy:
            yield f"missing: {found[0]!r}"
        elif wrong := different_places(mine):
            yield f"other placeholders: {wrong!r}"
    for message in ours:
        if message.id and key(message) not in needed:
            yield f"no longer needed: {key(message)[0]!r}"


def different_places(message: Message) -> str:
    """A form whose placeholders are not the English ones; a form for one or two may leave the
    number out."""
    plural = isinstance(message.id, tuple)
    english = set(places(message.id[-1] if plural else message.id))
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    for text in texts:
        extra, absent = set(places(text)) - english, english - set(places(text))
        if extra or (absent and not plural):
            return str(text)
    return ""


def write(ours: Catalog) -> None:
    """Our catalogue with all that is wanted, in the order of the English texts."""
    merged = read_po(io.BytesIO(HEADER.encode()), locale="cy")
    for found, message in wanted().items():
        mine = ours.get(message.id, message.context)
        forms = ("",) * 6 if isinstance(message.id, tuple) else ""
        flags = {flag for flag in message.flags if flag.startswith("python")}
        merged.add(message.id, mine.string if mine else forms, context=found[1], flags=flags)
    OURS.parent.mkdir(parents=True, exist_ok=True)
    with OURS.open("wb") as file:
        write_po(file, merged, width=99, sort_output=True, ignore_obsolete=True)
    _, entries = OURS.read_text(encoding="utf-8").split("\n\n", 1)
    OURS.write_text(HEADER + "\n" + entries, encoding="utf-8")


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    if asked.write:
        write(catalogue(OURS))
    found = list(troubles(catalogue(OURS)))
    print("\n".join(found) or "Nothing is missing.")
    return 1 if asked.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
