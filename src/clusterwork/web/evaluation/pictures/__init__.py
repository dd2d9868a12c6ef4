"""Pictures of real figures with intervals: clusters, programmes and authorities."""
