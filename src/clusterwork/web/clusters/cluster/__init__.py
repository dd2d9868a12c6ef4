"""Pages of clusters: the list, one cluster, its members and how they change."""
