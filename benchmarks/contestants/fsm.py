"""django-fsm 4 on Django 5.2: a state field for each case, items and events as models, one transaction a step."""

from datetime import timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

from benchmarks.contestants.base import Advance, Place
from benchmarks.contestants.orm import BRANCHES, NEXT
from benchmarks.contestants.ours import size_of
from benchmarks.contestants.site import point_at, set_up
from benchmarks.w1 import Step


@cache
def _models() -> SimpleNamespace:
    """Return the models, once."""
    set_up()
    from django.db import models
    from django_fsm import FSMField, transition

    class FsmItem(models.Model):
        case = models.BigIntegerField(db_index=True)
        step = models.CharField(max_length=40)
        state = FSMField(default="open", db_index=True)
        assignee = models.CharField(max_length=40, null=True)
        outcome = models.CharField(max_length=40, null=True)
        due = models.DateTimeField(null=True, db_index=True)
        finished_at = models.DateTimeField(null=True)

        class Meta:
            app_label = "bench"

        @transition(field=state, source="open", target="done")
        def finish(self, by: str, outcome: str | None, now: Any) -> None:
            self.assignee, self.outcome, self.finished_at = by, outcome, now

    class FsmCase(models.Model):
        title = models.CharField(max_length=200)
        state = FSMField(default="open")
        version = models.IntegerField(default=0)

        class Meta:
            app_label = "bench"

        @transition(field=state, source="open", target="ended")
        def end(self) -> None:
            self.version += 0

    class FsmEvent(models.Model):
        case = models.BigIntegerField(db_index=True)
        seq = models.IntegerField()
        kind = models.CharField(max_length=20)
        actor = models.CharField(max_length=40)
        step = models.CharField(max_length=40)
        at = models.DateTimeField()

        class Meta:
            app_label = "bench"

    return SimpleNamespace(Item=FsmItem, Case=FsmCase, Event=FsmEvent)


class Fsm:
    """Django pointed at one database after another."""

    def __init__(self, place: Place) -> None:
        self.place, self.models = place, _models()
        point_at(place)
        from django.db import connections

        with connections["default"].schema_editor() as editor:
            for model in vars(self.models).values():
                editor.create_model(model)

    def open(self, cases: int) -> None:
        """Open cases, each with its first item."""
        for number in range(1, cases + 1):
            self.models.Case.objects.create(id=number, title=f"Mua máy in số {number}")
            self.models.Item.objects.create(case=number, step="tiếp nhận")

    def client(self) -> Advance:
        """Return what finishes an item."""
        from django.db import transaction
        from django.utils import timezone

        models = self.models

        def advance(number: int, nth: int, step: Step) -> None:
            outcome = None if step.outcome == "Xong" else step.outcome
            with transaction.atomic():
                case = models.Case.objects.select_for_update().get(id=number)
                items = list(models.Item.objects.filter(case=number, state="open"))
                item = next(one for one in items if one.step == step.step)
                now = timezone.now()
                item.finish(step.by, outcome, now)
                item.save()
                others = BRANCHES & {one.step for one in items if one is not item}
                if not (step.step in BRANCHES and others):
                    for name in NEXT[step.step, outcome]:
                        models.Item.objects.create(case=number, step=name, due=now + timedelta(days=1))
                case.version += 1
                if step.step == "lưu":
                    case.end()
                case.save()
                event = {"kind": "finished", "actor": step.by, "step": step.step, "at": now}
                models.Event.objects.create(case=number, seq=case.version, **event)

        return advance

    def close(self) -> int:
        """Close the connections."""
        from django.db import connections

        connections.close_all()
        return 0 if self.place.server else size_of(self.place.folder)
