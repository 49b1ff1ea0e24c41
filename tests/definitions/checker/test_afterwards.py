"""Parts about the time after a grant that a definition may do without."""

from permits.definitions.checker.afterwards import RULES
from permits.definitions.checker.marked import marked_beside
from permits.definitions.procedure import Milestone
from tests.definitions.shipped import definition


def found(one):
    return [finding for rule in RULES for finding in rule(one)]


def test_a_term_need_not_be_renewable():
    whole = definition("early_start")
    once = whole.model_copy(update={"term": whole.term.model_copy(update={"renewal": None})})
    assert found(once) == []
    assert Milestone.RENEWED not in marked_beside(once)


def test_a_definition_need_not_say_where_an_annulled_decision_leads():
    without = definition().model_copy(update={"annulment": None})
    assert found(without) == []
    assert Milestone.ANNULLED not in marked_beside(without)


def test_of_a_condition_that_cannot_be_read_no_field_is_known():
    """It is told as what it is, and not a second time as a fact that may not be changed."""
    whole = definition("staged_construction")
    name, condition = next(iter(whole.conditions.items()))
    unread = condition.model_copy(update={"when": "works_name ("})
    broken = whole.model_copy(update={"conditions": {name: unread}})
    assert found(broken) == []
