"""Pages: asks the rooms below and shows what they say; one folder a room, `home` composes several."""
