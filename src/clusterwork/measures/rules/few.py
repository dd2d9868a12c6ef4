"""Whether one figure by itself tells of few people."""

from __future__ import annotations

from clusterwork.measures.rules.rolling import Part
from clusterwork.measures.rules.secrecy import Sort


def tells_of_few(sort: Sort, part: Part, smallest: int) -> bool:
    """Whether fewer than `smallest` people, and not nobody, stand behind the value.

    Of a percentage those to whom the measure applies and those to whom it does not, as far as the
    number counted is known; of a mean those counted.
    """
    if not sort.is_of_people:
        return False
    return any(0 < number < smallest for number in sort.facts([part]).values())
