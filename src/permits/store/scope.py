"""What somebody sees, as a condition of queries: the one place where lists ask whose a row is.

`casework.access.sees` says it of one case that was read, this says it of rows; a test compares the
two for whoever and whatever. Every list narrows what is seen further, none of them widens it.
"""

from sqlalchemy import ColumnElement, Connection, and_, false, not_, or_, select, true

from permits.casework.access import Actor
from permits.casework.parts import room_of
from permits.store.party_tables import credit_entry, party_task
from permits.store.people_tables import party
from permits.store.pile_tables import check_row, opinion_row, waiting_row
from permits.store.project_tables import project_case, project_row
from permits.store.tables import case_row

Where = ColumnElement[bool]


def cases(actor: Actor) -> Where:
    """The cases that `sees` shows to the actor."""
    return or_(false(), *ways(actor))


def ways(actor: Actor) -> tuple[Where, ...]:
    """The ways in which the actor comes to see cases, no case by two of them: a list that is to be
    read in the order of an index reads each way by itself."""
    if actor.audits:
        return (true(),)
    found: list[Where] = []
    if actor.applies:
        found.append(of_party(actor))
    if actor.officer:
        found.append(of_department(actor))
        found.append(asked(actor))
    return tuple(and_(way, *map(not_, found[:place])) for place, way in enumerate(found))


def seen(connection: Connection, case_id: str, actor: Actor) -> bool:
    """Whether the actor sees a case, as far as its row says."""
    row = select(case_row.c.case_id).where(case_row.c.case_id == case_id, cases(actor))
    return connection.execute(row).first() is not None


def of_party(actor: Actor) -> Where:
    """The cases of the party that the actor acts for."""
    return case_row.c.party == actor.party if actor.applies else false()


def of_department(actor: Actor) -> Where:
    """The cases that are for the officers of the actor's department to decide."""
    if not actor.officer:
        return false()
    row = case_row.c
    return and_(row.authority == actor.office, row.department == actor.department)


def overseen(actor: Actor) -> Where:
    """The cases of whose course, though not of whose content, the actor is told: those of their
    department, or of their whole office if they oversee it."""
    return case_row.c.authority == actor.office if actor.oversees else of_department(actor)


def asked(actor: Actor) -> Where:
    """The cases in which the actor's department is, or was, asked for its opinion."""
    theirs = select(opinion_row.c.case_id).where(opinions(actor))
    return case_row.c.case_id.in_(theirs) if actor.officer else false()


def opinions(actor: Actor) -> Where:
    """The requests for an opinion that went to the actor's department."""
    if not actor.officer:
        return false()
    row = opinion_row.c
    return and_(row.office == actor.office, row.department == actor.department)


def checks(actor: Actor) -> Where:
    """The checks that the actor was drawn to make, or any inspector may, in cases of the
    department they are of now."""
    mine = check_row.c.officer.in_((actor.id, room_of(actor.office, actor.department)))
    return and_(mine, of_department(actor))


def refunds(actor: Actor) -> Where:
    """What is to be refunded by the actor's department."""
    if not actor.officer:
        return false()
    here = room_of(actor.office, actor.department)
    return and_(waiting_row.c.party == here, waiting_row.c.kind == "refund")


def waiting(actor: Actor) -> Where:
    """What waits for the party that the actor acts for."""
    return waiting_row.c.party == actor.party if actor.applies else false()


def tasks(actor: Actor) -> Where:
    """What of parties waits for the actor's department."""
    if not actor.officer:
        return false()
    row = party_task.c
    return and_(row.office == actor.office, row.department == actor.department)


def projects(actor: Actor) -> Where:
    """The projects of the actor's party; those with a case of their department; for auditors
    all."""
    if actor.audits:
        return true()
    theirs = (
        select(project_case.c.code)
        .join(case_row, case_row.c.case_id == project_case.c.case_id)
        .where(of_department(actor))
    )
    own = project_row.c.party == actor.party if actor.applies else false()
    return or_(own, project_row.c.code.in_(theirs)) if actor.officer else own


def parties(actor: Actor) -> Where:
    """The party the actor acts for; those with a case of their department, or with something on
    record that is the department's; for auditors all."""
    if actor.audits:
        return true()
    own = party.c.code == actor.party if actor.applies else false()
    if not actor.officer:
        return own
    here = (actor.office, actor.department)
    of_cases = select(case_row.c.party).where(
        of_department(actor), case_row.c.party == party.c.code
    )
    records = [
        select(table.c.code).where(
            table.c.code == party.c.code, table.c.office == here[0], table.c.department == here[1]
        )
        for table in (party_task, credit_entry)
    ]
    return or_(own, of_cases.exists(), *(of.exists() for of in records))
