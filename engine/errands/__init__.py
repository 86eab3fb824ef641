"""Errands: what the world has still to do for a case or a period, as rows that are claimed, tried and answered once."""
