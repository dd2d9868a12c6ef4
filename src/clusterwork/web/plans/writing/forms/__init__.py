"""The forms of a plan and its parts."""
