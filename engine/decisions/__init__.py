"""What each command makes happen: a family of commands a file, all behind one door."""

from engine.decisions import files, keeping, life, machines, work
from engine.decisions.family import decide_on

__all__ = ["decide_on", "files", "keeping", "life", "machines", "work"]
