"""Who may see, enter, correct, comment on and release figures."""
