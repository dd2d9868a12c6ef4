"""What answers each address of writing a plan."""
