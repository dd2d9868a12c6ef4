"""What each part of the house adds to the world, by the word that its census uses for it."""
