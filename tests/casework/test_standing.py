"""What an account may do follows from its events."""

from permits.casework.families import access
from permits.casework.families.parties import stream_of

OPENED = access.AccountOpened(roles=("window",), office="a", department="b", party="")


def test_an_account_that_was_opened_has_its_roles():
    standing = access.fold_standing([OPENED, access.SignedIn(), access.SignedOut()])
    assert (standing.roles, standing.office, standing.open) == (("window",), "a", True)


def test_roles_are_replaced_as_a_whole():
    changed = access.RolesChanged(roles=("leader",), office="a", department="c", party="")
    standing = access.fold_standing([OPENED, changed])
    assert (standing.roles, standing.department) == (("leader",), "c")


def test_a_closed_account_keeps_its_roles_but_is_not_open():
    standing = access.fold_standing([OPENED, access.AccountClosed()])
    assert (standing.roles, standing.open) == (("window",), False)


def test_other_roles_do_not_open_a_closed_account():
    changed = access.RolesChanged(roles=("leader",), office="a", department="c", party="")
    standing = access.fold_standing([OPENED, access.AccountClosed(), changed])
    assert (standing.roles, standing.open) == (("leader",), False)


def test_nobody_is_open_before_the_first_event():
    assert not access.fold_standing([]).open


def test_streams_are_named_by_what_they_are_about():
    assert access.stream_of("0190") == "access/0190"
    assert stream_of("91350100M000100Y43") == "party/91350100M000100Y43"
