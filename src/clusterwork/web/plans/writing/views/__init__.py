"""What answers each address of writing a plan, a file a subject."""
