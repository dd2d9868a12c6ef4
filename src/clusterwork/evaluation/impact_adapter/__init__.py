"""The one place that asks the impact library: plain rows in, plain results out."""
