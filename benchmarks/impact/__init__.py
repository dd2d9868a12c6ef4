"""How fast and how right the impact library is, beside the strongest ready-made tools."""
