"""The rules of accounts: which roles go together, who is in charge, who stands in for whom."""

from datetime import date, timedelta

import pytest

from permits.casework.access import Actor, Place
from permits.casework.families import access
from permits.casework.families.access import Standing, Substitution
from permits.casework.standings import (
    IN_CHARGE,
    KINDS,
    Charge,
    Fault,
    Naming,
    as_on,
    charged,
    may_administer,
    may_name,
    not_to_name,
    unfit,
)
from permits.definitions.procedure import ADMINISTRATORS, OFFICERS, Role

TODAY = date(2022, 6, 9)
ROOM = {"office": "bureau", "department": "planning"}


def standing(*roles: str, **changes) -> Standing:
    return Standing(**{"roles": roles, **ROOM, "open": True, **changes})


def taken(role: str, first: date = TODAY, last: date = TODAY, **changes) -> Substitution:
    values = {"id": "s", "account": "head", "role": role, **ROOM, "first": first, "last": last}
    return Substitution(**{**values, **changes})


HEAD, EXAMINER = standing("leader"), standing("examiner")
BY_HEAD = Actor("head", frozenset({Role.LEADER}), "bureau", "planning")
BY_EXAMINER = Actor("examiner", frozenset({Role.EXAMINER}), "bureau", "planning")


def naming(**changes) -> Naming:
    values = {
        "holder": "head", "substitute": "examiner", "role": Role.LEADER, "first": TODAY,
        "last": TODAY,
    }  # fmt: skip
    return Naming(**{**values, **changes})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: "+".join(sorted(kind)))
def test_an_account_is_of_one_kind(kind):
    party = "P" if Role.APPLICANT in kind else ""
    assert unfit(kind, "bureau", "planning", party) is None
    for other in set(Role) - kind - {Role.TIMER}:
        assert unfit(kind | {other}, "bureau", "planning", party) is Fault.KINDS_MIXED


def test_no_administrator_is_another_one_nor_anything_else():
    for one in ADMINISTRATORS:
        for other in set(Role) - {one, Role.TIMER}:
            assert unfit(frozenset({one, other}), "bureau", "planning", "P") is Fault.KINDS_MIXED


@pytest.mark.parametrize(
    ("roles", "where", "fault"),
    [
        (set(), ("bureau", "planning", ""), Fault.NO_ROLE),
        ({Role.TIMER}, ("bureau", "planning", ""), Fault.NO_PERSON),
        ({Role.WINDOW}, ("bureau", "", ""), Fault.NO_DEPARTMENT),
        ({Role.WINDOW}, ("", "planning", ""), Fault.NO_DEPARTMENT),
        ({Role.WINDOW}, ("bureau", "planning", "P"), Fault.PARTY_WANTED),
        ({Role.APPLICANT}, ("", "", ""), Fault.PARTY_WANTED),
    ],
)
def test_roles_that_cannot_be(roles, where, fault):
    assert unfit(frozenset(roles), *where) is fault


def test_whose_charge_is_whose():
    """System, security, audit: whoever opens accounts gives no roles, whoever gives roles opens
    none, and whoever reads what they did does neither."""
    charges = {
        role: {c for c in Charge if may_administer(Actor("a", frozenset({role})), c)}
        for role in Role
    }
    assert charges[Role.SYSTEM_ADMIN] == {
        Charge.LOOK, Charge.OPEN, Charge.CLOSE, Charge.PROPOSE, Charge.RUN,
    }  # fmt: skip
    assert charges[Role.SECURITY_ADMIN] == {Charge.LOOK, Charge.GIVE_ROLES, Charge.PUBLISH}
    assert charges[Role.AUDIT_ADMIN] == {Charge.READ_ACCESS_LOG}
    assert not any(charges[role] for role in set(Role) - ADMINISTRATORS)
    assert set(IN_CHARGE) == set(Charge)


def test_nobody_is_in_charge_of_their_own_account():
    admin = Actor("a", frozenset({Role.SECURITY_ADMIN}))
    assert charged(admin, Charge.GIVE_ROLES, "b") is Role.SECURITY_ADMIN
    assert charged(admin, Charge.GIVE_ROLES, "a") is None
    assert charged(admin, Charge.CLOSE, "b") is None


def test_an_officer_or_their_head_names_a_colleague():
    assert not_to_name(naming(), BY_HEAD, HEAD, EXAMINER, TODAY) is None
    of_examiner = naming(holder="examiner", substitute="window", role=Role.EXAMINER)
    for by in (BY_EXAMINER, BY_HEAD):
        assert not_to_name(of_examiner, by, EXAMINER, standing("window"), TODAY) is None


