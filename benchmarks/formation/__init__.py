"""Forming clusters: ours and the strongest ready-made tool, side by side on real counties."""
