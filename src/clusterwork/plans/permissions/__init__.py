"""Who may do what; loading a thing is passing its permission."""
