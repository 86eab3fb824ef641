"""The forms of the one-stop desk, 01 to 07: filled from what happened to a case, blank where nothing is known."""
