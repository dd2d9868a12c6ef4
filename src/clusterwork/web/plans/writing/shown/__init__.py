"""What the pages of a plan show, made of plain values."""
