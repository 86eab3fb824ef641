"""What of the breaches that a policy may name is looked for while cases run."""

#: The kinds that the sweep records when they happen; a policy on any other is never met.
WATCHED = frozenset({"late_case", "late_step", "returned"})
