"""What the pages of this part show, as plain values."""
