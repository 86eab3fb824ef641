"""Viewflow 2.4 on Django 5.2: its own flow with view nodes, gateways and a join; a task is taken, begun and done."""

from types import SimpleNamespace

from benchmarks.contestants.base import Advance, Place
from benchmarks.contestants.ours import size_of
from benchmarks.contestants.site import point_at, set_up
from benchmarks.w1 import ENGLISH, Step

_PEOPLE = ("an", "binh", "chi", "dung", "em")


class ViewFlow:
    """A process and its tasks as rows, moved by activations under the lock of the process."""

    def __init__(self, place: Place) -> None:
        self.place = place
        set_up()
        point_at(place)
        from django.contrib.auth.models import User
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        self.people = {name: User.objects.create(username=name) for name in _PEOPLE}
        self.processes: dict[int, int] = {}

    def open(self, cases: int) -> None:
        """Start the processes."""
        from benchmarks.contestants.purchase import Purchase

        for number in range(1, cases + 1):
            self.processes[number] = Purchase.start.run(title=f"Mua máy in số {number}").pk

    def client(self) -> Advance:
        """Return what does as the view of a task does: under the lock, take it, begin it, execute it."""
        from viewflow.workflow.models import Task
        from viewflow.workflow.status import STATUS

        from benchmarks.contestants.purchase import Purchase

        def advance(number: int, nth: int, step: Step) -> None:
            process, user = self.processes[number], self.people[step.by]
            node = getattr(Purchase, ENGLISH[step.step])
            task = Task.objects.get(process_id=process, flow_task=node, status=STATUS.NEW)
            with task.activation() as activation:
                activation.assign(user)
                activation.start(SimpleNamespace(user=user))
                if step.step in {"kiểm tra", "ký"}:
                    activation.process.data["back"] = step.outcome in {"Thiếu", "Không ký"}
                    activation.process.save()
                activation.execute()

        return advance

    def close(self) -> int:
        """Close the connections."""
        from django.db import connections

        connections.close_all()
        return 0 if self.place.server else size_of(self.place.folder)
