"""Why a command is not carried out: a closed list of reasons, without the words for people."""

from enum import StrEnum

import msgspec


class Reason(StrEnum):
    """Each needs a text in both languages and a status code at the edge."""

    NO_SUCH_CASE = "no_such_case"
    NO_SUCH_PERMIT = "no_such_permit"
    NO_SUCH_ACTION = "no_such_action"
    NO_SUCH_TRACK = "no_such_track"
    NO_SUCH_CLOCK = "no_such_clock"
    NO_SUCH_OBLIGATION = "no_such_obligation"
    NO_SUCH_MATERIAL = "no_such_material"
    NO_SUCH_FIELD = "no_such_field"
    NO_SUCH_DOCUMENT = "no_such_document"
    NO_SUCH_MILESTONE = "no_such_milestone"
    NOT_YOURS = "not_yours"
    NOT_NOW = "not_now"
    CONDITION_UNMET = "condition_unmet"
    WRONG_INPUT = "wrong_input"
    OVERTAKEN = "overtaken"
    KEY_REUSED = "key_reused"
    BAD_ANSWERS = "bad_answers"
    EXCLUDED = "excluded"
    NOT_ON_LIST = "not_on_list"
    NOT_ADMITTED = "not_admitted"
    TRACK_SHUT = "track_shut"
    NOT_IN_FORCE = "not_in_force"
    COMMITMENT_UNSIGNED = "commitment_unsigned"
    NOTICE_CHANGED = "notice_changed"
    MATERIALS_MISSING = "materials_missing"
    MATERIAL_NOT_ASKED = "material_not_asked"
    NOTHING_TO_CORRECT = "nothing_to_correct"
    CORRECTED_BEFORE = "corrected_before"
    CORRECTIONS_INCOMPLETE = "corrections_incomplete"
    REASON_WANTED = "reason_wanted"
    SAME_PERSON = "same_person"
    NOTICE_WANTED = "notice_wanted"
    CAUSE_NOT_LAWFUL = "cause_not_lawful"
    TERM_NOT_LAWFUL = "term_not_lawful"
    DATE_NOT_LAWFUL = "date_not_lawful"
    CLOCK_NOT_RUNNING = "clock_not_running"
    NOT_EXTENSIBLE = "not_extensible"
    EXTENDED_BEFORE = "extended_before"
    NOT_YET_DUE = "not_yet_due"
    DATE_PROVISIONAL = "date_provisional"
    SILENCE_ACCEPTED = "silence_accepted"
    GROUND_NOT_LAWFUL = "ground_not_lawful"
    STILL_OPEN = "still_open"
    OBLIGATION_NOT_OPEN = "obligation_not_open"
    INSPECTORS_WANTED = "inspectors_wanted"
    NOT_REVERSIBLE = "not_reversible"
    NOT_LATE = "not_late"
    NOT_NOTICED = "not_noticed"
    GROUND_NOT_NOTICED = "ground_not_noticed"
    SUPPLY_ENDED = "supply_ended"
    BARRED = "barred"
    NO_RATE = "no_rate"
    UNAVAILABLE = "unavailable"


class Refused(msgspec.Struct, frozen=True):
    """A command that was not carried out. Nothing was written.

    `about` names what the reason speaks of (ids of fields, materials, conditions, dates).
    """

    reason: Reason
    about: tuple[str, ...] = ()
