"""Rules on declared time: the steps fit into the limit of the case, and the published sums are right."""

from collections.abc import Iterator
from decimal import Decimal

from procedures.check.amounts import Scale, own_time, said, said_as_sum, scale, size
from procedures.check.longest import LongestWay, longest_way, return_times, times
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity
from procedures.model import BackTo, Duration, Phase
from procedures.words import Words, say


def units_can_be_summed(subject: Subject) -> Iterator[Finding]:
    """QT403: working days, calendar days and months cannot be added up without a calendar."""
    timed = [(step, own) for step in subject.procedure.steps if (own := own_time(step)) is not None]
    limit = _measured(subject.procedure.within)
    if subject.unknown or not timed or len(_scales(subject)) < 2:  # noqa: PLR2004 (two kinds are one too many)
        return
    wanted = scale(limit) if limit else scale(timed[0][1])
    other = next(step for step, own in timed if scale(own) != wanted)
    span = subject.places.at("steps", other.key, "norm" if other.norm else "delay")
    yield Finding(
        "QT403",
        Severity.WARNING if limit else Severity.HINT,
        say("the times of the steps are in units that cannot be added up"),
        span,
        label=say("the limit of the case is in another unit") if limit else say("other steps use another unit"),
        help=say("use one unit throughout: “ngày làm việc” or “ngày”"),
    )


def steps_fit_into_the_limit(subject: Subject) -> Iterator[Finding]:
    """QT401: the longest way is not longer than the limit of the case."""
    limit, on = _measured(subject.procedure.within), _one_scale(subject)
    if limit is None or on is None:
        return
    way = longest_way(subject)
    if way.total > size(limit):
        yield Finding(
            "QT401",
            Severity.WARNING,
            say(
                "the times of the steps ({total}) are longer than the limit of the case ({limit})",
                total=said(way.total, on),
                limit=said(size(limit), on),
            ),
            subject.places.at("within"),
            help=_shorten(subject, way, size(limit), on),
            notes=(_longest(subject, way, on), *_returns(subject, on)),
            data={"way": list(way.steps), "total": str(way.total), "limit": str(size(limit))},
        )


def published_total_is_right(subject: Subject) -> Iterator[Finding]:
    """QT402: the published total is the sum along the longest way."""
    total, on = _measured(subject.procedure.published_total), _one_scale(subject)
    if total is None or on is None or scale(total) != on:
        return
    way = longest_way(subject)
    if way.total != size(total):
        every = sum(times(subject).values(), Decimal(0))
        yield Finding(
            "QT402",
            Severity.WARNING,
            say(
                "the published total ({published}) is not the sum of the steps ({total})",
                published=said(size(total), on),
                total=said(way.total, on),
            ),
            subject.places.at("published_total"),
            help=say("keep both as they were published, and accept the warning with the reason"),
            notes=(
                _longest(subject, way, on),
                say("all steps together, whether they run at the same time or not: {total}", total=said(every, on)),
            ),
            data={"way": list(way.steps), "total": str(way.total), "published": str(size(total))},
        )


def phases_hold_their_steps(subject: Subject) -> Iterator[Finding]:
    """QT404: the steps of a phase fit into the limit that they share."""
    on = _one_scale(subject)
    for phase in subject.procedure.phases:
        limit = _measured(phase.within)
        if limit is None or on is None or scale(limit) != on:
            continue
        inside = {step.key for step in subject.procedure.steps if step.phase == phase.name or step.key in phase.steps}
        weights = {key: time if key in inside else Decimal(0) for key, time in times(subject).items()}
        way = longest_way(subject, weights)
        if way.total > size(limit):
            yield _phase_too_long(subject, phase, way, on)


def _phase_too_long(subject: Subject, phase: Phase, way: LongestWay, on: Scale) -> Finding:
    weights = times(subject)
    inside = [key for key in way.steps if subject.procedure.step(key).phase == phase.name or key in phase.steps]
    limit = size(phase.within) if phase.within else Decimal(0)
    return Finding(
        "QT404",
        Severity.WARNING,
        say(
            "the steps of phase “{phase}” ({total}) are longer than its limit ({limit})",
            phase=phase.name,
            total=said(way.total, on),
            limit=said(limit, on),
        ),
        subject.places.at("phases", phase.name),
        help=say("shorten a step, or raise the limit of the phase"),
        notes=(say("the longest way: {sum}", sum=said_as_sum([(k, weights[k]) for k in inside if weights[k]], on)),),
    )


def returns_are_counted(subject: Subject) -> Iterator[Finding]:
    """QT405: a return says how many times it may happen."""
    for way in subject.ways_out:
        if isinstance(way.target, BackTo) and way.target.at_most is None:
            yield Finding(
                "QT405",
                Severity.WARNING,
                say(
                    "a case may return from “{step}” to “{target}” without end",
                    step=way.step.key,
                    target=way.target.step,
                ),
                subject.at_way(way),
                label=say("no bound: the time that a case may take cannot be told"),
                help=say("write:  trả về {target}, không quá 2 lần", target=way.target.step),
            )


def _measured(duration: Duration | None) -> Duration | None:
    return duration if duration is not None and duration.measured else None


def _scales(subject: Subject) -> set[Scale]:
    used = [own for step in subject.procedure.steps if (own := own_time(step)) is not None]
    limit = _measured(subject.procedure.within)
    return {scale(duration) for duration in (*used, *((limit,) if limit else ()))}


def _one_scale(subject: Subject) -> Scale | None:
    """Return the one scale on which the steps and the limit are declared, if it is one and steps have times."""
    scales = _scales(subject)
    timed = any(own_time(step) is not None for step in subject.procedure.steps)
    return next(iter(scales)) if timed and len(scales) == 1 and not subject.unknown else None


def _longest(subject: Subject, way: LongestWay, on: Scale) -> Words:
    weights = times(subject)
    parts = [(key, weights[key]) for key in way.steps if weights[key]]
    return say("the longest way: {sum}", sum=said_as_sum(parts or [(way.steps[0], Decimal(0))], on))


def _returns(subject: Subject, on: Scale) -> Iterator[Words]:
    for step, target, once in return_times(subject):
        if target.at_most and once:
            yield say(
                "not counted: the return from “{step}” to “{target}” may add {count} times {time}",
                step=step,
                target=target.step,
                count=target.at_most,
                time=said(once, on),
            )


def _shorten(subject: Subject, way: LongestWay, limit: Decimal, on: Scale) -> Words:
    weights = times(subject)
    longest = max(way.steps, key=lambda key: weights[key])
    left = weights[longest] - (way.total - limit)
    if left <= 0:
        return say("shorten the steps on this way, or raise the limit of the case")
    return say("shorten “{step}” to {time}, or raise the limit of the case", step=longest, time=said(left, on))
