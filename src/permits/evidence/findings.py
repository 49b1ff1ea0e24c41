"""What verification finds amiss: a closed list, each of which has a sentence in both languages."""

from enum import StrEnum

import msgspec


class Amiss(StrEnum):
    """What is not as it should be. A new one needs a sentence in `permits.text.evidence`."""

    UNREADABLE = "unreadable"
    OUT_OF_PLACE = "out_of_place"
    CHANGED = "changed"
    ROW_DIFFERS = "row_differs"
    CUT_OFF = "cut_off"

    UNPLACED = "unplaced"
    NOT_INCLUDED = "not_included"
    NOT_WAITING = "not_waiting"
    PLACE_EMPTY = "place_empty"
    PLACE_DIFFERS = "place_differs"
    PLACE_UNKNOWN = "place_unknown"
    HASH_MISSING = "hash_missing"
    HASH_DIFFERS = "hash_differs"
    HASH_UNKNOWN = "hash_unknown"

    NOT_A_NOTE = "not_a_note"
    NOT_SIGNED = "not_signed"
    NOTE_DIFFERS = "note_differs"
    NOTE_MISSING = "note_missing"
    ROOT_DIFFERS = "root_differs"
    ROLLED_BACK = "rolled_back"
    STAMP_DIFFERS = "stamp_differs"

    DEFINITION_MISSING = "definition_missing"
    DEFINITION_ALTERED = "definition_altered"
    TEXT_MISSING = "text_missing"
    TEXT_ALTERED = "text_altered"
    TEXT_UNNAMED = "text_unnamed"
    CALENDAR_MISSING = "calendar_missing"

    UNKNOWN_EVENT = "unknown_event"
    CANNOT_FOLLOW = "cannot_follow"
    NOT_ALLOWED = "not_allowed"
    NOT_THEIRS = "not_theirs"
    RULE_BROKEN = "rule_broken"
    OUT_OF_TIME = "out_of_time"
    FACT_DIFFERS = "fact_differs"
    DUE_DIFFERS = "due_differs"
    MISSING_EVENT = "missing_event"
    EXTRA_EVENT = "extra_event"
    FIGURE_DIFFERS = "figure_differs"
    TABLE_DIFFERS = "table_differs"


class Finding(msgspec.Struct, frozen=True):
    """Something amiss: in which stream, table or file, at which of its events (0: of all of it),
    and what fits into the sentence."""

    what: Amiss
    where: str
    seq: int = 0
    says: tuple[str, ...] = ()
