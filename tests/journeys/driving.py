"""A case of any permit type, driven through the pages from the guide to its end."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from playwright.sync_api import Locator, expect

from permits.casework.case import Case
from permits.definitions.edition import Edition
from permits.definitions.procedure import DeregistrationGround, RevocationGround
from permits.services.demonstration.desk import Written
from permits.text.amounts import money
from permits.text.days import day
from permits.text.names import deregistration, revocation
from permits.text.words import Language
from tests.journeys.town import Person, Town

PAPER = {"name": "证明.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 a document"}

GROUND = "Ground (Administrative Licensing Act, art. 69)"
YES = {"true": "Yes", "false": "No"}


class Writer:
    """Whoever writes an application: from the home page over the guide to the receipt."""

    def __init__(self, person: Person, edition: Edition) -> None:
        self.person, self.edition = person, edition
        self.definition = edition.definition

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
        if not person.main.locator(f'[name="{question.id}"]').count():
            return False
        if question.type == "boolean":
            person.choose(title, person.says(YES[answer]))
        elif question.type in ("choice", "list_row"):
            rows = {row: one.title for row, one in self.definition.list.items()}
            options = {**rows, **question.options}
            person.choose(title, options[answer].in_(person.language))
        else:
            person.fill(title if question.required else title + person.says(" (optional)"), answer)
        return True

    def hands_in_and_signs(self, track: str) -> None:
        """Whatever “Continue” leads to, until it can be filed."""
        person, says = self.person, self.person.says
        while not person.path.endswith("/check"):
            if person.path.endswith("/track"):
                title = self.definition.tracks[track].title.in_(person.language)
                person.page.get_by_label(title, exact=True).check()
                person.press(says("Choose this track"))
            elif person.path.endswith("/materials"):
                self._hand_in()
                person.follow(says("Continue"), person.main)
            elif "/commitments/" in person.path:
                for box in person.main.get_by_role("checkbox").all():
                    box.check()
                person.press(says("Sign now"))
            else:
                onwards = person.main.get_by_role("link", name=says("Continue"), exact=True)
                person.follow(says("Continue" if onwards.count() else "Check and file"))

    def _hand_in(self) -> None:
        person = self.person
        for name in [
            one.get_attribute("id") for one in person.page.locator("input[type=file]").all()
        ]:
            assert name is not None
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


def filed(town: Town, written: Written, track: str, who: str = "fire") -> "Driven":
    """Somebody applies: writes, hands in, signs, files."""
    edition = town.publish(written.permit)
    writer = Writer(town.person(who), edition)
    writer.writes(written, track)
    return Driven(town, edition, writer.files(), who)


class Driven:
    """A case, and what everybody does with it. Whoever comes to it finds it from the page they
    land on; whoever has it open goes on there."""

    def __init__(self, town: Town, edition: Edition, case: str, applicant: str) -> None:
        self.town, self.edition, self.case = town, edition, case
        self.definition = edition.definition
        self.applicant = applicant
        self.number = self.record.number

    @property
    def record(self) -> Case:
        return self.town.housing.record(self.case).case

    @property
    def language(self) -> Language:
        return self.town.language

    @property
    def open(self) -> set[str]:
        """What is still owed, or still runs."""
        clocks = {name for name, clock in self.record.clocks.items() if clock.running}
        return clocks | {n for n, o in self.record.obligations.items() if o.status == "open"}

    def duty(self, name: str) -> str:
        return self.definition.obligations[name].title.in_(self.language)

    def action(self, name: str) -> str:
        return self.definition.chart.actions[name].title.in_(self.language)

    # ── coming to the case ────────────────────────────────────────────────────────────────────

    def before(self, who: str, pile: str = "", *, sought: bool = False) -> Person:
        """Somebody with the case open, as it now stands: taken from the pile of what is to be done
        or another, or sought by its number."""
        town, person = self.town, self.town.person(who)
        home = f"/cases/{self.case}" if who == self.applicant else f"/review/cases/{self.case}"
        here = not person.at_home and person.path.partition("?")[0] == home
        if here and town.last is not person:
            person.opens(home)
        elif not here:
            person.opens("/applications" if who == self.applicant else "/review")
            if sought:
                person.fill(person.says("Find a case"), self.number)
                person.press(person.says("Search"), person.main)
            elif pile:
                person.follow(re.compile(f"^{re.escape(person.says(pile))}"), person.main)
            self._listed(person).get_by_role("link").first.click()
            person.page.wait_for_url(f"**{home}")
            person.look()
        town.last = person
        return person

    def _listed(self, person: Person) -> Locator:
        row = person.main.locator("tr, li").filter(has_text=self.number)
        expect(row.last).to_be_visible(timeout=2_000)
        return row.last

    def does(
        self,
        who: str,
        title: str,
        *,
        pile: str = "",
        sought: bool = False,
        types: Mapping[str, str] | None = None,
        chooses: Mapping[str, str] | None = None,
        ticks: Iterable[str] = (),
    ) -> Person:
        """Follow what the case offers, fill in its form, send it, and be told that it is done."""
        person = self.before(who, pile, sought=sought)
        person.follow(title, person.main)
        for question, answer in (chooses or {}).items():
            person.choose(person.says(question), answer)
        for label, text in (types or {}).items():
            person.fill(person.says(label), text)
        for label in ticks:
            person.main.get_by_label(label, exact=True).check()
        person.press(title, person.main)
        told = person.says("Done: %(what)s", what="").strip()
        if who != self.applicant:
            expect(person.page.get_by_role("status")).to_contain_text(told)
        return person

    # ── to the decision ───────────────────────────────────────────────────────────────────────

    def is_accepted(self) -> None:
        self.does("window", self.action("accept"))

    def is_granted_on_the_spot(self) -> None:
        self.does("window", self.action("grant_on_the_spot"))

    def is_proposed(self, who: str = "examiner") -> None:
        person = self.town.person(who)
        self.does(
            who,
            self.action("examine"),
            chooses={"Recommendation": person.says("Grant")},
            types={"Opinion": "符合条件，建议准予。"},
        )

    def is_not_open(self, who: str, action: str) -> None:
        """Somebody is told why an action is not open yet."""
        person = self.before(who)
        shut = person.main.locator("details dt").filter(has_text=self.action(action))
        assert shut.count() > 0

    def is_granted(self) -> None:
        self.does("leader", self.action("grant"))

    def is_delivered_and_published(self) -> None:
        says = self.town.person("window").says
        self.does("window", self.action("deliver"), chooses={"How": says("at the counter")})
        self.does("window", self.action("publish"))

    def is_decided_on_the_spot(self) -> "Driven":
        """Accepted, granted on the spot, delivered and published."""
        self.is_accepted()
        self.is_granted_on_the_spot()
        self.is_delivered_and_published()
        return self

    def is_examined_and_decided(self) -> "Driven":
        """Accepted, examined by one and granted by another, delivered and published."""
        self.is_accepted()
        self.is_proposed()
        self.is_granted()
        self.is_delivered_and_published()
        return self

    # ── other departments ─────────────────────────────────────────────────────────────────────

    def asks(self, *departments: str) -> None:
        """The lead asks departments for their opinions."""
        says = self.town.person("examiner").says
        titles = [self.department(name) for name in departments]
        self.does("examiner", says("Ask departments for their opinions"), ticks=titles)

    def is_agreed_to(self, who: str, department: str) -> None:
        """An officer of another department finds what it was asked, and agrees."""
        says = self.town.person(who).says
        self.does(
            who,
            says("Give the opinion: %(who)s", who=self.department(department)),
            pile="Opinions asked of us",
            chooses={"Your department": says("agrees")},
            types={"Opinion": "符合要求，同意。"},
        )

    def joins(self) -> None:
        says = self.town.person("examiner").says
        told = {"Joined opinion": "各部门均同意。"}
        self.does("examiner", says("Join the opinions into one"), types=told)

    def department(self, name: str) -> str:
        review = self.definition.joint_review
        assert review is not None
        return review.departments[name].title.in_(self.language)

    # ── after the decision ────────────────────────────────────────────────────────────────────

    def reports(self, duty: str, on: str, *, proof: bool = True) -> None:
        """The applicant finds what is owed under “Waiting for you”, and reports it."""
        person = self.town.person(self.applicant)
        person.opens("/applications")
        person.follow(self.duty(duty), self._waiting(person, self.duty(duty)))
        if proof:
            person.page.locator("input[type=file]").set_input_files(PAPER)
            person.press(person.says("Upload"), of=self.duty(duty))
        person.fill(person.says("Day on which it was done"), on)
        person.press(person.says("Report"))
        assert person.path == f"/cases/{self.case}", person.main.inner_text()
        self.town.last = person

    def _waiting(self, person: Person, what: str) -> Locator:
        """The row of the case for something that waits for whoever applied."""
        rows = person.main.locator("section[aria-labelledby=todo] li")
        row = rows.filter(has_text=self.number).filter(has_text=what)
        expect(row).to_have_count(1)
        return row

    def is_checked(
        self, duty: str, *, passed: bool, finding: str = "与承诺一致。", pile: str = ""
    ) -> None:
        """Two inspectors checked something today, and one of them writes it down."""
        says = self.town.person("inspector").says
        result = says("As committed" if passed else "Not as committed: order rectification")
        self.does(
            "inspector",
            says("Record the check: %(what)s", what=self.duty(duty)),
            pile=pile,
            ticks=("inspector", "inspector2"),
            chooses={"Result": result},
            types={"What was found on the spot": finding},
        )

    def is_told_to_put_right(self, duty: str, finding: str) -> None:
        """The holder is led to what was found, and to the day by which it is to be put right."""
        person = self.town.person(self.applicant)
        person.opens("/applications")
        title = person.says("Put right: %(duty)s", duty=self.duty(duty))
        person.follow(title, self._waiting(person, title))
        note = person.main.locator(".note--bad").filter(has_text=title)
        expect(note).to_contain_text(finding)
        due = self.record.obligations[duty].due
        assert due is not None
        expect(note).to_contain_text(day(due, self.language))
        self.town.last = person

    def is_overdue(self, duty: str, since: str) -> None:
        """What was owed by a day stands as overdue where the holder looks first."""
        assert str(self.record.obligations[duty].due) == since
        person = self.town.person(self.applicant)
        person.opens("/applications")
        expect(self._waiting(person, self.duty(duty))).to_contain_text(person.says("Overdue"))

    def is_to_be_paid(self, fee: str) -> None:
        """The applicant is led to the ledger, which says how much and until when."""
        person = self.town.person(self.applicant)
        person.opens("/applications")
        title = self.definition.fees[fee].title.in_(self.language)
        title = person.says("Pay: %(fee)s", fee=title)
        person.follow(title, self._waiting(person, title))
        amount = money(self.record.fees[fee].balance_fen, self.language)
        expect(person.main).to_contain_text(amount)

    def is_paid(self, fee: str, receipt: str, yuan: str = "") -> None:
        says = self.town.person("window").says
        title = self.definition.fees[fee].title.in_(self.language)
        self.does(
            "window",
            says("Record the payment: %(what)s", what=title),
            sought=True,
            types={"Number of the treasury": receipt} | ({"Amount": yuan} if yuan else {}),
        )

    def is_concluded(self) -> None:
        """Put away with nothing open."""
        self.does("window", self.action("conclude"))
        assert (self.record.leaves, self.open) == (("concluded",), set())

    # ── taken back ────────────────────────────────────────────────────────────────────────────

    def is_noticed(self, ground: RevocationGround, reason: str) -> None:
        """The head finds the case among what is overdue, and tells the holder what is intended."""
        says = self.town.person("leader").says
        self.does(
            "leader",
            says("Give notice of an intended revocation"),
            pile="Overdue",
            chooses={GROUND: revocation(ground, self.language)},
            types={"Facts and reasons, as the notice will state them": reason},
        )

    def is_answered(self, statement: str) -> None:
        """The holder is led to the notice from where they look first, and states their case."""
        person = self.town.person(self.applicant)
        person.opens("/applications")
        title = person.says("State your case before a revocation")
        person.follow(title, self._waiting(person, title))
        person.fill(person.says("Your statement and defence"), statement)
        person.press(person.says("Send the statement"))
        self.town.last = person
        assert person.path == f"/cases/{self.case}", person.main.inner_text()

    def is_revoked(self, ground: RevocationGround, reason: str) -> None:
        """The head revokes it, and everybody can read so."""
        self.does(
            "leader",
            self.action("revoke"),
            chooses={GROUND: revocation(ground, self.language)},
            types={"Reasons, as the decision will state them": reason},
        )
        assert self.record.code == 15
        self._is_public_knowledge()

    def _is_public_knowledge(self) -> None:
        """The register says so, as far as it tells of the decision at all."""
        anyone = self.town.person("")
        anyone.go("/register")
        row = anyone.main.locator("li").filter(has_text=self.number)
        expect(row).to_contain_text(anyone.says("Revoked"))
        row.get_by_role("link").first.click()
        anyone.page.wait_for_url(f"**/register/{self.number}")
        anyone.look()
        expect(anyone.main.locator(".note--bad")).to_have_count(1)

    def is_deregistered(self) -> None:
        """The last formal step; nothing is open, and the page is accessible to the holder."""
        ground = deregistration(DeregistrationGround.REVOKED, self.language)
        question = "Ground (Administrative Licensing Act, art. 70)"
        self.does("window", self.action("deregister"), chooses={question: ground})
        assert (self.record.leaves, self.open) == (("deregistered",), set())
        self.before(self.applicant).look(closely=True)
