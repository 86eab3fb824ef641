"""Inspection of how units apply the system: the plan of a year, samples at headquarters, contents, follow-up."""