WINDOW = Actor("window", frozenset({Role.WINDOW}), "bureau", "planning")
OTHER_HEAD = Actor("other", frozenset({Role.LEADER}), "bureau", "works")
STAND_IN = Actor(
    "window", frozenset({Role.WINDOW, Role.LEADER}), "bureau", "planning",
    places=(Place(Role.LEADER, "head"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("named", "by", "holder", "substitute", "fault"),
    [
        (naming(), WINDOW, HEAD, EXAMINER, Fault.NOT_YOURS),
        (naming(), OTHER_HEAD, HEAD, EXAMINER, Fault.NOT_YOURS),
        (naming(), STAND_IN, HEAD, EXAMINER, Fault.NOT_YOURS),
        (naming(), BY_HEAD, standing("leader", open=False), EXAMINER, Fault.NOT_YOURS),
        (naming(role=Role.WINDOW), BY_HEAD, HEAD, EXAMINER, Fault.ROLE_NOT_HELD),
        (naming(role=Role.AUDITOR), BY_HEAD, standing("leader", "auditor"), EXAMINER,
         Fault.ROLE_NOT_HELD),
        (naming(substitute="head"), BY_HEAD, HEAD, HEAD, Fault.NOT_A_COLLEAGUE),
        (naming(), BY_HEAD, HEAD, standing("examiner", open=False), Fault.NOT_A_COLLEAGUE),
        (naming(), BY_HEAD, HEAD, standing("examiner", department="works"),
         Fault.NOT_A_COLLEAGUE),
        (naming(), BY_HEAD, HEAD, standing("auditor"), Fault.NOT_A_COLLEAGUE),
        (naming(), BY_HEAD, HEAD, standing("security_admin"), Fault.NOT_A_COLLEAGUE),
        (naming(), BY_HEAD, HEAD, standing("leader"), Fault.ROLE_HELD),
        (naming(first=TODAY - timedelta(1)), BY_HEAD, HEAD, EXAMINER, Fault.DAYS_UNFIT),
        (naming(last=TODAY - timedelta(1)), BY_HEAD, HEAD, EXAMINER, Fault.DAYS_UNFIT),
        (naming(last=TODAY + timedelta(366)), BY_HEAD, HEAD, EXAMINER, Fault.DAYS_UNFIT),
        (naming(), BY_HEAD, standing("leader", substitutes=(taken("leader"),)), EXAMINER,
         Fault.TAKEN_ALREADY),
        (naming(), BY_HEAD, HEAD, standing("examiner", places=(taken("leader"),)),
         Fault.TAKEN_ALREADY),
    ],
)  # fmt: skip
def test_who_cannot_be_named(named, by, holder, substitute, fault):
    assert not_to_name(named, by, holder, substitute, TODAY) is fault


def test_one_after_the_other_may_stand_in_for_the_same_role():
    later = naming(first=TODAY + timedelta(1), last=TODAY + timedelta(2))
    head = standing("leader", substitutes=(taken("leader"),))
    assert not_to_name(later, BY_HEAD, head, EXAMINER, TODAY) is None


def test_a_substitute_for_the_head_names_nobody():
    assert may_name(BY_HEAD, "examiner", EXAMINER)
    assert not may_name(STAND_IN, "examiner", EXAMINER)


def test_a_place_begins_and_ends_by_itself():
    place = taken("leader", TODAY, TODAY + timedelta(1))
    for day, held in ((-1, False), (0, True), (1, True), (2, False)):
        actor = as_on(BY_EXAMINER, [place], TODAY + timedelta(day))
        assert (Role.LEADER in actor.roles) == held
        assert actor.place_of(Role.LEADER) == ("head" if held else "")
        assert actor.persons == ({"examiner", "head"} if held else {"examiner"})
    assert as_on(BY_EXAMINER, [place], TODAY).place_of(Role.EXAMINER) == ""


def test_a_place_elsewhere_or_in_a_role_of_ones_own_is_none():
    moved = Actor("examiner", frozenset({Role.EXAMINER}), "bureau", "works")
    promoted = Actor("examiner", frozenset({Role.LEADER}), "bureau", "planning")
    applicant = Actor("examiner", frozenset({Role.APPLICANT}), "bureau", "planning", party="P")
    for actor in (moved, promoted, applicant):
        assert as_on(actor, [taken("leader")], TODAY) is actor


def test_in_one_role_somebody_stands_in_for_one_person_only():
    both = Actor(
        "x", OFFICERS, "bureau", "planning",
        places=(Place(Role.LEADER, "head"), Place(Role.WINDOW, "clerk")),
    )  # fmt: skip
    assert both.persons == {"x", "head", "clerk"}
    assert both.acting_as(Role.LEADER).persons == {"x", "head"}
    assert both.acting_as(Role.EXAMINER).persons == {"x"}
    assert BY_HEAD.acting_as(Role.LEADER) is BY_HEAD


def test_both_streams_tell_of_a_substitution_until_it_is_recalled():
    days = {"substitution": "s", "role": "leader", **ROOM, "first": TODAY, "last": TODAY}
    named = access.SubstituteNamed(substitute="examiner", reason="seal", **days)
    taken_ = access.PlaceTaken(of="head", **days)
    opened = access.AccountOpened(roles=("leader",), **ROOM, party="")
    head, other = access.fold_standing([opened, named]), access.fold_standing([opened, taken_])
    assert [(one.account, one.role) for one in head.substitutes] == [("examiner", "leader")]
    assert [(one.account, one.role) for one in other.places] == [("head", "leader")]
    assert not head.places
    recalled = access.SubstituteRecalled(substitution="s")
    assert not access.fold_standing([opened, named, recalled]).substitutes
    left = access.PlaceLeft(substitution="s")
    assert not access.fold_standing([opened, taken_, left]).places


def test_whoever_gives_roles_is_told_who_has_them():
    assert BY_HEAD.has(Role.LEADER)
    assert not BY_HEAD.has(Role.EXAMINER)
