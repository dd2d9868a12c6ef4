"""The values of a plan's content as people read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterwork.plans.rules.parts import ALL_SECTIONS, SECTIONS, Field, Holds, own_fields, plain
from clusterwork.plans.wording.fields import choice_words, label_of, title_of
from clusterwork.registry.models.organisations import in_language

Row = tuple[str, str, str]
"""The name of a field, its label, its value in words."""


class Reader:
    """Reads one content (see `rules.content`), in the language of the moment."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each part is called, by its uid; a payer by the name of its programme."""
        found = {part["uid"]: title_of(part) for name in SECTIONS for part in self.parts(name)}
        for payer in self.parts("payers"):
            found[payer["uid"]] = (
                self.value("payers", "programme", payer["programme"]) or (payer["name"])
            )
        return found

    def parts(self, section: str) -> list[Mapping[str, Any]]:
        """The parts of a section, in their order."""
        found: list[Mapping[str, Any]] = self.content.get(section, [])
        return found

    def rows(self, section: str, part: Mapping[str, Any]) -> list[Row]:
        """The fields of a part that say something, but for its title."""
        rows = [
            (each.name, label_of(section, each.name), self.said(section, each, part[each.name]))
            for each in own_fields(ALL_SECTIONS[section])
            if each.name in part and each.holds != Holds.CANDIDATE
        ]
        return [row for row in rows if row[2] and row[2] != title_of(part)]

    def value(self, section: str, field: str, raw: Any) -> str:
        """A field's value in words, empty where it holds nothing."""
        kinds = {each.name: each for each in own_fields(ALL_SECTIONS[section])}
        return self.said(section, kinds[field], raw)

    def typed(self, section: str, field: str, value: Any) -> str:
        """As `value`, of a value as a part has it."""
        return self.value(section, field, plain({field: value})[field])

    def said(self, section: str, field: Field, raw: Any) -> str:
        """As `value`, for a field of which it is known what it holds."""
        if raw in (None, "", []):
            return ""
        match field.holds:
            case Holds.CHOICE:
                return choice_words(section, field.name, raw)
            case Holds.DAY:
                return day_words(raw, is_end=field.name == "end_on")
            case Holds.NUMBER:
                return format_decimal(Decimal(str(raw)), locale=_locale())
            case Holds.PENCE:
                return money_words(raw)
            case Holds.SHARES:
                return "; ".join(self._share(each) for each in raw)
            case Holds.LINKS:
                return "; ".join(self._link(each) for each in raw)
            case Holds.PART:
                return self._title(raw)
            case Holds.PARTS:
                return "; ".join(self._title(each) for each in raw)
            case Holds.SCHOOLS:
                return ", ".join(self._named("schools", each) for each in raw)
            case Holds.WORDS:
                return str(raw)
        return self._named(NAMES[field.holds], raw)

    def _title(self, uid: str) -> str:
        return self.titles.get(uid) or _("Something that was removed")

    def _named(self, kind: str, number: Any) -> str:
        found = self.content.get("names", {}).get(kind, {}).get(str(number), "")
        if isinstance(found, str):
            return found
        english = found.get("name") or found.get("text", "")
        return in_language(english, found.get("name_cy") or found.get("text_cy", ""))

    def _share(self, share: Mapping[str, Any]) -> str:
        percent = format_percent(Decimal(share["share"]), "#,##0.##%", locale=_locale())
        return f"{self._title(share['payer'])}: {percent}"

    def _link(self, link: Mapping[str, Any]) -> str:
        before, assumption = self._title(link["before"]), link["assumption"]
        return f"{before} ({assumption})" if assumption else before


NAMES = {
    Holds.SCHOOL: "schools",
    Holds.PERSON: "people",
    Holds.MEASURE: "measures",
    Holds.PROGRAMME: "programmes",
    Holds.PROGRAMME_PRIORITY: "programme_priorities",
    Holds.CANDIDATE: "candidates",
}


def day_words(raw: str, *, is_end: bool = False) -> str:
    """9 January 2027; the last day of a period that ends before `raw`."""
    day = dt.date.fromisoformat(raw) - dt.timedelta(days=is_end)
    return format_date(day, "d MMMM y", locale=_locale())


def money_words(pence: int) -> str:
    """Pounds with pence."""
    return format_currency(Decimal(pence) / 100, "GBP", locale=_locale())


def _locale() -> str:
    return "cy" if (get_language() or "").startswith("cy") else "en_GB"
