"""For each rule of the checker, changes of the first shipped definition that break it alone."""

from tests.definitions.changes import (
    BOTH,
    EXAMPLE,
    asked,
    both,
    condition,
    fee,
    field,
    setting,
    used,
    without_delivery,
    without_publication,
)
from tests.definitions.shipped import GONE

A, S = "chart.actions", "chart.states"


def actions(data):
    return data["chart"]["actions"]


def move(source, to, *needs):
    return {"from": [source], "to": to, "needs": list(needs)}


def move_too(action, source, to, *needs):
    return lambda data: actions(data)[action]["moves"].append(move(source, to, *needs))


def from_too(action, source):
    return lambda data: actions(data)[action]["moves"][0]["from"].append(source)


def into(path, value):
    """The value at the end of a list."""

    def change(data):
        *above, last = path.split(".")
        for step in above:
            data = data[step]
        data[last].append(value)

    return change


def out_of(path, value):
    def change(data):
        for step in path.split("."):
            data = data[step]
        data.remove(value)

    return change


def tolerant(data):
    """A track more, on which an essential material may be handed in later."""
    data["tracks"]["tolerant"] = dict(data["tracks"]["commitment"], commitments=[])
    for material in data["materials"].values():
        material["tracks"]["tolerant"] = "exempt"
    data["materials"]["land_title"]["tracks"]["tolerant"] = "deferred"


def committed_to_nothing(data):
    """Relief is said to rest on commitments, but the track has none."""
    data["permit"]["measure"] = "committed"
    data["tracks"]["tolerant"] = data["tracks"].pop("commitment")
    del data["tracks"]["tolerant"]["commitments"], data["commitments"]
    for material in data["materials"].values():
        material["tracks"]["tolerant"] = material["tracks"].pop("commitment")


def without_a_list(data):
    """No exemption any more: everybody may choose the commitment."""
    del data["list"], data["tracks"]["commitment"]["admits"]
    works = data["form"]["sections"]
    works[:] = [section for section in works if section["id"] not in ("list_row", "facts")]
    works[1]["fields"] = [
        dict(works[1]["fields"][0], id="restricted_place"),
        works[1]["fields"][1],
    ]
    del works[1]["fields"][0]["when"]
    kept = ("in_restricted_place", "decided_on_the_spot", "on_another_track")
    data["conditions"] = {name: data["conditions"][name] for name in kept}
    del data["exclusions"]["neighbours"], data["still_required"]
    data["documents"]["planning_permit"].pop("when")
    del data["documents"]["filing_receipt"], data["documents"]["outright_notice"]


def general(law, article, term):
    """Both tracks rest their statutory limit on this article."""

    def change(data):
        for track in data["tracks"].values():
            track["statutory"] = term
            track["statutory_basis"] = {"law": law, "article": article}

    return change


def turned(state, region):
    """The region begins in its last state."""

    def change(data):
        regions = data["chart"]["states"][state]["regions"]
        regions[region] = dict(reversed(regions[region].items()))

    return change


def popped(*paths):
    return setting(**{path.replace(".", "__"): GONE for path in paths})


def copied(part, name, of, **changes):
    """An entry more, like another but for some keys."""
    return lambda data: data[part].update({name: {**data[part][of], **changes}})


def no_material_on(track):
    def change(data):
        for material in data["materials"].values():
            del material["tracks"][track]

    return change


MANY = """
    listed_as == 'emergency' || road_class == 'trunk' || voltage == 'up_to_10kv' || with_road
    || type_changed || route_changed || inside_red_line || new_land || underground || breaks_road
    || neighbours_affected || restricted_place || neighbours_agree
"""
LETTERS = ", ".join(f"'{letter}'" for letter in "abcdefghijklmnopqrstuvwxyz")
WIDE = both(
    used("named", f"works_name in [{LETTERS}]"),
    used("placed", f"works_place in [{LETTERS}]"),
    used("told", f"works_summary in [{LETTERS}]"),
    used("elsewhere", f"works_place in [{LETTERS}] && works_summary in [{LETTERS}]"),
)
"""Each can be proved alone, but not all of them together."""
TOO_MANY = ["named", "placed", "told"]


def shown_by_much(data):
    """Three questions that few answers bring up, and a condition that looks at all of them."""
    for name in TOO_MANY:
        asked(id=f"{name}_more", when=name)(data)
    used("odd", " && ".join(f"{name}_more" for name in TOO_MANY))(data)


BOTH_LIMITS = {"least": [{"fixed": "10d"}, {"track": "promised"}]}
UNCOVERED = out_of("commitments.true_declaration.covers", "land_title")

