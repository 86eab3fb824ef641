"""What each command makes happen: a family of commands a file, all behind one door."""

from engine.decisions import keeping, life, machines, work
from engine.decisions.family import decide_on

__all__ = ["decide_on", "keeping", "life", "machines", "work"]
