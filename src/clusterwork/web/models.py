"""No facts of its own; the module stands so that Django counts the room among the migrated ones."""
