"""Judging a list that isn't ours, and what to answer its owner."""
