"""Acts about work: take it in hand, give it back."""

from engine.commands import ClaimWork, ReleaseWork
from procedures.words import say
from web.acts.act import Act, each_item

ACTS = (
    Act(
        "nhan",
        say("Take this work"),
        say("It goes on your own list; others with the same role no longer see it as free."),
        lambda given: given.make(ClaimWork, item=given.number),
        subjects=each_item,
    ),
    Act(
        "tra-lai",
        say("Give this work back"),
        say("It is free again for everybody with the same role."),
        lambda given: given.make(ReleaseWork, item=given.number),
        subjects=each_item,
    ),
)
