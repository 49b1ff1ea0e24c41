"""Fields that take several entries, as forms send them: what was typed into the column `area` of
the second entry of `works` is called `works.2.area`. Buttons add an entry and remove one."""

import re
from collections.abc import Iterable, Iterator, Mapping

from permits.casework.entries import Typed, listed, text_of_entries
from permits.definitions.form import Question

ADD, REMOVE = "add_entry", "remove_entry"

Texts = Mapping[str, str]

_PLACE = re.compile(r"([a-z0-9_]+)\.([1-9][0-9]{0,2})(?:\.[a-z0-9_]+)?")


def typed(questions: Iterable[Question], texts: Texts, held: Texts) -> dict[str, str]:
    """What a form says to the questions, by their names; those that are not on it are left out.

    Entries come out as the JSON of a list, with an entry more or less if that is what a button
    was pressed for. `held` is what stood there: what of an entry is not asked any more is on no
    form, and stays with it.
    """
    found: dict[str, str] = {}
    for question in questions:
        if question.type != "entries":
            found.update({n: texts[n] for n in (question.id,) if n in texts})
            continue
        places = sorted(_places(question, texts))
        if places:
            before = listed(held.get(question.id, "")) or ()
            entries = [_entry(question, place, texts, before) for place in places]
            found[question.id] = text_of_entries(entries)
    return found


def _places(question: Question, texts: Texts) -> set[int]:
    """The places of the entries that a form shows, but for one that is to be removed; with one
    that is to be added."""
    named = (_PLACE.fullmatch(name) for name in texts)
    found = {int(one[2]) for one in named if one is not None and one[1] == question.id}
    removed = _PLACE.fullmatch(texts.get(REMOVE, ""))
    if removed is not None and removed[1] == question.id:
        found.discard(int(removed[2]))
        return found or {0}
    added = texts.get(ADD) == question.id and len(found) < question.most_entries
    return found | {max(found, default=0) + 1} if added else found


def _entry(
    question: Question, place: int, texts: Texts, before: tuple[Typed, ...]
) -> dict[str, object]:
    known = [column.id for column in question.columns]
    stood = before[place - 1] if 0 < place <= len(before) else {}
    kept = {name: value for name, value in stood.items() if name not in known}
    told = {name: texts.get(f"{question.id}.{place}.{name}", "").strip() for name in known}
    return {**{name: text for name, text in told.items() if text}, **kept}


def pressed(questions: Iterable[Question], texts: Texts) -> str:
    """Where somebody goes on who pressed a button that adds or removes an entry: the entry that
    is new, or that now stands where the other one stood, such as `works.2`. Empty if no such
    button was pressed."""
    wanted = texts.get(ADD) or texts.get(REMOVE, "").partition(".")[0]
    question = next((q for q in _several(questions) if q.id == wanted), None)
    if question is None:
        return ""
    places = _places(question, texts)
    removed = None if texts.get(ADD) else _PLACE.fullmatch(texts[REMOVE])
    if removed is None:
        return f"{question.id}.{max(len(places), 1)}"
    before = sum(1 for place in places if place < int(removed[2]))
    return f"{question.id}.{min(before + 1, len(places))}"


def _several(questions: Iterable[Question]) -> Iterator[Question]:
    return (question for question in questions if question.type == "entries")


def shown(question: Question, value: str) -> tuple[Typed, ...]:
    """The entries that a form shows: those that were typed, and as many as are wanted at least."""
    held = listed(value) or ()
    return (*held, *({} for _ in range(question.fewest - len(held))))


__all__ = ["ADD", "REMOVE", "pressed", "shown", "typed"]
