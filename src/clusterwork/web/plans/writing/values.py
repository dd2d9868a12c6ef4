"""The parts of a plan by name, its money, and the values of its targets."""

from __future__ import annotations

from typing import Any

from clusterwork.plans.rules.whole import WholePlan
from clusterwork.plans.wording import name_of
from clusterwork.registry.models.organisations import in_language
from clusterwork.web.formats import number


def name_in(whole: WholePlan, part: Any) -> str:
    """What a part is called in lists and links: a funder and a target by what they point to."""
    if part.SECTION == "payers":
        return payer_words(whole, part)
    if part.SECTION == "targets" and part.measure:
        return target_words(whole, part)
    return name_of(part)


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
        return name_of(target)
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
