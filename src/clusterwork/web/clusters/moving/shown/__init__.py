"""What the pages of this part say, from values to words."""
