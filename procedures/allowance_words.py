"""What a procedure allows to be done with its time, in words."""

from collections.abc import Mapping, Sequence

from procedures.allowances import CountedFrom, Extensions, SupplementClock, Supplements, Variant
from procedures.condition import Condition
from procedures.judgement import in_words
from procedures.lengths import Duration
from procedures.words import Lang, Words, say

CLOCKS: Mapping[SupplementClock, Words] = {
    "restart": say("the time starts afresh"),
    "pause": say("the time stands"),
    "exclude": say("the time does not count towards the limit of the case"),
    "none": say("the time runs on"),
}


class InWords(Words):
    """A condition, said in the language of the reader."""

    def __init__(self, condition: Condition) -> None:
        super().__init__(in_words(condition, "en"), {"condition": condition})

    def into(self, lang: Lang) -> str:
        """Return the condition in `lang`."""
        condition: Condition = self.values["condition"]  # type: ignore[assignment]
        return in_words(condition, lang)


def limit_words(within: Duration | None, variants: Sequence[Variant]) -> str | Words:
    """Say a limit with what it is under each condition."""
    rest = within.text if within is not None else "—"
    if not variants:
        return rest
    said = say("otherwise: {limit}", limit=rest)
    for one in reversed(variants):
        said = say("{case}: {limit}; {rest}", case=InWords(one.when), limit=one.within.text, rest=said)
    return said


def counted_from_words(start: CountedFrom) -> Words:
    """Say from when the limit of a case counts."""
    match start.event:
        case "reception":
            return say("from the reception")
        case "complete":
            return say("from when the dossier is complete")
        case "opinion":
            return say("from when the opinions have come")
        case "step":
            return say("from when step “{step}” is done", step=start.name)
        case "date":
            return say("from the day “{field}”", field=start.name)


def supplement_words(rule: Supplements) -> Words:
    """Say what is allowed of requests for supplements."""
    if rule.at_most == 0:
        return say("not allowed")
    said = say("at most {count} times, {clock}", count=rule.at_most, clock=CLOCKS[rule.clock])
    if rule.close_after is None:
        return said
    return say("{said}, the case is closed after {time}", said=said, time=rule.close_after.text)


def extension_words(rule: Extensions) -> Words:
    """Say what is allowed of extensions."""
    if rule.at_most == 0:
        return say("not allowed")
    said = say("at most {count} times, asked for {ahead} before expiry", count=rule.at_most, ahead=rule.ahead.text)
    if rule.each is not None:
        said = say("{said}, each at most {time}", said=said, time=rule.each.text)
    if rule.decided_by:
        said = say("{said}, decided by {roles}", said=said, roles=", ".join(rule.decided_by))
    return said
