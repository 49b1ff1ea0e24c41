"""An office as it is after years: a crowd of cases, and the accounts that will ask for pages."""

from pathlib import Path

from benchmarks.bare import done
from benchmarks.cases import filing, furnished, order
from benchmarks.crowd import LOGS, ROOMS, Crowd, party
from benchmarks.filling import fill
from benchmarks.lives import Life
from permits import settings as clock
from permits.casework.access import Actor
from permits.casework.dates import day_of
from permits.definitions.procedure import Role
from permits.services.accounts import NewAccount
from permits.services.office import Office
from permits.services.records import new_id
from permits.services.writer import Writer
from permits.settings import Settings
from permits.sign_in_rules import DEMONSTRATION

PASSWORD = "for as long as it is measured"  # noqa: S105 - the office is deleted afterwards
MANY = 8
"""Applicants, each of a party of its own, and as many officers at the window."""
AT_ONCE = 64


def applicant(number: int) -> str:
    return f"applicant{number % MANY}"


def officer(number: int) -> str:
    return f"window{number % MANY}"


class Town:
    """The office, closed; whoever wants to use it opens it."""

    def __init__(
        self, folder: Path, lives: list[Life], crowd: int, *, whole: bool = False
    ) -> None:
        """`whole` gives every case of the crowd a log, and every event its place in the one log,
        however many there are."""
        path = folder / "permits.db"
        self.settings = Settings(data=folder, database=f"sqlite:///{path}", sign_in=DEMONSTRATION)
        work = self.open()
        self._applicants = [_account(work, applicant(n), number=n) for n in range(MANY)]
        for number in range(MANY):
            _account(work, officer(number))
        work.close()
        cast = Crowd(lives, crowd, day_of(clock.now()), crowd if whole else LOGS)
        self.filled = fill(self.settings.database, cast, placed=whole)

    def open(self) -> Office:
        return furnished(self.settings, clock.now)

    def file(self, count: int) -> list[str]:
        """File applications today; the cases as addresses name them. Their letters were sent."""
        work = self.open()
        writer = Writer(work.database, work.shelf, work.now)
        ids = [f"case/{new_id()}" for _ in range(count)]
        for start in range(0, count, AT_ONCE):
            orders = []
            for number, case_id in enumerate(ids[start : start + AT_ONCE]):
                actor = self._applicants[number % MANY]
                orders.append(order(case_id, actor, filing(actor.party)))
            done(writer.write(orders))
        with work.database.write() as connection:
            connection.exec_driver_sql("UPDATE outbox SET done_at = run_at WHERE done_at IS NULL")
        work.close()
        return [case_id.removeprefix("case/") for case_id in ids]


def _account(work: Office, username: str, number: int | None = None) -> Actor:
    """An applicant of a numbered party, or an officer at the window of the first department."""
    authority, department = ROOMS[0] if number is None else ("", "")
    new = NewAccount(
        username=username,
        name=username,
        password=PASSWORD,
        roles=frozenset({Role.WINDOW if number is None else Role.APPLICANT}),
        office=authority,
        department=department,
        party="" if number is None else party(number),
        email=f"{username}@bench.invalid",
    )
    account = work.accounts.open(new, actor="bench")
    return Actor(account, new.roles, new.office, new.department, new.party)
