"""W1 as a flow of Viewflow, which finds it again by its name; Django must be set up before this is imported."""

from typing import Any

from viewflow import this
from viewflow.workflow import flow, lock


def page(request: Any, **_: Any) -> None:
    """Stand for the page of a task, which nobody looks at here."""


def back(activation: Any) -> bool:
    """Tell whether whoever did the task before sent the case back."""
    return bool(activation.process.data["back"])


class Purchase(flow.Flow):  # type: ignore[misc]
    """Eight tasks, two returns, a fork and a join."""

    lock_impl = lock.select_for_update_lock

    start = flow.StartHandle(this.begin).Next(this.receive)
    receive = flow.View(page).Next(this.check)
    check = flow.View(page).Next(this.complete)
    complete = flow.If(back).Then(this.receive).Else(this.fork)
    fork = flow.Split().Next(this.price).Next(this.source)
    price = flow.View(page).Next(this.join)
    source = flow.View(page).Next(this.join)
    join = flow.Join().Next(this.draft)
    draft = flow.View(page).Next(this.sign)
    sign = flow.View(page).Next(this.signed)
    signed = flow.If(back).Then(this.draft).Else(this.publish)
    publish = flow.View(page).Next(this.archive)
    archive = flow.View(page).Next(this.end)
    end = flow.End()

    def begin(self, activation: Any, title: str) -> Any:
        """Begin a case."""
        activation.process.data = {"title": title, "back": False}
        return activation.process
