"""The clauses that Clusterwork ships: an organisation takes them over and makes them its own."""

from clusterwork.clusters.starter.clause import StarterClause
from clusterwork.clusters.starter.data_sharing import DATA_SHARING
from clusterwork.clusters.starter.memorandum import MEMORANDUM

STARTER: dict[str, tuple[StarterClause, ...]] = {
    "memorandum": MEMORANDUM,
    "data_sharing": DATA_SHARING,
}

__all__ = ["STARTER", "StarterClause"]
