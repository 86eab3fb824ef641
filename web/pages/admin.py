"""Administration, for those whose position says so: accounts, appointments, who stands in for whom, health, the log."""

from collections.abc import Iterator

from engine.refusal import Refusal
from engine.stores.accounts import Accounts
from procedures.organisation import Mandate, Person
from procedures.text import name_key
from procedures.vietnamese import day, number
from procedures.words import Words, say
from quality.machinery import machinery
from visualize.access_words import ACCESS
from web.answers import Go, said, status_of
from web.forms import Form
from web.parts import Cell, Head, Page, Table
from web.visit import Missing, Visit

PATH = "/quan-tri"
LOG, CALENDAR, DECIDE = f"{PATH}/nhat-ky", f"{PATH}/lich", f"{PATH}/quyet-dinh"
_LINES = 200
#: What can be done to an account: whether it must be there, and whether it must be locked (None: either).
_ACTS: dict[str, tuple[Words, bool, bool | None]] = {
    "cap": (say("Give an account"), False, None),
    "cap-lai": (say("Give a new first password"), True, False),
    "khoa": (say("Lock the account"), True, False),
    "mo-khoa": (say("Let in again"), True, True),
    "ra-moi-noi": (say("Sign out everywhere"), True, False),
}


def guarded(visit: Visit) -> None:
    """Raise Missing for whoever does not administer: to them it is not there."""
    if visit.person is None or not visit.administers:
        raise Missing(say("there is no page {path}", path=visit.path))


def page(visit: Visit, _name: str) -> Page:
    """Return everybody with their accounts, the mandates, and how the machinery is."""
    guarded(visit)
    known = {person: (must, off) for person, must, off in Accounts(visit.agency.store).all()}
    people = sorted(visit.agency.organisation.people, key=lambda one: name_key(one.name))
    heads = (say("Name"), say("Posts today"), say("The account is"))
    rows = tuple(tuple(_person(visit, one, known)) for one in people)
    count = number(len(people), visit.lang, 0)
    shows = {
        "people": Table(visit.text(say("{count} people", count=count)), _heads(visit, heads), rows),
        "mandates": mandates(visit),
        "health": list(_health(visit)),
        "log": visit.link(LOG),
        "decide": visit.link(DECIDE),
        "calendar": visit.link(CALENDAR),
    }
    return Page("admin.html", visit.text(say("Administration")), shows)


def person(visit: Visit, name: str) -> Page:
    """Return one person, their posts, and what can be done to their account."""
    guarded(visit)
    return _one(visit, _known(visit, name))


def act(visit: Visit, name: str, form: Form) -> Page | Go:
    """Do something to an account; a first password is shown once, on the answer itself."""
    guarded(visit)
    one, doing = _known(visit, name), form.one("lam")
    if doing not in _ACTS:
        raise Missing(say("there is no such action"))
    if one.id == visit.person and doing == "khoa":
        return _one(visit, one, fault=visit.text(say("Nobody locks their own account.")), status=409)
    accounts, by = Accounts(visit.agency.store), visit.person or ""
    came: str | Refusal | None = None
    if doing == "cap":
        came = accounts.add(one.id, by, visit.now)
    elif doing == "cap-lai":
        came = accounts.reset(one.id, by, visit.now)
    elif doing == "khoa":
        came = accounts.disable(one.id, by, visit.now)
    elif doing == "mo-khoa":
        came = accounts.enable(one.id, by, visit.now)
    else:
        accounts.sign_out_everywhere(one.id, by, visit.now)
    if isinstance(came, Refusal):
        return _one(visit, one, fault=said(visit, came), status=status_of(came))
    return _one(visit, one, password=came) if came else Go(visit.link(visit.path))


def log(visit: Visit, _name: str) -> Page:
    """Return the newest lines of the access log."""
    guarded(visit)
    lines = Accounts(visit.agency.store).log(_LINES)
    heads = (say("At"), say("Whose account"), say("What was done"), say("By"), say("From"))
    rows = tuple(
        (
            Cell(visit.at(line.at)),
            Cell(visit.name(line.person), note=line.person, vi=True),
            Cell(visit.text(ACCESS[line.kind]) if line.kind in ACCESS else line.kind),
            Cell(visit.name(line.by) if line.by != line.person else "—", vi=True),
            Cell(line.address or "—"),
        )
        for line in lines
    )
    caption = visit.text(say("The newest {count} lines of the access log", count=number(len(lines), visit.lang, 0)))
    table = Table(caption, _heads(visit, heads), rows) if rows else None
    return Page("admin_log.html", visit.text(say("Access log")), {"table": table, "back": visit.link(PATH)})


