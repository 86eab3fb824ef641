"""SpiffWorkflow 3.2 with its own BPMN parser and serialiser: the state is loaded, moved and stored at each step."""

import json
import sqlite3
from threading import Lock

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from benchmarks.contestants.base import Advance, Place
from benchmarks.contestants.ours import size_of
from benchmarks.w1 import ENGLISH, Step

_FLOWS = (
    ("start", "receive", ""),
    ("receive", "check", ""),
    ("check", "complete", ""),
    ("complete", "receive", "back"),
    ("complete", "fork", ""),
    ("fork", "price", ""),
    ("fork", "source", ""),
    ("price", "join", ""),
    ("source", "join", ""),
    ("join", "draft", ""),
    ("draft", "sign", ""),
    ("sign", "signed", ""),
    ("signed", "draft", "back"),
    ("signed", "publish", ""),
    ("publish", "archive", ""),
    ("archive", "end", ""),
)


def _bpmn() -> bytes:
    tasks = "".join(f'<userTask id="{key}" name="{key}"/>' for key in ENGLISH.values())
    flows = "".join(
        f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">'
        + (f"<conditionExpression>{when}</conditionExpression>" if when else "")
        + "</sequenceFlow>"
        for number, (source, target, when) in enumerate(_FLOWS)
    )
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="w1">'
        '<process id="w1" isExecutable="true"><startEvent id="start"/><endEvent id="end"/>'
        '<exclusiveGateway id="complete" default="f4"/><exclusiveGateway id="signed" default="f13"/>'
        f'<parallelGateway id="fork"/><parallelGateway id="join"/>{tasks}{flows}</process></definitions>'
    ).encode()


class Spiff:
    """A row a case, which holds the whole workflow as JSON."""

    def __init__(self, place: Place) -> None:
        self.place = place
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(_bpmn()))
        self.spec = parser.get_spec("w1")
        self.serializer = BpmnWorkflowSerializer()
        self.lock = Lock()
        if place.server:
            import psycopg

            self.connection = psycopg.connect(str(place.url))
            self.mark = "%s"
        else:
            self.connection = sqlite3.connect(
                place.folder / "a.db", isolation_level="IMMEDIATE", check_same_thread=False
            )
            self.mark = "?"
            for pragma in ("journal_mode=WAL", "synchronous=FULL"):
                self.connection.execute(f"PRAGMA {pragma}")
        self.connection.execute("CREATE TABLE wf (id BIGINT PRIMARY KEY, state TEXT NOT NULL)")
        self.connection.commit()

    def open(self, cases: int) -> None:
        """Open cases, each a workflow at its first task."""
        workflow = BpmnWorkflow(self.spec)
        workflow.do_engine_steps()
        state = json.dumps(self.serializer.to_dict(workflow))
        for number in range(1, cases + 1):
            self.connection.execute(f"INSERT INTO wf VALUES ({self.mark}, {self.mark})", (number, state))
        self.connection.commit()

    def client(self) -> Advance:
        """Return what completes a task."""
        load = f"SELECT state FROM wf WHERE id = {self.mark}"
        store = f"UPDATE wf SET state = {self.mark} WHERE id = {self.mark}"

        def advance(number: int, nth: int, step: Step) -> None:
            with self.lock:
                row = self.connection.execute(load, (number,)).fetchone()
                workflow = self.serializer.from_dict(json.loads(row[0]))
                ready = workflow.get_tasks(state=TaskState.READY, manual=True)
                task = next(one for one in ready if one.task_spec.bpmn_id == ENGLISH[step.step])
                task.data["back"] = step.outcome in {"Thiếu", "Không ký"}
                task.run()
                workflow.do_engine_steps()
                self.connection.execute(store, (json.dumps(self.serializer.to_dict(workflow)), number))
                self.connection.commit()

        return advance

    def close(self) -> int:
        """Close the connection."""
        self.connection.close()
        return 0 if self.place.server else size_of(self.place.folder)