CHECKER = [
    ("ref.condition", {f"{A}.grant.needs": ["nowhere"]}),
    ("ref.law", {"permit.basis.0.law": "nowhere"}),
    ("ref.field", {"permit.shows.title": "nowhere"}),
    ("ref.material", {"commitments.true_declaration.covers.0": "nowhere"}),
    ("ref.commitment", into("tracks.commitment.commitments", "nowhere")),
    ("ref.action", {"clocks.completeness.lapse.action": "nowhere"}),
    ("ref.rate", both(fee(), copied("fees", "other", "line", rate="nowhere"))),
    ("ref.state", {f"{A}.grant.moves.0.to": "nowhere"}),
    ("ref.unused", lambda d: condition(d, "idle", "new_land")),
    ("ref.unused", both(fee(), popped("fees"))),
    ("ref.unused", copied("commitments", "idle", "true_declaration")),
    ("ref.twice", {f"{A}.accept.by": ["window", "window"]}),
    ("permit.dates", {"permit.effective_until": "2022-05-31"}),
    ("permit.measure", committed_to_nothing),
    ("permit.measure", {"permit.measure": "staged"}),
    ("permit.measure", both(without_a_list, setting(permit__measure="deferred"))),
    ("authority.hours", {"authority.closes": "08:00"}),
    ("form.duplicate", asked(id="works_name", type="text")),
    ("form.reserved", asked(id="in")),
    ("form.reserved", asked(id="case_of_emergency")),
    ("form.options", asked(options={"one": BOTH})),
    ("form.options", asked(type="choice", options={"one": BOTH})),
    ("form.unit", asked(type="integer")),
    ("form.unit", asked(unit=BOTH)),
    ("form.limits", asked(least=1)),
    ("form.limits", asked(most=1)),
    ("form.limits", asked(type="integer", unit=BOTH, least=2, most=1)),
    ("form.personal", asked(type="phone")),
    ("form.personal", asked(title={"zh": "负责人姓名", "en": "Who is in charge"}, type="text")),
    ("form.shown", {"permit.shows.place": "works_name"}),
    ("form.shown", {"permit.shows.place": "contact_name"}),
    ("form.shown", {"permit.shows.place": "new_land"}),
    ("form.shown", field("works_place", required=False)),
    ("form.order", field("works_summary", when="will_break_road")),
    ("list.field", field("listed_as", type="text")),
    ("list.field", field("listed_as", required=False)),
    ("cel.syntax", used("odd", "new_land &&")),
    ("cel.unknown", used("odd", "no_land")),
    ("cel.personal", used("odd", "contact_name == 'x'")),
    ("cel.decimal", used("odd", "area_m2 > 1.5")),
    ("cel.decimal", used("odd", "area_m2 > 5u")),
    ("cel.value", used("odd", "voltage == 'low'")),
    ("cel.value", used("odd", "'low' != voltage")),
    ("cel.value", used("odd", "voltage in ['up_to_10kv', 'low']")),
    ("cel.value", used("odd", "area_m2 == 0")),
    ("cel.value", used("odd", "area_m2 == '500'")),
    ("cel.value", used("odd", "new_land == 1")),
    ("cel.value", used("odd", "voltage == true")),
    ("cel.value", used("odd", "case_track == 'fast'")),
    ("cel.value", used("odd", "starts_on < 'tomorrow'")),
    ("cel.value", used("odd", "area_m2 < '500'")),
    ("cel.kind", used("odd", "works_name == listed_as")),
    ("cel.kind", used("odd", "length_m == new_land")),
    ("cel.kind", used("odd", "works_name == case_result")),
    ("cel.kind", used("odd", "case_result == case_track")),
    ("cel.kind", used("odd", "voltage > 'up_to_10kv'")),
    ("cel.kind", used("odd", "works_name < works_place")),
    ("cel.shape", used("odd", "1000 / (area_m2 * 2 - 600) >= 0 && area_m2 <= 1000")),
    ("cel.shape", used("odd", "area_m2 + length_m > 1")),
    ("cel.shape", used("odd", "works_name.matches('(a+)+$')")),
    ("cel.shape", used("odd", "size(works_name) > 5")),
    ("cel.shape", used("odd", "new_land ? with_road : underground")),
    ("cel.shape", used("odd", "area_m2 > -1")),
    ("cel.shape", used("odd", "!new_land == underground")),
    ("cel.fails", used("odd", "area_m2 && new_land")),
    ("cel.fails", used("odd", "!area_m2")),
    ("cel.not_boolean", used("odd", "area_m2")),
    ("cel.constant", used("odd", "new_land || !new_land")),
    ("cel.constant", used("odd", "area_m2 < 1")),
    ("cel.constant", used("odd", "voltage == 'up_to_10kv' && with_road")),
    ("cel.constant", used("odd", "case_track == 'tolerant'")),
    ("cel.too_wide", used("odd", MANY)),
    ("cel.too_wide", both(WIDE, shown_by_much)),
    (
        "cel.too_wide",
        both(
            WIDE,
            used("on_the_list", "listed_as != 'not_listed'"),
            setting(tracks__commitment__admits="named", list__emergency__admits="elsewhere"),
        ),
    ),
    ("cel.syntax", {"conditions.is_green.when": "listed_as =="}),
    ("form.order", {"conditions.is_green.when": "case_on_the_spot"}),
    ("ref.condition", field("works_summary", when="nowhere")),
    (
        "cel.case_fact",
        both(
            setting(exclusions__neighbours__when="odd"),
            used("neighbours_refuse", "neighbours_affected && !neighbours_agree"),
            lambda d: condition(d, "odd", "new_land || case_on_the_spot"),
        ),
    ),
    ("track.no_baseline", both(popped("tracks.ordinary"), no_material_on("ordinary"))),
    (
        "track.no_exclusion",
        popped("exclusions", "conditions.in_restricted_place", "conditions.neighbours_refuse"),
    ),
    ("track.unit", {"tracks.ordinary.promised": "2d"}),
    ("track.promise", {"tracks.ordinary.promised": "31wd"}),
    ("track.on_the_spot", {"tracks.commitment.promised": "1wd"}),
    ("track.baseline", {"tracks.ordinary.admits": "on_the_list"}),
    ("track.statutory", {"tracks.commitment.statutory": "29wd"}),
    ("track.statutory", general("licensing_act", "42", "21wd")),
    ("track.statutory", general("licensing_act", "42(2)", "46wd")),
    (
        "track.statutory",
        both(
            general("licensing_act", "42", "21wd"),
            setting(
                tracks__ordinary__statutory_basis=EXAMPLE,
                tracks__commitment__statutory_basis=EXAMPLE,
            ),
        ),
    ),
    ("track.no_commitment", popped("tracks.commitment.commitments", "commitments")),
    (
        "track.not_on_the_spot",
        {
            f"{A}.grant_on_the_spot.moves.0.from": ["proposed"],
            f"{A}.grant_on_the_spot.by": ["leader"],
        },
    ),
    ("track.not_on_the_spot", into(f"{A}.grant_on_the_spot.needs", "is_short_line")),
    ("track.not_on_the_spot", into(f"{A}.grant_on_the_spot.needs", "granted_with_filing")),
    ("track.nobody", {"conditions.on_the_list.when": "listed_as == 'not_listed'"}),
    ("material.track", popped("materials.land_title.tracks.commitment")),
    ("material.track", {"materials.land_title.tracks.tolerant": "supplied"}),
    ("material.baseline", {"materials.land_title.tracks.ordinary": "exempt"}),
    ("material.vague", {"materials.land_title.title.zh": "其他材料"}),
    ("material.vague", {"materials.land_title.title.en": "Other papers"}),
    (
        "material.uncovered",
        both(setting(materials__land_title__tracks__commitment="committed"), UNCOVERED),
    ),
    ("material.asked_twice", {"materials.land_title.tracks.commitment": "supplied"}),
    ("material.covered", {"materials.land_title.tracks.commitment": "shared"}),
    ("material.covered", {"materials.land_title.tracks.commitment": "deferred"}),
    ("material.covered", {"materials.land_title.tracks.ordinary": "shared"}),
    ("material.essential", tolerant),
    ("clock.length", {"clocks.correction.length": {}}),
    ("clock.length", {"clocks.delivery.length.less": "1wd"}),
    ("clock.units", {"clocks.correction.length": BOTH_LIMITS}),
    (
        "clock.units",
        {"clocks.correction.length": {"least": [BOTH_LIMITS, {"fixed": "20wd", "less": "1wd"}]}},
    ),
    ("clock.stated", {"clocks.correction.length": {"stated": True}}),
    ("clock.suspended", out_of("clocks.promise.suspended_by", "hearing")),
    ("clock.suspended", out_of("clocks.statutory.suspended_by", "expert_review")),
    ("clock.warned", {"clocks.correction.warned": ["applicant", "timer"]}),
    ("clock.warned", {"clocks.correction.warned": ["window"]}),
    ("clock.warned", {"clocks.delivery.warned": ["leader"]}),
    ("clock.milestone", into("clocks.delivery.stops", "works_started")),
    ("clock.too_long", {"clocks.delivery.length.fixed": "11wd"}),
    ("clock.too_long", {"clocks.publication.length.fixed": "7d"}),
    ("clock.approver", {"clocks.promise.extension.approver": "examiner"}),
    ("clock.extension", {"clocks.promise.extension.times": 2}),
    ("clock.extension", {"clocks.statutory.extension.each": "1m"}),
    ("clock.public_reason", {"clocks.promise.public_reason": False}),
    ("clock.public_reason", {"clocks.correction.public_reason": True}),
    ("clock.lapse", {"clocks.completeness.lapse.task": BOTH}),
    ("clock.silence", {"clocks.delivery.lapse": {"action": "deliver"}}),
    ("clock.lapse_shut", {"clocks.delivery.lapse": {"action": "accept_by_silence"}}),
    ("clock.never_suspended", {"clocks.delivery.suspended_by": ["hearing"]}),
    ("clock.missing", popped("clocks.special_procedure")),
    ("obligation.milestone", into("obligations.report_completion.voided_by", "works_started")),
    ("obligation.undated", {"obligations.report_completion.due.earliest.0.milestone": "accepted"}),
    ("obligation.reports", {"obligations.check_after_completion.reports": "works_started"}),
    ("obligation.debtor", {"obligations.report_completion.debtor": "authority"}),
    ("obligation.verifiers", {"obligations.check_after_completion.verifiers": 1}),
    ("obligation.verifiers", {"obligations.report_completion.verifiers": 1}),
    ("obligation.rectify", {"obligations.check_after_completion.rectify_basis": GONE}),
    (
        "obligation.rectify",
        {
            "obligations.report_completion.rectify_within": "5wd",
            "obligations.report_completion.rectify_basis": EXAMPLE,
        },
    ),
    ("rate.dates", fee(rates__line__rows__0__valid_until="2019-01-01")),
    ("rate.overlap", fee(rates__line__rows__0__valid_until="2021-01-01")),
    ("rate.overlap", fee(rates__line__rows__0__valid_until=GONE)),
    ("fee.quantity", fee(fees__line__quantity="works_name")),
    ("fee.milestone", fee(fees__line__frozen_at="works_started")),
    ("fee.milestone", fee(fees__line__due__earliest__0__milestone="works_started")),
    ("fee.basis", fee(fees__line__basis={"practice": BOTH})),
    ("act.role", {f"{A}.accept.by": ["leader"]}),
    ("act.reversible", {f"{A}.refuse.reversible": True}),
    ("act.phase", from_too("revoke", "refused")),
    (
        "act.leads",
        {f"{A}.revoke.moves": [move("granted", "revoked"), move("in_force", "deregistered")]},
    ),
    ("act.code", {f"{S}.concluded.code": 12}),
    ("act.repeated", lambda d: actions(d).update(again=actions(d)["revoke"])),
    ("chart.final", {f"{S}.concluded.final": False}),
    ("chart.done", {f"{S}.in_force.code": 12, f"{S}.concluded.code": 12}),
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
                for name in ("affects_neighbours", "neighbours_refuse")
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
        {"obligations.check_after_completion.when": "will_break_road"},
    ),
    ("commitment.unverified", popped("obligations.check_after_completion")),
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
            used("neighbours_refuse", "neighbours_affected && !neighbours_agree"),
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
        both(used("odd", "case_track != 'ordinary'"), popped(f"{A}.withdraw_commitment.needs")),
    ),
    ("procedure.no_decision", {f"{A}.grant.needs": ["on_another_track"]}),
    ("procedure.no_notice", from_too("refuse_acceptance", "received")),
    ("procedure.no_return", popped(f"{A}.return_to_examiner")),
    ("procedure.no_return", {f"{A}.grant.by": ["leader", "window"]}),
    ("procedure.no_return", from_too("grant_on_the_spot", "proposed")),
    ("procedure.only_revocation", popped(f"{A}.conclude", f"{S}.concluded")),
    ("procedure.same_role", {f"{A}.grant.by": ["examiner"]}),
    ("procedure.second_notice", from_too("issue_correction", "corrected")),
    ("procedure.undelivered", without_delivery),
    ("procedure.unpublished", without_publication),
    ("procedure.unexamined", from_too("refuse", "examining")),
]
