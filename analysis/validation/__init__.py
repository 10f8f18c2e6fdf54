"""Checks of the conclusions against what happened: entries, known clusters, expansion, past catalogues."""
