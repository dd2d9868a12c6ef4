"""The official lists' own words for types, faiths, kinds of link and the like, in both languages.

Only words are known here; what is not among them is shown as filed.
"""

from __future__ import annotations

from django.utils.translation import gettext

from clusterwork.kernel.messages import N_

KNOWN = frozenset(
    {
        # Types of establishment, England
        N_("Academy converter"),
        N_("Academy sponsor led"),
        N_("Academy special converter"),
        N_("Academy special sponsor led"),
        N_("Academy alternative provision converter"),
        N_("Community school"),
        N_("Community special school"),
        N_("Foundation school"),
        N_("Foundation special school"),
        N_("Free schools"),
        N_("Free schools special"),
        N_("Free schools alternative provision"),
        N_("Further education"),
        N_("Local authority nursery school"),
        N_("Non-maintained special school"),
        N_("Other independent school"),
        N_("Pupil referral unit"),
        N_("Sixth form centres"),
        N_("Studio schools"),
        N_("University technical college"),
        N_("Voluntary aided school"),
        N_("Voluntary controlled school"),
        N_("Welsh establishment"),
        # Groups of types, England
        N_("Academies"),
        N_("Colleges"),
        N_("Free Schools"),
        N_("Independent schools"),
        N_("Local authority maintained schools"),
        N_("Other types"),
        N_("Special schools"),
        N_("Universities"),
        N_("Welsh schools"),
        # Governance and types, Wales
        N_("Community"),
        N_("Foundation"),
        N_("Voluntary aided"),
        N_("Voluntary controlled"),
        N_("Not Applicable"),
        N_("Infants & Juniors"),
        N_("Juniors"),
        N_("Nursery & Infants"),
        N_("Nursery, Infants & Juniors"),
        # Religious character
        N_("Anglican"),
        N_("Baptist"),
        N_("Catholic"),
        N_("Christian"),
        N_("Church in Wales"),
        N_("Church of England"),
        N_("Free Church"),
        N_("Greek Orthodox"),
        N_("Hindu"),
        N_("Jewish"),
        N_("Methodist"),
        N_("Multi-faith"),
        N_("Muslim"),
        N_("Orthodox Jewish"),
        N_("Quaker"),
        N_("Roman Catholic"),
        N_("Seventh Day Adventist"),
        N_("Sikh"),
        N_("United Reform Church"),
        N_("United Reformed Church"),
        # Gender of entry
        N_("Boys"),
        N_("Girls"),
        N_("Mixed"),
        # Kinds of link
        N_("Closure"),
        N_("Expansion"),
        N_("Predecessor"),
        N_("Predecessor - amalgamated"),
        N_("Predecessor - merged"),
        N_("Predecessor - Split School"),
        N_("Result of Amalgamation"),
        N_("Sixth Form Centre Link"),
        N_("Sixth Form Centre School"),
        N_("Successor"),
        N_("Successor - amalgamated"),
        N_("Successor - merged"),
        N_("Successor - Split School"),
        # Kinds of group
        N_("Children's Centres Collaboration"),
        N_("Children's Centres Group"),
        N_("Multi-academy trust"),
        N_("School sponsor"),
        N_("Single-academy trust"),
        N_("Umbrella trust"),
    }
)


def official_words(value: str) -> str:
    """An official word in the reader's language; of several parted by `/`, each that is known."""
    return "/".join(gettext(part) if part in KNOWN else part for part in value.split("/"))
