"""The categories of Small rural schools, Figure 4, as people choose and read them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterwork.clusters.models.standing import Formality
from clusterwork.web.clusters.cluster.definitions import meaning_of


def definitions() -> dict[int, str]:
    """What each category means, in the reader's language."""
    return {each.value: meaning_of(each) for each in Formality}


def category_words(category: int) -> str:
    """Category 2: Informal local collaboration."""
    return _("Category %(number)s: %(name)s") % {
        "number": category,
        "name": Formality(category).label,
    }
