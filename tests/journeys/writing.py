"""An application for any permit type, written from the guide to the receipt."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import FilePayload, expect

from permits.casework.entries import listed
from permits.definitions.edition import Edition
from permits.services.demonstration.desk import Written
from tests.journeys.town import Person
from tests.papers import PDF

PAPER: FilePayload = {
    "name": "证明.pdf",
    "mimeType": "application/pdf",
    "buffer": PDF,
}
YES = {"true": "Yes", "false": "No"}


class Writer:
    """Whoever writes an application: from the home page over the guide to the receipt."""

    def __init__(self, person: Person, edition: Edition) -> None:
        self.person, self.edition = person, edition
        self.definition = edition.definition
        self.passed_over: set[str] = set()

    def begins(self) -> str:
        """From the home page over the guide to an empty application; its address."""
        person = self.person
        person.opens("/")
        person.follow(self.definition.permit.title.in_(person.language))
        if person.main.get_by_role("link", name=person.says("Sign in and apply")).count():
            person.follow(person.says("Sign in and apply"))
            person.sign_in(person.username)
        person.press(person.says("Begin an application"))
        return person.path

    def answers(self, answers: Mapping[str, str]) -> None:
        """Every question, section by section; what an answer brings up is answered next."""
        person, left = self.person, dict(answers)
        sections = self.definition.form.sections
        person.follow(sections[0].title.in_(person.language), person.main)
        while "/sections/" in person.path:
            here = person.path.rsplit("/", 1)[-1].partition("?")[0]
            section = next(one for one in sections if one.id == here)
            for question in section.fields:
                if question.id in left and self._answer(question, left[question.id]):
                    del left[question.id]
            person.press(person.says("Save and continue"))
            assert not person.page.get_by_role("alert").count(), person.main.inner_text()
        assert left == {}

    def _answer(self, question: Any, answer: str) -> bool:
        """Answer a question, if it is asked here."""
        person, title = self.person, question.title.in_(self.person.language)
        name = f"{question.id}.1" if question.type == "entries" else question.id
        if not person.main.locator(f'[name="{name}"]').count():
            return False
        if question.type == "entries":
            self._enters(question, listed(answer) or ())
        elif question.type == "boolean":
            person.choose(title, person.says(YES[answer]))
        elif question.type in ("choice", "list_row"):
            rows = {row: one.title for row, one in self.definition.list.items()}
            options = {**rows, **question.options}
            person.choose(title, options[answer].in_(person.language))
        else:
            person.fill(title if question.required else title + person.says(" (optional)"), answer)
        return True

    def _enters(self, question: Any, entries: tuple[Mapping[str, Any], ...]) -> None:
        """Fill in one entry after the other, each by its own names; another is asked for by its
        button."""
        person = self.person
        called = question.entry.in_(person.language)
        for place, entry in enumerate(entries, 1):
            if place > 1:
                person.press(person.says("Add another: %(entry)s") % {"entry": called})
            here = person.says("%(entry)s %(place)s") % {"entry": called, "place": place}
            group = person.page.get_by_role("group", name=here, exact=True)
            for column in question.columns:
                asked = column.title.in_(person.language)
                if column.type == "choice":
                    option = column.options[entry[column.id]].in_(person.language)
                    group.get_by_role("group", name=asked).get_by_label(option).check()
                else:
                    group.get_by_label(asked, exact=True).fill(entry[column.id])

    def hands_in_and_signs(self, track: str, *, leave_out: str = "") -> None:
        """Whatever “Continue” leads to, until it can be filed; a material may be left out."""
        while not self.person.path.endswith("/check"):
            self._goes_on(track, leave_out)

    def goes_to_sign(self, track: str) -> None:
        """Whatever “Continue” leads to, until there is a commitment to sign."""
        while "/commitments/" not in self.person.path:
            self._goes_on(track, "")

    def _goes_on(self, track: str, leave_out: str) -> None:
        person, says = self.person, self.person.says
        if person.path.endswith("/track"):
            title = self.definition.tracks[track].title.in_(person.language)
            person.page.get_by_label(title, exact=True).check()
            person.press(says("Choose this track"))
        elif person.path.endswith("/materials"):
            self._hand_in(leave_out)
            person.follow(says("Continue"), person.main)
        elif "/commitments/" in person.path:
            self.signs()
        else:
            self._goes_to_what_is_next(leave_out)

    def _goes_to_what_is_next(self, leave_out: str) -> None:
        """“Continue” leads to what is not done; whoever leaves out a material goes on by the list,
        once the others are handed in."""
        person, says = self.person, self.person.says
        onwards = person.main.get_by_role("link", name=says("Continue"), exact=True)
        if not onwards.count():
            person.follow(says("Check and file"), person.main)
        elif leave_out and (onwards.get_attribute("href") or "").endswith("/materials"):
            self._passes_over(leave_out)
        else:
            person.follow(says("Continue"), person.main)

    def _passes_over(self, leave_out: str) -> None:
        """To the materials until the others are there, then to a commitment, then to the end."""
        person, says = self.person, self.person.says
        if leave_out not in self.passed_over:
            self.passed_over.add(leave_out)
            person.follow(says("Continue"), person.main)
        elif person.main.get_by_role("link", name=says("Check and file")).count():
            person.follow(says("Check and file"), person.main)
        else:
            unsigned = person.main.get_by_role("listitem").filter(has_text=says("Not begun"))
            unsigned.locator('a[href*="/commitments/"]').first.click()
            person.page.wait_for_url("**/commitments/*")
            person.look()

    def signs(self) -> None:
        """Signs the commitment that is open, and for the others what they signed on a letter."""
        for box in self.person.main.get_by_role("checkbox").all():
            box.check()
        self.person.press(self.person.says("Sign now"))

    def _hand_in(self, leave_out: str) -> None:
        person = self.person
        for name in [
            one.get_attribute("id") for one in person.page.locator("input[type=file]").all()
        ]:
            assert name is not None
            if name == leave_out:
                continue
            person.page.locator(f"input[type=file]#{name}").set_input_files(PAPER)
            title = self.definition.materials[name].title.in_(person.language)
            person.press(person.says("Upload"), of=title)

    def writes(self, written: Written, track: str) -> None:
        """Everything up to the page on which it can be filed."""
        self.begins()
        self.answers(written.answers)
        self.hands_in_and_signs(track)

    def is_refused(self, why: str) -> None:
        """It cannot be filed, and the page says why."""
        person = self.person
        person.press(person.says("File the application"))
        expect(person.page.get_by_role("alert")).to_contain_text(why)

    def files(self) -> str:
        """The id of the case, as addresses name it."""
        person = self.person
        person.press(person.says("File the application"))
        found = re.fullmatch(r"/cases/([0-9a-f-]+)/receipt", person.path)
        assert found, person.main.inner_text()
        person.follow(person.says("To the case"))
        return found.group(1)
