"""Blanks such as `{banker}` in the words of a clause: found, explained and filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from clusterwork.kernel.messages import N_

BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")
TYPED = "typed"

# What each blank that is known is for; others are explained by their own name.
EXPLAINED: dict[str, str] = {
    "cluster": N_("The name of the cluster"),
    "schools": N_("The schools of the cluster"),
    "organisation": N_("The organisation that recognised the cluster"),
    "chair": N_("Who chairs the cluster"),
    "coordinator": N_("Who coordinates the cluster"),
    "clerk": N_("Who keeps the cluster’s papers"),
    "finance_lead": N_("Who looks after the cluster’s money"),
    "start_on": N_("The day on which the cluster began"),
    "review_on": N_("The day by which the agreement is looked at again"),
    "voting_rule": N_("How the cluster votes, in a sentence"),
    "quorum": N_("How many schools must be there to decide"),
    "banker": N_("The school or authority that holds the cluster’s money"),
    "spending_limit": N_("The largest sum that the chair may spend between meetings"),
    "meetings": N_("How often the schools meet"),
    "notice": N_("How long before the end of a school year a school gives notice to leave"),
    "mediator": N_("Who is asked to help where schools cannot agree"),
    "employer": N_("The school that employs shared staff"),
    "data_lead": N_("The school or person that answers for shared data"),
    "data_kept": N_("How long shared data are kept"),
    "surplus": N_("How money that is left is shared out when the cluster ends"),
}


def blanks_in(*texts: str) -> list[str]:
    """The names of the blanks in the texts, each once, in their order."""
    return list(dict.fromkeys(name for text in texts for name in BLANK.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with every blank that has a value filled in; others stay as they are."""
    return BLANK.sub(lambda found: values.get(found[1], "").strip() or found[0], text)


def explained(text: str, values: Mapping[str, str], translated: Callable[[str], str]) -> str:
    """As `filled`; a blank without a value reads as what it is for, in square brackets."""
    told = {name: f"[{translated(words)}]" for name, words in EXPLAINED.items()}
    return filled(filled(text, values), told)


def left_in(texts: Iterable[str], values: Mapping[str, str]) -> list[str]:
    """The names of the blanks that have no value yet."""
    return [name for name in blanks_in(*texts) if not values.get(name, "").strip()]