def _heads(visit: Visit, words: tuple[Words, ...]) -> tuple[Head, ...]:
    return tuple(Head(visit.text(one)) for one in words)


def _known(visit: Visit, name: str) -> Person:
    found = next((one for one in visit.agency.organisation.people if one.id == name), None)
    if found is None:
        raise Missing(say("nobody is called {name}", name=name))
    return found


def _state(visit: Visit, one: Person, known: dict[str, tuple[bool, bool]]) -> str:
    if one.id not in known:
        return visit.text(say("no account"))
    must, off = known[one.id]
    return visit.text(say("locked") if off else say("must change the password") if must else say("in use"))


def _person(visit: Visit, one: Person, known: dict[str, tuple[bool, bool]]) -> Iterator[Cell]:
    yield Cell(one.name, visit.link(f"{PATH}/nguoi/{one.id}"), note=one.id, vi=True)
    held = [f"{post.position}, {post.unit}" for post in one.posts if post.held(visit.today.date())]
    yield Cell("; ".join(held) or "—", vi=True)
    yield Cell(_state(visit, one, known))


def _one(visit: Visit, one: Person, *, fault: str = "", password: str = "", status: int = 200) -> Page:
    known = {person: (must, off) for person, must, off in Accounts(visit.agency.store).all()}
    off = known[one.id][1] if one.id in known else None
    posts = tuple(
        (
            Cell(f"{post.position}, {post.unit}", vi=True),
            Cell(day(post.since) if post.since else "—"),
            Cell(day(post.until) if post.until else "—"),
            Cell(post.decision or "—", vi=True),
        )
        for post in one.posts
    )
    heads = _heads(visit, (say("Post"), say("From"), say("Until"), say("Decision")))
    shows = {
        "person": one,
        "state": _state(visit, one, known),
        "posts": Table(visit.text(say("Posts of {name}", name=one.name)), heads, posts) if posts else None,
        "acts": [
            (key, visit.text(words))
            for key, (words, there, locked) in _ACTS.items()
            if there == (one.id in known) and locked in {None, off}
        ],
        "faults": [(fault, "")] if fault else [],
        "password": password,
        "back": visit.link(PATH),
    }
    return Page("admin_person.html", one.name, shows, status)


def mandates(visit: Visit) -> Table | None:
    """Return who acts for whom by which decision; None when nobody does."""
    found = visit.agency.organisation.mandates
    if not found:
        return None
    words = (say("Decision"), say("On behalf of"), say("Who acts"), say("In what"), say("From"), say("Until"))
    return Table(
        visit.text(say("Who stands in for whom, and who acts by delegation")),
        _heads(visit, words),
        tuple(tuple(_mandate(visit, one)) for one in found),
    )


def _mandate(visit: Visit, one: Mandate) -> Iterator[Cell]:
    manner = say("stands in while somebody is away") if one.manner == "substitution" else say("delegation")
    yield Cell(one.decision, note=visit.text(manner), vi=True)
    yield Cell(visit.name(one.principal), vi=True)
    yield Cell(visit.name(one.agent), vi=True)
    scope = (*(f"{post.position}, {post.unit}" for post in one.posts), *one.procedures, *one.kinds, *one.steps)
    yield Cell("; ".join(scope) or visit.text(say("everything")), vi=bool(scope))
    yield Cell(day(one.since) if one.since else "—")
    in_force = say("in force today") if one.lasts(visit.today.date()) else say("not in force today")
    yield Cell(day(one.until) if one.until else "—", note=visit.text(in_force))


def _health(visit: Visit) -> Iterator[tuple[str, Cell]]:
    seen = machinery(visit.agency, visit.now)
    yield visit.text(say("Machines at work")), Cell(", ".join(seen.alive) or visit.text(say("none")))
    if seen.dead:
        yield visit.text(say("Machines that stopped without ending")), Cell(", ".join(seen.dead))
    yield visit.text(say("Deadlines that nobody has seen to")), Cell(number(seen.unseen, visit.lang, 0))
    errands = ", ".join(f"{status}: {count}" for status, count in sorted(seen.errands.items()) if count)
    yield visit.text(say("Errands")), Cell(errands or visit.text(say("none")))
    yield (
        visit.text(say("Clock of the database")),
        Cell(visit.text(say("{seconds} s ahead of this machine", seconds=number(seen.skew, visit.lang, 1)))),
    )
