"""The machine `gửi thư`: a letter by SMTP, with a generated document where the step asks for one."""

import hashlib
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from engine.errands.task import Answer, Attachment, Hopeless, Task, documents
from engine.errands.world import Mail, read_world
from procedures.text import is_address
from procedures.words import say

_LONGEST_SUBJECT = 200
#: An SMTP answer from this number on says that trying again will not help.
_FOR_GOOD = 500


def send(task: Task) -> Answer:
    """Send the letter that a step declares: `đến`, `tiêu đề`, `nội dung`, `đính kèm`."""
    given = task.given
    subject = given.get("tiêu đề", f"{task.step.name}: {task.case.title} ({task.case.id})")
    body = given.get("nội dung", f"{task.step.name}.\n\nHồ sơ {task.case.id}: {task.case.title}.")
    attached = [_document(task, name.strip()) for name in given.get("đính kèm", "").split(",") if name.strip()]
    deliver(task.agency.root, letter(task.key, tuple(_addresses(task)), subject, body, task.now, attached), task.limit)
    return Answer()


def letter(
    key: str, to: Sequence[str], subject: str, body: str, now: datetime, attached: Sequence[Attachment] = ()
) -> EmailMessage:
    """Return a letter; its Message-ID follows from `key`, so a repeat is known by whoever receives it."""
    message = EmailMessage()
    message["To"] = ", ".join(to)
    message["Subject"] = " ".join(subject.split())[:_LONGEST_SUBJECT]
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@quytrinh>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    for one in attached:
        kind, _, sort = one.kind.partition("/")
        message.add_attachment(one.content, maintype=kind, subtype=sort, filename=one.name)
    return message


def deliver(root: Path, message: EmailMessage, limit: timedelta) -> None:
    """Hand a letter to the mail server of an agency's folder; raises Hopeless when no further try will help."""
    mail = read_world(root).mail
    if mail is None:
        raise Hopeless(say("no mail server is set: add [mail] with host and sender to quytrinh.toml"))
    message["From"] = mail.sender
    try:
        with _connected(mail, limit.total_seconds()) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        worst = max(code for code, _ in refused.recipients.values())
        if worst >= _FOR_GOOD:
            raise Hopeless(say("the mail server refuses the recipients ({code})", code=worst)) from refused
        raise
    except smtplib.SMTPResponseException as said:
        if said.smtp_code >= _FOR_GOOD:
            raise Hopeless(say("the mail server refuses the letter ({code})", code=said.smtp_code)) from said
        raise


def _connected(mail: Mail, seconds: float) -> smtplib.SMTP:
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            mail.host, mail.port, timeout=seconds, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=seconds)
    try:
        if mail.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if mail.user:
            server.login(mail.user, mail.password)
    except BaseException:
        with suppress(OSError, smtplib.SMTPException):
            server.close()
        raise
    return server


def _addresses(task: Task) -> Iterator[str]:
    """Yield where the letter goes; raises Hopeless when that is nowhere."""
    said = [name.strip() for name in task.given.get("đến", "").split(",") if name.strip()]
    found = dict.fromkeys(address for name in said for address in _meant(task, name))
    if not found:
        raise Hopeless(say("the letter has no recipient: the step must say “đến”"))
    for address in found:
        if not is_address(address):
            raise Hopeless(say("a recipient is not an e-mail address"))
    yield from found


def _meant(task: Task, name: str) -> Iterator[str]:
    """Yield the addresses behind a name: one entered in the case, those of a role's holders, or the address itself."""
    if task.procedure.field(name) is not None:
        yield task.values.get(name, "")
        return
    if any(role.name == name for role in task.procedure.roles):
        people = task.agency.organisation.holders(
            task.procedure.role(name),
            opener=task.case.opener,
            opener_unit=task.case.unit,
            owner_unit=task.procedure.owner_unit,
            on=task.now.astimezone(task.agency.calendar.zone).date(),
        )
        yield from (person.email for person in people if person.email)
        return
    yield name


def _document(task: Task, name: str) -> Attachment:
    maker = documents().get(name)
    if maker is None:
        raise Hopeless(say("no document is called “{name}”", name=name))
    return maker(task)
