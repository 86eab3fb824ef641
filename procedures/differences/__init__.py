"""The parts of a difference between two procedures, each compared in its own module."""
