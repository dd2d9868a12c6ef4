"""Pages: ask the rooms below and show what they say; one folder a room, `home` composes."""
