"""What came of a command in a project, as plain values."""

from permits.casework.refusals import Refused

TODAY = "2022-06-09"


def told(noted):
    """The names of the events that projects were told of, by code."""
    return {
        one.project.code: [type(fact.event).__name__ for fact in one.facts]
        for one in noted.projects
    }


def reason(outcome):
    return outcome.reason if isinstance(outcome, Refused) else None
