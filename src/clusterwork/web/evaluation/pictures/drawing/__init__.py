"""What is told of figures as pictures with their tables; one kind a module."""
