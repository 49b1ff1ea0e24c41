"""Changes of the first shipped definition that break one rule about its chart alone."""

from tests.definitions.changes import (
    BOTH,
    EXAMPLE,
    TOO_MANY,
    WIDE,
    A,
    S,
    actions,
    both,
    copied,
    from_too,
    into,
    move,
    move_too,
    never_concluded,
    out_of,
    popped,
    setting,
    turned,
    used,
    without_delivery,
    without_publication,
)

CHARTS = [
    ("act.role", {f"{A}.accept.by": ["leader"]}),
    ("act.reversible", {f"{A}.refuse.reversible": True}),
    ("act.phase", from_too("revoke", "refused")),
    (
        "act.leads",
        {
            f"{A}.revoke.moves": [
                move("granted", "revoked"),
                move("in_force", "deregistered"),
                move("concluded", "revoked"),
            ]
        },
    ),
    ("act.code", {f"{S}.concluded.code": 12}),
    ("act.repeated", lambda d: actions(d).update(again=actions(d)["revoke"])),
    ("chart.final", {f"{S}.deregistered.final": False}),
    ("chart.done", {f"{S}.in_force.code": 12}),
    ("chart.region", turned("granted", "delivery")),
    ("chart.region", {f"{S}.granted.regions.delivery.delivered.final": False}),
    (
        "chart.leaves_end",
        move_too("deliver", "granted.delivery.delivered", "granted.delivery.to_deliver"),
    ),
    ("chart.cross_region", {f"{A}.deliver.moves.0.to": "granted.publication.published"}),
    ("chart.standstill", move_too("examine", "proposed", "proposed")),
    ("chart.two_levels", move_too("revoke", "granted.delivery.to_deliver", "revoked")),
    (
        "chart.two_regions",
        move_too("deliver", "granted.publication.to_publish", "granted.publication.published"),
    ),
    ("chart.order", {f"{A}.accept.order": "first"}),
    (
        "chart.overlap",
        {
            f"{A}.grant.moves": [
                move("proposed", "granted", name)
                for name in ("will_break_road", "will_be_covered")
            ]
        },
    ),
    (
        "cel.too_wide",
        both(
            WIDE,
            setting(
                chart__actions__grant__moves=[
                    move("proposed", "granted", "named", "placed"),
                    move("proposed", "granted", "told"),
                ]
            ),
        ),
    ),
    ("cel.too_wide", both(WIDE, setting(chart__actions__grant__needs=TOO_MANY))),
    (
        "chart.shadowed",
        {
            f"{A}.grant.order": "first",
            f"{A}.grant.moves": [
                move("proposed", "granted", name)
                for name in ("affects_neighbours", "affects_others")
            ],
        },
    ),
    (
        "chart.unreachable",
        {f"{S}.attic": {"title": BOTH, "phase": "ended", "code": 11, "final": True}},
    ),
    (
        "chart.dead_move",
        move_too("grant", "examining", "granted", "granted_as_permit", "decided_on_the_spot"),
    ),
    (
        "chart.dead_move",
        move_too("grant", "examining", "granted", "is_green", "is_power_line"),
    ),
    (
        "opened.never",
        copied("clocks", "idle", "correction", starts=["extended"], stops=["decided"]),
    ),
    (
        "opened.never",
        copied(
            "obligations",
            "idle",
            "report_completion",
            opens="extended",
            due={"earliest": [{"milestone": "extended"}], "basis": EXAMPLE},
        ),
    ),
    ("opened.twice", into("clocks.promise.starts", "suspended")),
    ("closed.never", out_of("clocks.delivery.stops", "revoked")),
    (
        "commitment.unverified",
        both(
            setting(obligations__check_after_completion__when="will_break_road"),
            popped("conditions.on_commitment"),
        ),
    ),
    (
        "commitment.unverified",
        popped("obligations.check_after_completion", "conditions.on_commitment"),
    ),
    ("document.missing", popped("documents.receipt")),
    ("document.never", popped("clocks.promise.extension", "clocks.statutory.extension")),
    ("document.never", copied("documents", "odd", "receipt", drawn_at="works_started")),
    (
        "document.certificate",
        both(
            WIDE,
            used("granted_with_filing", "case_kind == 'with_filing'"),
            used("granted_outright", "case_kind == 'outright'"),
            used("granted_as_permit", "case_track == 'ordinary'"),
            setting(documents__filing_receipt__when="named"),
            setting(documents__outright_notice__when="placed"),
            setting(documents__planning_permit__when="told"),
        ),
    ),
    ("document.certificate", {"documents.outright_notice.drawn_at": "delivered"}),
    ("list.reserved", copied("list", "not_listed", "road_fixture")),
    (
        "list.never",
        both(used("odd", "listed_as != 'emergency'"), setting(list__emergency__admits="odd")),
    ),
    ("list.never", {"list.emergency.admits": "in_restricted_place"}),
    (
        "list.never",
        both(
            used("odd", "listed_as != 'emergency'"),
            setting(tracks__commitment__admits="odd"),
            used("on_the_list", "listed_as != 'not_listed'"),
        ),
    ),
    (
        "track.nobody",
        both(
            setting(exclusions__neighbours__when="on_the_list"),
            used("affects_others", "neighbours_affected && !neighbours_agree"),
        ),
    ),
    ("list.unasked", {"list.emergency.admits": "short_line_admitted"}),
    ("procedure.demanded", {f"{A}.withdraw.needs": ["will_break_road"]}),
    (
        "procedure.demanded",
        {f"{A}.withdraw_commitment.needs": ["on_another_track", "will_break_road"]},
    ),
    ("procedure.demanded", {f"{A}.declare_not_required.needs": ["will_break_road"]}),
    ("procedure.hanging", {f"{A}.publish.needs": ["will_break_road"]}),
    (
        "procedure.no_commitment",
        popped(f"{A}.withdraw_commitment.needs", "conditions.on_another_track"),
    ),
    ("procedure.no_decision", {f"{A}.grant.needs": ["on_another_track"]}),
    ("procedure.no_notice", from_too("refuse_acceptance", "received")),
    ("procedure.no_return", popped(f"{A}.return_to_examiner")),
    ("procedure.no_return", {f"{A}.grant.by": ["leader", "window"]}),
    ("procedure.no_return", from_too("grant_on_the_spot", "proposed")),
    ("procedure.only_revocation", never_concluded),
    ("procedure.same_role", {f"{A}.grant.by": ["examiner"]}),
    ("procedure.second_notice", from_too("issue_correction", "corrected")),
    ("procedure.undelivered", without_delivery),
    ("procedure.unpublished", without_publication),
    ("procedure.unexamined", from_too("refuse", "examining")),
]
