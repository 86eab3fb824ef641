"""How a case moves: commands are decided into events, events are folded into the case, stores keep both."""
