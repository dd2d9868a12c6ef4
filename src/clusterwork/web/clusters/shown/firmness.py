"""Which places of a proposal are firm, in words; for officers only."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.closer import Borderline, Firm, Risk, firm_from
from clusterwork.clusters.formation_adapter import rule_name
from clusterwork.clusters.models import Look, Proposal, ProposedPlace
from clusterwork.clusters.selectors.looks import look_at
from clusterwork.web.clusters.shown.rules import rule_words
from clusterwork.web.formats import number, percent, said


@dataclass(frozen=True)
class BorderlineShown:
    """A school whose place is not firm, and where else it could go."""

    place: ProposedPlace
    stays: str
    elsewhere: list[str]


@dataclass(frozen=True)
class FirmnessShown:
    """The summary, what it rests on, the borderline schools, and what longer journeys would do."""

    facts: Firm
    first: str
    rests_on: str
    borderline: list[BorderlineShown]
    journeys: str
    risks: list[str]


def firmness_shown(look: Look) -> FirmnessShown:
    """A look that is done, in words."""
    facts = firm_from(look.found)
    rows = look.proposal.places.select_related("school", "cluster__hub")
    places = {place.school_id: place for place in rows}
    return FirmnessShown(
        facts,
        first_sentence(facts),
        _rests_on(facts),
        [
            BorderlineShown(places[each.school], _stays(each, facts), _elsewhere(each, places))
            for each in facts.borderline
            if each.school in places
        ],
        _journeys(facts),
        [_risk(look.proposal, each, facts) for each in facts.risks],
    )


def firm_line(proposal: Proposal) -> str:
    """The summary for the proposal's own page; empty where nothing is known yet."""
    look = look_at(proposal, Look.Kind.FIRMNESS)
    if look is None or look.state != Look.State.DONE:
        return ""
    return first_sentence(firm_from(look.found))


def borderline_ids(proposal: Proposal) -> set[int]:
    """The schools whose place is not firm, as far as it is known."""
    look = look_at(proposal, Look.Kind.FIRMNESS)
    if look is None or look.state != Look.State.DONE:
        return set()
    return {each.school for each in firm_from(look.found).borderline}


def first_sentence(facts: Firm) -> str:
    """How many are firm."""
    if not facts.n_plans:
        return _(
            "No other arrangement nearly as good was found in time: it is not known who is firm."
        )
    return ngettext(
        "%(firm)s of one school is firm.", "%(firm)s of %(n)s schools are firm.", facts.n_schools
    ) % {"firm": number(facts.n_firm), "n": number(facts.n_schools)}


def _rests_on(facts: Firm) -> str:
    if not facts.n_plans:
        return ""
    return ngettext(
        "It was held against one other arrangement whose total is at most %(within)s higher.",
        "It was held against %(n)s other arrangements whose totals are at most %(within)s higher.",
        facts.n_plans,
    ) % {"n": number(facts.n_plans), "within": percent(facts.within, 0)}


def _stays(each: Borderline, facts: Firm) -> str:
    return _("%(n)s of %(all)s") % {"n": number(each.stays), "all": number(facts.n_plans)}


def _elsewhere(each: Borderline, places: dict[int, ProposedPlace]) -> list[str]:
    home = places[each.school].cluster
    own = None if home is None else home.number
    return [
        _with_others(n or 0) if cluster == own else _place(cluster, n or 0)
        for cluster, n in each.elsewhere
    ]


def _with_others(n: int) -> str:
    """The plan keeps the cluster's number for another half of its schools."""
    return _("Its own cluster, with other companions: %(n)s") % {"n": number(n)}


def _place(cluster: int | None, n: int) -> str:
    if cluster is None:
        return _("In no cluster: %(n)s") % {"n": number(n)}
    return _("Cluster %(number)s: %(n)s") % {"number": cluster, "n": number(n)}


def _journeys(facts: Firm) -> str:
    """What happens to the proposal where journeys differ from what is thought."""
    told = {
        "spread": percent(facts.spread, 0),
        "n": number(facts.n_trials),
        "best": number(round(facts.best_share * facts.n_trials)),
        "broken": number(round(facts.broken_share * facts.n_trials)),
    }
    return (
        _(
            "Every journey was made up to %(spread)s longer or shorter, in %(n)s trials. "
            "Trials in which none of the other arrangements was better: %(best)s. "
            "Trials in which a cluster would break a rule that it keeps: %(broken)s."
        )
        % told
    )


def _risk(proposal: Proposal, risk: Risk, facts: Firm) -> str:
    return _("Cluster %(number)s: %(rule)s. Trials: %(n)s of %(all)s.") % {
        "number": risk.cluster,
        "rule": rule_words(proposal, risk.rule) or said(rule_name(risk.rule)),
        "n": number(round(risk.share * facts.n_trials)),
        "all": number(facts.n_trials),
    }
