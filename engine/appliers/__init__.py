"""What each event does to the state: no judgement, no refusal, only what the event says."""

from engine.appliers import people, records, time, together
from engine.appliers.family import applier, apply, with_item

__all__ = ["applier", "apply", "people", "records", "time", "together", "with_item"]
