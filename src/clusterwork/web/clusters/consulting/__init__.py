"""Pages of asking schools first and of putting a proposal to them."""
