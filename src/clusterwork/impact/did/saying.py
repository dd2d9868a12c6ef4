"""What a comparison with staggered starts says beside what `impact.saying` says of its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from clusterwork.impact.did.noting import FEW_CLUSTERS
from clusterwork.impact.saying import LEAST_CLUSTERS, Finding, sentences, too_early
from clusterwork.kernel.messages import N_, Message

if TYPE_CHECKING:
    from clusterwork.impact.did.result import DidFit


def sentences_of(fit: DidFit, finding: Finding) -> Sequence[Message]:
    """What `impact.saying` says of the average over groups, and on what terms.

    The average counts each group by its size (Callaway and Sant'Anna 2021, section 3.1, the one
    they recommend).
    """
    return (*sentences(finding), *([] if too_early(finding) else _terms(fit)))


def _terms(fit: DidFit) -> Iterator[Message]:
    if LEAST_CLUSTERS <= fit.treated_clusters < FEW_CLUSTERS:
        yield Message(
            N_("Few clusters started, so that the true uncertainty is larger: %(count)s"),
            {"count": fit.treated_clusters},
        )
