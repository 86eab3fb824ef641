"""Rules on declared time: the steps fit into the limit of the case and of their phase, and published sums are right."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from procedures.calendar.faults import OutOfReachError
from procedures.check.amounts import Scale, said, said_as_sum, scale, size
from procedures.check.instances import instances
from procedures.check.intake import decided_years
from procedures.check.lateness import moment_of, told
from procedures.check.longest import LongestWay, longest_way, return_times, times
from procedures.check.overrun import BySum, Held, OnCalendar, measured, overrun, own_times, within_the_limit
from procedures.check.plan import loop_of
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity, Stop, Trace
from procedures.model import BackTo, Duration, Phase, ReturnClock
from procedures.words import Words, say


def units_can_be_summed(subject: Subject) -> Iterator[Finding]:
    """QT403: working days, calendar days and months cannot be added up without a calendar."""
    timed = own_times(subject)
    limit = measured(subject.procedure.within)
    used = {scale(duration) for duration in (*timed.values(), *((limit,) if limit else ()))}
    calendar_tells = limit is not None and bool(decided_years(subject))
    if subject.unknown or not timed or len(used) == 1 or calendar_tells:
        return
    wanted = scale(limit or next(iter(timed.values())))
    other = subject.procedure.step(next(key for key, own in timed.items() if scale(own) != wanted))
    yield Finding(
        "QT403",
        Severity.WARNING if limit else Severity.HINT,
        say("the times of the steps are in units that cannot be added up"),
        subject.places.at("steps", other.key, "norm" if other.norm else "delay"),
        label=say("the limit of the case is in another unit") if limit else say("other steps use another unit"),
        help=say("use one unit throughout: “ngày làm việc” or “ngày”"),
    )


def steps_fit_into_the_limit(subject: Subject) -> Iterator[Finding]:
    """QT401: on no way, and after no intake, is a case late whose steps are all on time.

    A procedure of one's own that no case can keep to, even without a return, is an error. Published figures stay as
    they are, and returns are exceptions: both are accepted with a reason. Where the limit or norms hang on conditions,
    each way in which these can come out is judged by itself.
    """
    if subject.unknown:
        return
    for case, instance in instances(subject):
        for finding in _fits(instance):
            note = () if case is None else (say("this is so when: {case}", case=case),)
            yield replace(finding, notes=(*finding.notes, *note))
            return


def _fits(subject: Subject) -> Iterator[Finding]:
    limit, timed = measured(subject.procedure.within), within_the_limit(subject)
    if limit is None or not timed:
        return
    try:
        found = overrun(subject, Held(limit, timed))
    except OutOfReachError:
        return  # QT407 tells
    if found is None:
        return
    published = subject.procedure.published_total is not None or subject.procedure.source is not None
    severity = Severity.WARNING if published or found.returns else Severity.ERROR
    if isinstance(found, BySum):
        yield _sum_too_long(subject, found, severity)
    elif subject.calendar is not None:
        intake = told(found.worst, subject.calendar, limit)
        yield _late_on_the_calendar(subject, found, intake, severity)


def _sum_too_long(subject: Subject, found: BySum, severity: Severity) -> Finding:
    total, limit = said(found.way.total, found.on), said(found.limit, found.on)
    if found.returns:
        message = say(
            "with every return used the times of the steps ({total}) are longer than the limit of the case ({limit})",
            total=total,
            limit=limit,
        )
        help_, notes = _fewer_returns(), [_longest(subject, found.way, found.on)]
    else:
        message = say(
            "the times of the steps ({total}) are longer than the limit of the case ({limit})",
            total=total,
            limit=limit,
        )
        help_ = _shorten(subject, found)
        notes = [_longest(subject, found.way, found.on), *_returns(subject, found.on)]
    return Finding(
        "QT401",
        severity,
        message,
        subject.places.at("within"),
        help=help_,
        notes=tuple(notes),
        data={"path": list(found.way.steps), "total": str(found.way.total), "limit": str(found.limit)},
        trace=_along(found.way.steps, say("{total} of {limit}", total=total, limit=limit)),
    )


def _along(steps: tuple[str, ...], what: Words) -> Trace:
    return Trace(tuple(map(Stop, steps)), steps[-1:], what)


def _late_on_the_calendar(subject: Subject, found: OnCalendar, intake: Words, severity: Severity) -> Finding:
    worst = found.worst
    if found.returns:
        message = say("with every return used a case is late though every step is on time: {intake}", intake=intake)
    else:
        message = say("a case is late though every step is on time: {intake}", intake=intake)
    help_ = _fewer_returns() if found.returns else say("shorten the steps on this way, or raise the limit of the case")
    return Finding(
        "QT401",
        severity,
        message,
        subject.places.at("within"),
        help=help_,
        notes=_reckoned(own_times(subject), found),
        data={
            "path": list(worst.way),
            "total": str(_minutes(worst.finish.timestamp() - worst.start.timestamp())),
            "limit": str(_minutes(worst.due.timestamp() - worst.start.timestamp())),
            "worst_start": worst.start.isoformat(),
            "finish": worst.finish.isoformat(),
            "due": worst.due.isoformat(),
        },
        trace=_along(worst.way, _dates(found)),
    )


def _reckoned(timed: Mapping[str, Duration], found: OnCalendar) -> tuple[Words, ...]:
    worst = found.worst
    parts = [
        say("{step} {number}", step=key, number=said(size(timed[key]), scale(timed[key])))
        for key in worst.way
        if key in timed
    ]
    way = reduce(lambda before, term: say("{before} + {term}", before=before, term=term), parts)
    dates = _dates(found)
    longest = say("the longest way: {sum}", sum=way)
    if worst.always:
        return longest, dates, say("late whenever it is received")
    return longest, dates


def _dates(found: OnCalendar) -> Words:
    due, finish = moment_of(found.worst.due), moment_of(found.worst.finish)
    return say("due {due}; the last step may end {finish}", due=due, finish=finish)


def _minutes(seconds: float) -> int:
    return int(seconds) // 60


def published_total_is_right(subject: Subject) -> Iterator[Finding]:
    """QT402: the published total is the sum along the longest way."""
    total, on = measured(subject.procedure.published_total), _one_scale(subject)
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
            data={"path": list(way.steps), "total": str(way.total), "published": str(size(total))},
            trace=_along(
                way.steps,
                say("{total}, published {published}", total=said(way.total, on), published=said(size(total), on)),
            ),
        )


def phases_hold_their_steps(subject: Subject) -> Iterator[Finding]:
    """QT404: the steps of a phase, each done once, fit into the limit that they share."""
    for phase in subject.procedure.phases:
        for case, instance in instances(subject):
            finding = next(_phase_fits(instance, phase), None)
            if finding is not None:
                note = () if case is None else (say("this is so when: {case}", case=case),)
                yield replace(finding, notes=(*finding.notes, *note))
                break


def _phase_fits(subject: Subject, phase: Phase) -> Iterator[Finding]:
    limit = measured(phase.within)
    inside = {key: own for key, own in own_times(subject).items() if _belongs(subject, key, phase)}
    if limit is None or not inside or subject.unknown:
        return
    try:
        found = overrun(subject, Held(limit, inside), returns=False)
    except OutOfReachError:
        return  # QT407 tells
    if isinstance(found, BySum):
        yield _phase_finding(subject, phase, *_phase_sum(subject, phase, found), found.way.steps)
    elif found is not None and subject.calendar is not None:
        intake = told(found.worst, subject.calendar, limit)
        message = say("phase “{phase}” is late though every step is on time: {intake}", phase=phase.name, intake=intake)
        yield _phase_finding(subject, phase, message, _reckoned(inside, found), found.worst.way)


def _phase_sum(subject: Subject, phase: Phase, found: BySum) -> tuple[Words, tuple[Words, ...]]:
    weights = times(subject)
    inside = [(key, weights[key]) for key in found.way.steps if _belongs(subject, key, phase) and weights[key]]
    message = say(
        "the steps of phase “{phase}” ({total}) are longer than its limit ({limit})",
        phase=phase.name,
        total=said(found.way.total, found.on),
        limit=said(found.limit, found.on),
    )
    return message, (say("the longest way: {sum}", sum=said_as_sum(inside, found.on)),)


def _phase_finding(
    subject: Subject, phase: Phase, message: Words, notes: tuple[Words, ...], way: tuple[str, ...]
) -> Finding:
    inside = tuple(key for key in way if _belongs(subject, key, phase))
    return Finding(
        "QT404",
        Severity.WARNING,
        message,
        subject.places.at("phases", phase.name),
        help=say("shorten a step, or raise the limit of the phase"),
        notes=notes,
        trace=_along(inside, say("later than phase “{phase}” allows", phase=phase.name)),
    )


def _belongs(subject: Subject, key: str, phase: Phase) -> bool:
    return subject.procedure.step(key).phase == phase.name or key in phase.steps


def returns_are_counted(subject: Subject) -> Iterator[Finding]:
    """QT405: a return says how many times it may happen, or the time of its loop is unbounded."""
    for way in subject.ways_out:
        if isinstance(way.target, BackTo) and way.target.at_most is None:
            around = loop_of(subject, way.step.key, way.target.step)
            runs = way.target.clock is not ReturnClock.RESTART
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
                notes=(say("round and round: {path}", path=" → ".join(around)),),
                data={"loop": list(around), "verdict": "unbounded" if runs else "outside the limit"},
                trace=Trace(tuple(map(Stop, around)), (way.target.step,), say("round and round without end")),
            )


def _one_scale(subject: Subject) -> Scale | None:
    """Return the one scale on which the steps and the limit are declared, if it is one and steps have times."""
    timed, limit = own_times(subject), measured(subject.procedure.within)
    scales = {scale(duration) for duration in (*timed.values(), *((limit,) if limit else ()))}
    return next(iter(scales)) if timed and len(scales) == 1 and not subject.unknown else None


def _longest(subject: Subject, way: LongestWay, on: Scale) -> Words:
    weights = times(subject)
    counted = within_the_limit(subject)
    parts = [(key, weights[key]) for key in way.steps if weights[key] and key in counted]
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


def _shorten(subject: Subject, found: BySum) -> Words:
    weights = times(subject)
    longest = max(found.way.steps, key=lambda key: weights[key])
    left = weights[longest] - (found.way.total - found.limit)
    if left <= 0:
        return say("shorten the steps on this way, or raise the limit of the case")
    return say("shorten “{step}” to {time}, or raise the limit of the case", step=longest, time=said(left, found.on))


def _fewer_returns() -> Words:
    return say("allow fewer returns, let the clock stand (“dừng tính thời hạn”), or raise the limit of the case")
