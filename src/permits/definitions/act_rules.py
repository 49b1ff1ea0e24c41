"""What the law fixes about each act, whatever a definition says of it."""

from dataclasses import dataclass

from permits.definitions.procedure import Act, Code, Milestone, Phase, Role


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an act must lead: the phases, and the national codes the state there may carry."""

    to: frozenset[Phase]
    codes: frozenset[Code]


@dataclass(frozen=True, slots=True)
class ActRule:
    """What the law fixes about an act, whatever a definition says.

    `leads` maps each phase the act may be taken in to where it must lead; `by` are the roles of
    which a definition may name some; `marks` the milestones it sets. `reversible` acts are steps
    of the office whose slip may be undone; decisions and what an applicant does are not.
    """

    leads: dict[Phase, Lead]
    by: frozenset[Role]
    marks: tuple[Milestone, ...]
    basis: str
    reversible: bool = False


def _to(phases: set[Phase], *codes: Code) -> Lead:
    return Lead(frozenset(phases), frozenset(codes))


def _rule(
    leads: dict[Phase, Lead], by: set[Role], marks: tuple[Milestone, ...], basis: str
) -> ActRule:
    return ActRule(leads, frozenset(by), marks, basis)


def _step(
    leads: dict[Phase, Lead], by: set[Role], marks: tuple[Milestone, ...], basis: str
) -> ActRule:
    return ActRule(leads, frozenset(by), marks, basis, reversible=True)


_P, _C, _R, _M = Phase, Code, Role, Milestone
_EXAMINING = _to({_P.EXAMINATION}, _C.ACCEPTED, _C.UNDER_EXAMINATION)
_GRANTED = (_C.GRANTED,)
_LAPSED = _to({_P.LAPSED}, *_GRANTED)
_WITHDRAWN_AFTER = _to({_P.ENDED}, _C.WITHDRAWN_AFTER_ACCEPTANCE)
_RECEIVED_AGAIN = _to({_P.INTAKE}, _C.RECEIVED)
_SERVED = {
    _P.IN_EFFECT: _to({_P.IN_EFFECT, _P.ENDED}, *_GRANTED),
    _P.REFUSED: _to({_P.REFUSED, _P.ENDED}, _C.REFUSED),
}
_ART_32_4 = "行政许可法 art. 32(4)"
_ART_34 = "行政许可法 art. 34"
_ART_45 = "行政许可法 art. 45"
_TOLERANCE = "河南省优化营商环境条例 art. 35"

ACT_RULES: dict[Act, ActRule] = {
    Act.ACCEPT: _step(
        {_P.INTAKE: _EXAMINING}, {_R.WINDOW}, (_M.ACCEPTED,), "行政许可法 art. 32(5)"
    ),
    Act.ACCEPT_BY_SILENCE: _rule({_P.INTAKE: _EXAMINING}, {_R.TIMER}, (_M.ACCEPTED,), _ART_32_4),
    Act.ISSUE_CORRECTION: _rule(
        {_P.INTAKE: _to({_P.INTAKE}, _C.CORRECTION_BEGUN)},
        {_R.WINDOW},
        (_M.CORRECTION_ISSUED,),
        _ART_32_4,
    ),
    Act.SUPPLY_CORRECTIONS: _rule(
        {_P.INTAKE: _to({_P.INTAKE}, _C.CORRECTION_DONE)},
        {_R.APPLICANT},
        (_M.CORRECTIONS_SUPPLIED,),
        "行政许可法 art. 32(5)",
    ),
    Act.REFUSE_ACCEPTANCE: _rule(
        {_P.INTAKE: _to({_P.ENDED}, _C.NOT_ACCEPTED)},
        {_R.WINDOW},
        (_M.NOT_ACCEPTED,),
        "行政许可法 art. 32, 38",
    ),
    Act.DECLARE_NOT_REQUIRED: _rule(
        {_P.INTAKE: _to({_P.ENDED}, _C.NOT_REQUIRED)},
        {_R.WINDOW},
        (_M.NOT_ACCEPTED,),
        "行政许可法 art. 32(1)",
    ),
    Act.DECLARE_NOT_COMPETENT: _rule(
        {_P.INTAKE: _to({_P.ENDED}, _C.NOT_ACCEPTED)},
        {_R.WINDOW},
        (_M.NOT_ACCEPTED,),
        "行政许可法 art. 32(2)",
    ),
    Act.WITHDRAW: _rule(
        {
            _P.INTAKE: _to({_P.ENDED}, _C.WITHDRAWN_BEFORE_ACCEPTANCE),
            _P.EXAMINATION: _WITHDRAWN_AFTER,
            _P.SUSPENDED: _WITHDRAWN_AFTER,
        },
        {_R.APPLICANT},
        (_M.WITHDRAWN,),
        "行政许可法 art. 29",
    ),
    Act.WITHDRAW_COMMITMENT: _rule(
        {
            _P.INTAKE: _RECEIVED_AGAIN,
            _P.EXAMINATION: _RECEIVED_AGAIN,
            _P.SUSPENDED: _RECEIVED_AGAIN,
        },
        {_R.APPLICANT},
        (_M.TRACK_SWITCHED,),
        "国办发〔2020〕42号",
    ),
    Act.SUSPEND: _step(
        {_P.EXAMINATION: _to({_P.SUSPENDED}, _C.SPECIAL_PROCEDURE_BEGUN)},
        {_R.EXAMINER, _R.LEADER},
        (_M.SUSPENDED,),
        _ART_45,
    ),
    Act.RESUME: _step(
        {_P.SUSPENDED: _to({_P.EXAMINATION}, _C.UNDER_EXAMINATION)},
        {_R.EXAMINER, _R.LEADER},
        (_M.RESUMED,),
        _ART_45,
    ),
    Act.EXAMINE: _step(
        {_P.EXAMINATION: _to({_P.EXAMINATION}, _C.UNDER_EXAMINATION)},
        {_R.EXAMINER},
        (_M.EXAMINED,),
        _ART_34,
    ),
    Act.RETURN: _step(
        {_P.EXAMINATION: _to({_P.EXAMINATION}, _C.UNDER_EXAMINATION)}, {_R.LEADER}, (), _ART_34
    ),
    Act.GRANT: _rule(
        {_P.EXAMINATION: _to({_P.IN_EFFECT}, *_GRANTED)},
        {_R.EXAMINER, _R.LEADER, _R.WINDOW},
        (_M.DECIDED, _M.GRANTED),
        "行政许可法 art. 34, 38",
    ),
    Act.REFUSE: _rule(
        {_P.EXAMINATION: _to({_P.REFUSED}, _C.REFUSED)},
        {_R.LEADER},
        (_M.DECIDED, _M.REFUSED),
        "行政许可法 art. 38",
    ),
    Act.REFUSE_UNSUPPLIED: _rule(
        {_P.EXAMINATION: _to({_P.REFUSED}, _C.REFUSED)},
        {_R.LEADER},
        (_M.UNSUPPLIED, _M.DECIDED, _M.REFUSED),
        _TOLERANCE,
    ),
    Act.DEEM_WITHDRAWN: _rule(
        {_P.EXAMINATION: _WITHDRAWN_AFTER},
        {_R.WINDOW, _R.LEADER},
        (_M.UNSUPPLIED, _M.WITHDRAWN),
        _TOLERANCE,
    ),
    Act.DELIVER: _step(_SERVED, {_R.WINDOW}, (_M.DELIVERED,), "行政许可法 art. 44"),
    Act.PUBLISH: _rule(_SERVED, {_R.WINDOW}, (_M.PUBLISHED,), "行政许可法 art. 40"),
    Act.CONCLUDE: _rule(
        {_P.IN_EFFECT: _to({_P.CONCLUDED}, *_GRANTED)},
        {_R.WINDOW, _R.INSPECTOR, _R.SUPERVISOR},
        (_M.CONCLUDED,),
        "行政许可法 art. 61",
    ),
    Act.REVOKE: _rule(
        {
            _P.IN_EFFECT: _to({_P.REVOKED}, _C.REVOKED),
            _P.CONCLUDED: _to({_P.REVOKED}, _C.REVOKED),
        },
        {_R.LEADER},
        (_M.REVOKED,),
        "行政许可法 art. 69",
    ),
    Act.WITHDRAW_GRANT: _rule(
        {
            _P.IN_EFFECT: _to({_P.REVOKED}, _C.WITHDRAWN_AFTER_ACCEPTANCE),
            _P.CONCLUDED: _to({_P.REVOKED}, _C.WITHDRAWN_AFTER_ACCEPTANCE),
        },
        {_R.LEADER},
        (_M.GRANT_WITHDRAWN,),
        "行政许可法 art. 8",
    ),
    Act.DEREGISTER: _rule(
        {
            _P.REVOKED: _to({_P.ENDED}, _C.REVOKED),
            _P.IN_EFFECT: _to({_P.ENDED}, *_GRANTED),
            _P.CONCLUDED: _to({_P.ENDED}, *_GRANTED),
            _P.LAPSED: _to({_P.ENDED}, *_GRANTED),
        },
        {_R.WINDOW, _R.LEADER},
        (_M.DEREGISTERED,),
        "行政许可法 art. 70",
    ),
    Act.VOID: _rule(
        {_P.IN_EFFECT: _LAPSED}, {_R.TIMER}, (_M.VOIDED,), "a law of its own, as 建筑法 art. 9"
    ),
    Act.EXPIRE: _rule(
        {_P.IN_EFFECT: _LAPSED, _P.CONCLUDED: _LAPSED},
        {_R.TIMER},
        (_M.EXPIRED,),
        "行政许可法 art. 50, 70",
    ),
}

DEMANDED: dict[Phase, frozenset[Act]] = {
    _P.INTAKE: frozenset({Act.WITHDRAW}),
    _P.EXAMINATION: frozenset({Act.WITHDRAW}),
    _P.SUSPENDED: frozenset({Act.WITHDRAW, Act.RESUME}),
    _P.IN_EFFECT: frozenset({Act.REVOKE, Act.WITHDRAW_GRANT, Act.DEREGISTER}),
    _P.CONCLUDED: frozenset({Act.REVOKE, Act.WITHDRAW_GRANT, Act.DEREGISTER}),
    _P.REVOKED: frozenset({Act.DEREGISTER}),
    _P.LAPSED: frozenset({Act.DEREGISTER}),
}
"""Acts that must be open in every state of a phase: an applicant may withdraw until the decision,
a suspended clock can be resumed, a grant can be revoked, withdrawn or deregistered however long
ago it was made, and what is revoked or has lapsed deregistered."""
