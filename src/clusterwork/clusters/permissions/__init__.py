"""Who may do what, a file a subject; loading a thing is passing its permission."""

from clusterwork.clusters.permissions.clusters import (
    check_may_see_clusters,
    cluster_for,
    cluster_to_run,
    cluster_to_work_in,
    clusters_private_to,
    may_run_cluster,
    may_work_in,
)
from clusterwork.clusters.permissions.programmes import (
    check_may_run,
    formation_for,
    made_proposal_for,
    organisations_for,
    programme_for,
    proposal_for,
)
from clusterwork.clusters.permissions.schools import (
    check_may_prepare_for,
    check_may_send_for,
    schools_to_prepare_for,
    schools_to_send_for,
)

__all__ = [
    "check_may_prepare_for",
    "check_may_run",
    "check_may_see_clusters",
    "check_may_send_for",
    "cluster_for",
    "cluster_to_run",
    "cluster_to_work_in",
    "clusters_private_to",
    "formation_for",
    "made_proposal_for",
    "may_run_cluster",
    "may_work_in",
    "organisations_for",
    "programme_for",
    "proposal_for",
    "schools_to_prepare_for",
    "schools_to_send_for",
]
