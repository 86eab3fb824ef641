"""What the record adds to a nonconformity: the measured effect, the like elsewhere, recurrence, what was merged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.agency import Agency
from procedures.vietnamese import number
from procedures.words import Lang, Words, say
from quality import questions
from quality.effect import Effect, effect_of
from quality.nonconformity import Nonconformity, recurring, register
from quality.review import figure_json
from quality.shown import shown
from quality.similar import Alike, alike, breached_elsewhere

#: So many places and cases are named; the rest is counted.
_PLACES, _CASES = 8, 3


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one nonconformity besides what was entered."""

    effect: Effect | None
    similar: tuple[Alike, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    merged: tuple[str, ...]
    lang: Lang

    @property
    def lines(self) -> list[str]:
        """What is known, a sentence each, in the reader's language."""
        return [words.into(self.lang) for words in self._said()]

    def as_json(self) -> dict[str, object]:
        """Return the same for scripts."""
        both = (self.effect.before, self.effect.after) if self.effect is not None else ()
        return {
            "effect": [figure_json(figure) for figure in both],
            "similar": [{"why": str(one.why), "procedure": one.procedure, "step": one.step, "unit": one.unit,
                         "cases": list(one.cases)} for one in self.similar],
            "recurs": list(self.before),
            "recurred": list(self.after),
            "merged": list(self.merged),
        }  # fmt: skip

    def _said(self) -> Iterator[Words]:
        if self.before:
            yield say("recurs: {cases} was closed at the same place; judge anew whether its action worked",
                      cases=", ".join(self.before))  # fmt: skip
        if self.after:
            yield say("it came again: {cases}; the action has to be judged anew", cases=", ".join(self.after))
        if self.merged:
            yield say("merged into it: {cases}", cases=", ".join(self.merged))
        yield effect_words(self.effect, self.lang)
        if not self.similar:
            yield say("nothing alike was found elsewhere")
        for one in self.similar[:_PLACES]:
            yield alike_words(one)
        if len(self.similar) > _PLACES:
            yield say("and {count} more places", count=len(self.similar) - _PLACES)


def told_of(agency: Agency, one: Nonconformity, now: datetime, lang: Lang) -> Told:
    """Return what the record tells of a nonconformity, as of `now`."""
    with agency.store.reading() as reader:
        every = register(reader, now)
        facts, breaches = questions.facts(reader, now), questions.breaches(reader)
    pairs = recurring(every)
    return Told(
        effect=effect_of(one, facts, agency.calendar),
        similar=(*alike(one, every), *breached_elsewhere(one, breaches, facts.units())),
        before=tuple(earlier.id for earlier, later in pairs if later.id == one.id),
        after=tuple(later.id for earlier, later in pairs if earlier.id == one.id),
        merged=tuple(other.id for other in every if other.merged_into.strip() == one.id),
        lang=lang,
    )


def effect_words(seen: Effect | None, lang: Lang) -> Words:
    """Say what an indicator was before and after the action, with the counts."""
    if seen is None:
        return say("effect: not measurable yet, or not from cases")
    return say(
        "effect: {name} before {before} ({before_count} cases), after {after} ({after_count} cases)",
        name=seen.before.name,
        before=shown(seen.before, lang),
        before_count=number(seen.before.count, lang, 0),
        after=shown(seen.after, lang),
        after_count=number(seen.after.count, lang, 0),
    )


def alike_words(one: Alike) -> Words:
    """Say where the like exists."""
    where = " · ".join(part for part in (one.procedure, one.step, one.unit) if part)
    cases = ", ".join(one.cases[:_CASES])
    return say("alike ({why}): {where} — {count} cases: {cases}", why=one.why, where=where, count=len(one.cases),
               cases=cases + (", …" if len(one.cases) > _CASES else ""))  # fmt: skip
