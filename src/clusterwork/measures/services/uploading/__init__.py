"""Files of figures: read, staged, confirmed or abandoned; or loaded at once by the command."""
