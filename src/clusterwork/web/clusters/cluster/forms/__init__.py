"""What is asked for when a cluster or its members change, a file a subject."""
