"""What the system knows of the blanks in an agreement, in both languages, and from where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from babel.dates import format_date
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.clusters.models import AgreementVersion, Appointment, Cluster, SealedClause
from clusterwork.clusters.rules.agreements.blanks import TYPED
from clusterwork.clusters.rules.voting import CONSENSUS, PUPILS, Rule, quorum_of
from clusterwork.clusters.rules.voting_words import when_agreed
from clusterwork.clusters.selectors.appointments import appointments_on
from clusterwork.clusters.selectors.governance import voting_rule_on
from clusterwork.clusters.selectors.memberships import members_on
from clusterwork.clusters.states.agreement import DRAFT, WITHDRAWN
from clusterwork.kernel.messages import N_

# Where a value came from, in words.
SOURCES: dict[str, str] = {
    "cluster": N_("The cluster’s own page"),
    "members": N_("The members of the cluster"),
    "people": N_("The people of the cluster"),
    "governance": N_("How the cluster decides"),
    "version": N_("This agreement’s own page"),
    "earlier": N_("What the schools agreed before"),
    TYPED: N_("Typed here"),
}
BY_ROLE = {
    "chair": Appointment.Role.CHAIR,
    "coordinator": Appointment.Role.COORDINATOR,
    "clerk": Appointment.Role.CLERK,
    "finance_lead": Appointment.Role.FINANCE_LEAD,
}


@dataclass(frozen=True)
class Filled:
    """The words for a blank in English and Welsh, and the key of where they came from."""

    en: str
    cy: str
    source: str

    def in_language(self, welsh: bool) -> str:
        """The words of one language; the other's where there are none."""
        return (self.cy if welsh else self.en) or self.en or self.cy

    def plain(self) -> dict[str, str]:
        """What a clause keeps."""
        return {"en": self.en, "cy": self.cy, "source": self.source}


def known_blanks(version: AgreementVersion, day: dt.date) -> dict[str, Filled]:
    """What is known on `day`: the rooms' own facts first, else what was agreed before."""
    cluster = version.agreement.cluster
    found = earlier_blanks(version)
    found |= _of_people(cluster, day)
    found |= _of_cluster(cluster, day)
    if version.review_on:
        review = version.review_on
        found["review_on"] = _both(lambda: in_words(review), "version")
    return {name: each for name, each in found.items() if each.en or each.cy}


def kept_blanks(clauses: Iterable[SealedClause]) -> dict[str, Filled]:
    """What the clauses of a version hold."""
    return {
        name: Filled(value.get("en", ""), value.get("cy", ""), value.get("source", TYPED))
        for clause in clauses
        for name, value in clause.blanks.items()
    }


def earlier_blanks(version: AgreementVersion) -> dict[str, Filled]:
    """What the cluster's agreements said before, the latest words counting."""
    clauses = SealedClause.objects.filter(version__agreement__cluster=version.agreement.cluster_id)
    done = clauses.exclude(version__state__in=(DRAFT, WITHDRAWN)).exclude(blanks={})
    kept = kept_blanks(done.order_by("version__opened_at", "place"))
    return {name: Filled(each.en, each.cy, "earlier") for name, each in kept.items()}


def _of_cluster(cluster: Cluster, day: dt.date) -> dict[str, Filled]:
    schools = [each.school for each in members_on(cluster, day) if each.school]
    rule, n = voting_rule_on(cluster, None, day), len(schools)
    return {
        "cluster": _both(lambda: str(cluster), "cluster"),
        "schools": _both(lambda: ", ".join(str(each) for each in schools), "members"),
        "organisation": _both(lambda: str(cluster.organisation), "cluster"),
        "start_on": _both(lambda: in_words(cluster.start_on), "cluster"),
        "voting_rule": _both(lambda: voting_words(rule), "governance"),
        "quorum": _both(
            lambda: _("%(n)s of %(all)s") % {"n": quorum_of(rule, n), "all": n},
            "governance",
        ),
    }


def _of_people(cluster: Cluster, day: dt.date) -> dict[str, Filled]:
    held: dict[str, Appointment] = {}
    for each in appointments_on(cluster, day):
        held.setdefault(each.role, each)
    return {
        name: _both(lambda one=held[role]: _named(one), "people")  # type: ignore[misc]
        for name, role in BY_ROLE.items()
        if role in held
    }


def _named(one: Appointment) -> str:
    return f"{one.name}, {one.school}" if one.school else one.name


EACH_ONE = _lazy("Each school has one vote.")
WAYS = {
    CONSENSUS: _lazy("We decide where nobody objects."),
    PUPILS: _lazy("Votes go by pupils on roll."),
}


def voting_words(rule: Rule) -> str:
    """How the cluster votes, in sentences of the language of the moment."""
    ways = str(WAYS.get(rule.way, EACH_ONE))
    return " ".join([ways, *(each.translated(_) for each in when_agreed(rule))])


def in_words(day: dt.date) -> str:
    """9 January 2027, in the language of the moment."""
    return format_date(day, "d MMMM y", locale="cy" if get_language() == "cy" else "en_GB")


def _both(words: Callable[[], str], source: str) -> Filled:
    with override("en-gb"):
        english = words()
    with override("cy"):
        return Filled(english, words(), source)
