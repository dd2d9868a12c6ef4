"""A school ranks what was proposed, or comments on it; what it said before is replaced."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import Candidate, Choosing, Ranking
from clusterwork.plans.permissions.choosing import choosing_to_say_in
from clusterwork.plans.selectors.choosing import candidates_of, choosing_schools, ranking_seen
from clusterwork.plans.services.choosing import (
    check_not_before_the_vote,
    locked_choosing,
    note_choosing,
)
from clusterwork.plans.states import needs as states
from clusterwork.registry.models import School

MOST_CHARACTERS = 2_000


class NotRankingNow(Problem):
    """A ranking before the schools are asked, or after."""


class NotAMember(Problem):
    """A ranking for a school that has left the cluster."""


class RankedMeanwhile(Problem):
    """The proposals, or what the school said, changed after the page was opened."""


class SamePlaceTwice(Problem):
    """Two proposals with the same place."""


class NoSuchPlace(Problem):
    """A place before the first or behind the last."""


class NothingRanked(Problem):
    """Neither a place nor a comment."""


class CommentTooLong(Problem):
    """A comment longer than anybody reads."""


@transaction.atomic
def rank_priorities(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    school_pk: int,
    places: Mapping[int, int],
    comments: Mapping[int, str],
    seen: str,
) -> list[Ranking]:
    """The school's places (1 is first) and comments, by the number of the proposal.

    It may rank only some of them. `seen` is `ranking_seen` of when the page was opened.
    Raises `NotThere`, `NotAllowed`, `NotRankingNow`, `BeforeTheVote`, `NotAMember`,
    `RankedMeanwhile`, `SamePlaceTwice`, `NoSuchPlace`, `NothingRanked`, `CommentTooLong`.
    """
    _choosing, school = choosing_to_say_in(person, pk, school_pk, day)
    choosing = locked_choosing(pk)
    _check_takes_ranks(choosing, school, day)
    if ranking_seen(choosing, school) != seen:
        raise _ranked_meanwhile()
    stand = {each.pk: each for each in candidates_of(choosing)}
    said = {key: text.strip() for key, text in comments.items() if text.strip()}
    _check_places(places, stand)
    _check_said(places, said, stand)
    before = Ranking.objects.filter(candidate__in=stand, school=school)
    before.delete()
    made = [
        Ranking.objects.create(
            candidate=each,
            school=school,
            place=places.get(key),
            comment=said.get(key, ""),
            by=person,
        )
        for key, each in stand.items()
        if key in places or key in said
    ]
    words = {"school": str(school), "n": len(places)}
    text = N_("Ranked. School: %(school)s. Priorities ranked: %(n)s.")
    note_choosing(person, choosing, "priority.rank", text, words)
    return made


def _check_takes_ranks(choosing: Choosing, school: School, day: dt.date) -> None:
    check_not_before_the_vote(choosing)
    if choosing.state != states.RANKING:
        raise NotRankingNow(
            Message(N_("The priorities cannot be ranked now.")),
            why=Message(
                N_("It stands at: %(state)s."),
                {"state": Message(states.CHOOSING_NAMES[choosing.state])},
            ),
            next_step=Message(N_("Open the choice to see how it stands.")),
        )
    if choosing.rank_by and day > choosing.rank_by:
        raise NotRankingNow(
            Message(N_("The last day for ranking is over.")),
            why=Message(N_("It was: %(day)s."), {"day": choosing.rank_by.isoformat()}),
            next_step=Message(N_("Say it in the vote, or ask the chair for more time.")),
        )
    if not choosing_schools(choosing.cluster, day).filter(pk=school.pk).exists():
        raise NotAMember(
            Message(N_("This school is not in the cluster today: %(school)s."), {"school": school}),
            why=Message(N_("Only the schools of the day choose.")),
            next_step=Message(N_("Ask an officer if the members are not as they should be.")),
        )


def _ranked_meanwhile() -> Problem:
    return RankedMeanwhile(
        Message(N_("Something has changed since you opened this page.")),
        why=Message(
            N_(
                "A proposal was added, withdrawn or changed, or somebody else of your school has "
                "ranked."
            )
        ),
        next_step=Message(
            N_("What you typed stands below beside what is kept. Look it over, and save again.")
        ),
    )


def _check_places(places: Mapping[int, int], stand: Mapping[int, Candidate]) -> None:
    if set(places) - set(stand):
        raise _ranked_meanwhile()
    by_place: dict[int, list[int]] = defaultdict(list)
    for key, place in places.items():
        by_place[place].append(key)
    wrong = sorted(place for place in by_place if not 1 <= place <= len(stand))
    if wrong:
        raise NoSuchPlace(
            Message(N_("There is no such place: %(place)s."), {"place": wrong[0]}),
            why=Message(N_("Places go from 1 to %(last)s."), {"last": len(stand)}),
            next_step=Message(N_("Choose another place, or leave it empty.")),
        )
    for place, keys in sorted(by_place.items()):
        if len(keys) > 1:
            raise _same_place_twice(place, [stand[key] for key in keys])


def _same_place_twice(place: int, these: list[Candidate]) -> Problem:
    return SamePlaceTwice(
        Message(N_("Two priorities have the same place: %(place)s."), {"place": place}),
        why=Message(N_("They are: %(titles)s."), {"titles": "; ".join(map(str, these))}),
        next_step=Message(N_("Give each another place, or leave one without.")),
    )


def _check_said(
    places: Mapping[int, int], said: Mapping[int, str], stand: Mapping[int, Candidate]
) -> None:
    if not places and not any(key in stand for key in said):
        raise NothingRanked(
            Message(N_("There is neither a place nor a comment.")),
            next_step=Message(N_("Give at least one priority a place, or comment on one.")),
        )
    longest = max((len(text) for text in said.values()), default=0)
    if longest > MOST_CHARACTERS:
        raise CommentTooLong(
            Message(N_("This text is too long: %(n)s characters."), {"n": longest}),
            why=Message(N_("At most %(n)s characters are kept."), {"n": MOST_CHARACTERS}),
            next_step=Message(N_("Shorten it.")),
        )
