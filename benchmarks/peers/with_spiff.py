"""SpiffWorkflow: a BPMN process of ten tasks for people. After each step the whole of the instance
is saved with a row of the log, in one transaction. A third argument, `reload`, also reads the
instance anew before each step, as whoever answers a request must."""

import itertools
import sys
from typing import Any

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState
from telling import STEPS, Timed, asked, connected, kept, tell


def drawn() -> str:
    """The process as BPMN."""
    tasks = "".join(f'<manualTask id="{step}" name="{step}"/>' for step in STEPS)
    places = ("start", *STEPS, "end")
    flows = "".join(
        f'<sequenceFlow id="to_{target}" sourceRef="{source}" targetRef="{target}"/>'
        for source, target in itertools.pairwise(places)
    )
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'targetNamespace="approving"><process id="approving" isExecutable="true">'
        f'<startEvent id="start"/>{tasks}<endEvent id="end"/>{flows}</process></definitions>'
    )


class Instances:
    """The cases, as they are kept in memory and in the database."""

    def __init__(self, connection: Any, *, reload: bool) -> None:
        self._connection = connection
        self._reload = reload
        self._serializer = BpmnWorkflowSerializer()
        self._held: dict[int, Any] = {}
        connection.execute("CREATE TABLE instance (id INTEGER PRIMARY KEY, body TEXT)")
        connection.execute("CREATE TABLE log (instance INTEGER, step TEXT, at TEXT)")

    def begin(self, case: int, spec: Any) -> None:
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        self._held[case] = workflow
        body = self._serializer.serialize_json(workflow)
        self._connection.execute("INSERT INTO instance VALUES (?, ?)", (case, body))

    def step(self, case: int, name: str) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        workflow = self._read(case) if self._reload else self._held[case]
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        if task.task_spec.name != name:
            raise SystemExit(f"{task.task_spec.name} came when it was {name}'s turn")
        task.run()
        workflow.do_engine_steps()
        body = self._serializer.serialize_json(workflow)
        self._connection.execute("UPDATE instance SET body = ? WHERE id = ?", (body, case))
        self._connection.execute(
            "INSERT INTO log VALUES (?, ?, ?)", (case, name, "2026-06-09T02:00:00Z")
        )
        self._connection.execute("COMMIT")

    def _read(self, case: int) -> Any:
        found = self._connection.execute("SELECT body FROM instance WHERE id = ?", (case,))
        return self._serializer.deserialize_json(found.fetchone()[0])


def main() -> None:
    folder, cases = asked()
    parser = BpmnParser()
    parser.add_bpmn_str(drawn().encode())
    spec = parser.get_spec("approving")
    connection = connected(folder / "spiff.db")
    instances = Instances(connection, reload="reload" in sys.argv[3:])
    for case in range(cases):
        instances.begin(case, spec)
    timed = Timed()
    with timed.counted():
        for step in STEPS:
            for case in range(cases):
                instances.step(case, step)
    logged = connection.execute("SELECT count(*) FROM log").fetchone()[0]
    tell(cases, timed, logged, kept(lambda sql: connection.execute(sql).fetchone()[0]))


main()
