"""The values of a plan in words: names of what a part points to, money, days, shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from clusterwork.plans.rules.parts import ALL_SECTIONS, SECTIONS, Holds, own_fields
from clusterwork.plans.rules.whole import WholePlan
from clusterwork.registry.models.organisations import in_language
from clusterwork.web.formats import day as in_words
from clusterwork.web.formats import number
from clusterwork.web.plans.writing.wording import choice_words, part_name


def name_in(whole: WholePlan, part: Any) -> str:
    """The same where the name is that of a programme or a measure."""
    if part.SECTION == "payers":
        return payer_words(whole, part)
    if part.SECTION == "targets" and part.measure:
        return target_words(whole, part)
    return part_name(part)


def payer_words(whole: WholePlan, payer: Any) -> str:
    """A funder by its name in the language of the page."""
    named = whole.named.programmes.get(payer.programme or 0)
    return in_language(*named) if named else payer.name


def measure_words(whole: WholePlan, pk: int | None) -> str:
    """A measure by its name in the language of the page."""
    found = whole.named.measures.get(pk or 0)
    return in_language(found.name, found.name_cy) if found else ""


def target_words(whole: WholePlan, target: Any) -> str:
    """A target in one line: its sentence, or its measure with the value wanted."""
    if not target.measure:
        return part_name(target)
    return f"{measure_words(whole, target.measure)}: {value_words(whole, target, 'wanted_value')}"


def value_words(whole: WholePlan, target: Any, name: str) -> str:
    """A baseline or target value with the unit of its measure; empty for none."""
    value, found = getattr(target, name), whole.named.measures.get(target.measure or 0)
    if value is None or found is None:
        return ""
    shown = number(value, found.decimals)
    return f"{shown}%" if found.unit == "percent" else shown


def pounds(pence: int | None) -> str:
    """£1,250.50, without pence where there are none."""
    if pence is None:
        return ""
    return "£" + number(pence / 100, 2 if pence % 100 else 0)


def shown_value(whole: WholePlan, section: str, name: str, value: Any) -> str:
    """A field's value in words, as histories and comparisons show it."""
    if value is None or value == "" or value == ():
        return ""
    kind = next(each for each in own_fields(ALL_SECTIONS[section]) if each.name == name)
    if kind.holds == Holds.CHOICE:
        return choice_words(section, name, value)
    show: Callable[[WholePlan, Any], str] | None = _SHOWN.get(kind.holds)
    return show(whole, value) if show else str(value)


def _part(whole: WholePlan, uid: UUID) -> str:
    for section in SECTIONS:
        found = whole.part(section, uid)
        if found is not None:
            return name_in(whole, found)
    return _("Something that was removed")


def _schools(whole: WholePlan, pks: tuple[int, ...]) -> str:
    named = whole.named.schools
    return ", ".join(named[pk].name if pk in named else str(pk) for pk in pks)


def _shares(whole: WholePlan, shares: Any) -> str:
    return ", ".join(
        f"{_part(whole, each.payer)} {number(each.share * 100, 0)}%" for each in shares
    )


def _links(whole: WholePlan, links: Any) -> str:
    told = ((_part(whole, each.before), each.assumption) for each in links)
    return "; ".join(f"{name} ({assumed})" if assumed else name for name, assumed in told)


def _programme_priority(whole: WholePlan, pk: int) -> str:
    found = whole.named.programme_priorities.get(pk)
    return in_language(found.text, found.text_cy) if found else str(pk)


def _programme(whole: WholePlan, pk: int) -> str:
    found = whole.named.programmes.get(pk)
    return in_language(*found) if found else str(pk)


_SHOWN: dict[Holds, Any] = {
    Holds.DAY: lambda _whole, day: in_words(day) if isinstance(day, dt.date) else str(day),
    Holds.PENCE: lambda _whole, pence: pounds(pence),
    Holds.SCHOOL: lambda whole, pk: _schools(whole, (pk,)),
    Holds.SCHOOLS: _schools,
    Holds.PERSON: lambda whole, pk: whole.named.people.get(pk, ""),
    Holds.MEASURE: measure_words,
    Holds.PROGRAMME: _programme,
    Holds.PROGRAMME_PRIORITY: _programme_priority,
    Holds.PART: _part,
    Holds.PARTS: lambda whole, uids: ", ".join(_part(whole, uid) for uid in uids),
    Holds.SHARES: _shares,
    Holds.LINKS: _links,
    Holds.NUMBER: lambda _whole, found: f"{found:g}" if isinstance(found, float) else str(found),
}
