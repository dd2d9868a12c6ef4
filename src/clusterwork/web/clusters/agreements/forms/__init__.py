"""The forms of this part."""
