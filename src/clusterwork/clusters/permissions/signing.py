"""Who signs for a school: whoever holds the post today; nobody signs for another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import AgreementVersion, Signature
from clusterwork.clusters.permissions.agreements import version_for
from clusterwork.clusters.selectors.governed import governing_of
from clusterwork.clusters.selectors.posts import Posts, posts_of
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School


@dataclass(frozen=True)
class ToSign:
    """One signature that a school needs: whom it serves, and who is known to hold the post."""

    version: AgreementVersion
    school: School
    capacity: str
    served: tuple[School, ...]
    holders: tuple[str, ...]

    @property
    def serves(self) -> str:
        """The schools that the signature serves, by name."""
        return ", ".join(str(each) for each in self.served)

    @property
    def label(self) -> str:
        """What the signatory signs as."""
        return str(Signature.Capacity(self.capacity).label)


def slot_for(
    person: Person, version_pk: int, school_pk: int, capacity: str, day: dt.date
) -> ToSign:
    """The signature for those who read the version, or `NotThere`, or `NotAllowed`."""
    return _found(person, version_pk, school_pk, capacity, day)[0]


def slot_to_sign(
    person: Person, version_pk: int, school_pk: int, capacity: str, day: dt.date
) -> ToSign:
    """The same for whoever holds the post today, or `NotThere`, or `NotAllowed`."""
    found, posts = _found(person, version_pk, school_pk, capacity, day)
    if not posts.holds(person, capacity, school_pk):
        raise NotAllowed(
            Message(
                N_("You cannot sign for this school: %(school)s."), {"school": str(found.school)}
            ),
            why=Message(
                N_("Only whoever holds this post today signs: %(post)s."), {"post": found.label}
            ),
            next_step=Message(
                N_(
                    "What is signed on paper can be uploaded instead. If the post is recorded "
                    "wrongly, put it right on the pages of the school or of the cluster’s people."
                )
            ),
        )
    return found


def _found(
    person: Person, version_pk: int, school_pk: int, capacity: str, day: dt.date
) -> tuple[ToSign, Posts]:
    version, _rights = version_for(person, version_pk, day)
    governing = governing_of(version.agreement.cluster, day)
    posts = posts_of(version.agreement.cluster, governing, day)
    school = governing.schools.get(school_pk)
    if school is None or capacity not in governing.who_signs(school_pk):
        raise NotThere(
            Message(N_("Nobody signs in this way for this school here.")),
            next_step=Message(N_("Open the agreement to see who signs for which school.")),
        )
    served = tuple(governing.served_with(school_pk))
    names = tuple(dict.fromkeys(each.name for each in posts.holders(capacity, school_pk)))
    return ToSign(version, school, capacity, served, names), posts
