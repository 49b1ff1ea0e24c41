"""DBOS: a workflow of ten steps, each of which it records before the next. With a third argument,
`people`, each step waits for a message first, and whoever sent it waits until the step was taken,
as people do; what waits is looked at as often as DBOS allows."""

import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig, SetWorkflowID
from dbos._dbos import _get_dbos_instance
from telling import DURABLE, STEPS, Timed, asked, kept, tell

PATIENCE = 60
OFTEN = 0.001
"""Seconds: no shorter ones are allowed."""


@sa.event.listens_for(sa.Engine, "connect")
def durably(connection: Any, _record: Any) -> None:
    for pragma in DURABLE:
        connection.execute(f"PRAGMA {pragma}")


@DBOS.step()
def go_on(case: int, step: str) -> str:
    return f"{case}: {step}"


@DBOS.workflow()
def approving(case: int) -> None:
    for step in STEPS:
        go_on(case, step)


@DBOS.workflow()
def approving_when_told(case: int) -> None:
    for step in STEPS:
        if DBOS.recv(step, timeout_seconds=PATIENCE) is None:
            raise TimeoutError(step)
        DBOS.set_event(step, go_on(case, step))


def by_itself(case: int) -> None:
    with SetWorkflowID(f"case-{case}"):
        approving(case)


def by_people(case: int) -> None:
    name = f"case-{case}"
    with SetWorkflowID(name):
        handle = DBOS.start_workflow(approving_when_told, case)
    for step in STEPS:
        DBOS.send(name, step, step)
        if DBOS.get_event(name, step, timeout_seconds=PATIENCE) is None:
            raise SystemExit(f"{step} was not taken in {PATIENCE} seconds")
    handle.get_result()


def launched(path: Path) -> None:
    config: DBOSConfig = {
        "name": "approving",
        "system_database_url": f"sqlite:///{path}",
        "log_level": "ERROR",
        "notification_listener_polling_interval_sec": OFTEN,
    }
    DBOS(config=config)
    DBOS.launch()


def main() -> None:
    folder, cases = asked()
    launched(folder / "dbos.db")
    live = by_people if "people" in sys.argv[3:] else by_itself
    timed = Timed()
    with timed.counted():
        for case in range(cases):
            live(case)
    with _get_dbos_instance()._sys_db.engine.connect() as connection:
        logged = connection.exec_driver_sql(
            "SELECT count(*) FROM operation_outputs WHERE function_name LIKE '%go_on'"
        ).scalar_one()
        tell(cases, timed, logged, kept(lambda sql: connection.exec_driver_sql(sql).scalar_one()))
    DBOS.destroy()


main()
