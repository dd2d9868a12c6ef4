"""Programmes, their policies, and the forming of clusters; later the clusters themselves."""
