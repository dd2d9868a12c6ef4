"""Clusterwork: form, govern, plan, fund, run, monitor and evaluate clusters of schools."""
