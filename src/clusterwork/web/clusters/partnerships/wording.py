"""The categories of Small rural schools, Figure 4, as people choose and read them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.clusters.models.standing import Formality

DEFINITIONS: dict[int, str | Promise] = {
    Formality.NONE: _lazy("The school takes part in no collaborative activity."),
    Formality.INFORMAL: _lazy(
        "Mostly local: joint staff development and learning walks, subject leads, joint work with "
        "governors, peer reviews of self-evaluation."
    ),
    Formality.MORE_FORMAL: _lazy(
        "For example a soft federation, a teaching school alliance, or schools that agree to share "
        "a business manager, special needs provision, a specialist teacher or staff development."
    ),
    Formality.STRUCTURED: _lazy(
        "The schools are part of a company, trust or other legal entity, but each school keeps its "
        "own governance and accountability. Umbrella trusts are of this kind."
    ),
    Formality.HARD: _lazy(
        "A trust or federation that is responsible for the governance and performance of all "
        "of its schools."
    ),
}


def category_words(category: int) -> str:
    """Category 2: Informal local collaboration."""
    return _("Category %(number)s: %(name)s") % {
        "number": category,
        "name": Formality(category).label,
    }
