"""A case of any permit type, driven through the pages by everybody who has a hand in it."""

import re
from collections.abc import Iterable, Mapping
from typing import Self

from playwright.sync_api import Locator, expect

from permits.casework.case import Case
from permits.definitions.edition import Edition
from permits.text.amounts import money
from permits.text.days import day
from permits.text.words import Language
from tests.journeys.town import Person, Town
from tests.journeys.writing import PAPER

INSPECTED = "inspect_building"
"""What two officers look at before anything is granted, where a permit type says so."""


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
        told = person.says("Done. %(what)s", what="").strip()
        if who != self.applicant:
            expect(person.page.get_by_role("status")).to_contain_text(told)
        return person

    # ── to the decision ───────────────────────────────────────────────────────────────────────

    def is_accepted(self) -> None:
        self.does("window", self.action("accept"))

    def is_granted_on_the_spot(self, by: str = "window") -> None:
        self.does(by, self.action("grant_on_the_spot"))

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

    def is_found_wanting(self, about: str, fix: str) -> None:
        """The window sends the one notice of what is to be corrected."""
        title = self.action("issue_correction")
        person = self.before("window")
        person.follow(title, person.main)
        person.page.locator(f'[name="kind:{about}"]').select_option("missing")
        person.page.locator(f'[name="fix:{about}"]').fill(fix)
        person.press(title, person.main)
        assert self.record.notices

    def is_granted(self) -> None:
        self.does("leader", self.action("grant"))

    def is_delivered_and_published(self) -> None:
        says = self.town.person("window").says
        self.does("window", self.action("deliver"), chooses={"How": says("at the counter")})
        self.does("window", self.action("publish"))

    def is_decided_on_the_spot(self) -> Self:
        """Accepted, granted on the spot, delivered and published."""
        self.is_accepted()
        self.is_granted_on_the_spot()
        self.is_delivered_and_published()
        return self

    def is_examined_and_decided(self) -> Self:
        """Accepted, looked at by two if it has to be, examined by one and granted by another,
        delivered and published."""
        self.is_accepted()
        if INSPECTED in self.record.obligations:
            self.is_checked(INSPECTED, passed=True)
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

    def waits_for(self, name: str) -> None:
        """The lead sees that a department is late, and what waits for it."""
        person = self.before("examiner")
        row = person.main.locator("tr").filter(has_text=self.department(name)).first
        expect(row).to_contain_text(person.says("Overdue"))
        expect(row).to_contain_text(person.says("the decision waits"))

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

    def may_not_report(self, duty: str) -> None:
        """The page of the case does not lead to the report."""
        person = self.before(self.applicant)
        page = f"/cases/{self.case}/obligations/{duty}"
        assert person.main.locator(f'a[href="{page}"]').count() == 0

    def _waiting(self, person: Person, what: str) -> Locator:
        """The row of the case for something that waits for whoever applied."""
        rows = person.main.locator("section[aria-labelledby=todo] li")
        row = rows.filter(has_text=self.number).filter(has_text=what)
        expect(row).to_have_count(1)
        return row

    def is_checked(
        self, duty: str, *, passed: bool, finding: str = "与承诺一致。", pile: str = ""
    ) -> None:
        """Two inspectors checked something today: one of them writes it down, the other finds it
        among the checks for them, and signs."""
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
        second = self.town.person("inspector2").says
        self.does(
            "inspector2",
            second("Sign the record of the check: %(what)s", what=self.duty(duty)),
            pile="Checks for you",
            chooses={"Do you sign this record?": second("I was there, it is right: I sign")},
        )

    def is_told_to_put_right(self, duty: str, finding: str) -> None:
        """The holder reads what was found, and the day by which it is to be put right."""
        person = self.town.person(self.applicant)
        person.opens(f"/cases/{self.case}")
        title = person.says("Put right: %(duty)s", duty=self.duty(duty))
        note = person.main.locator(".note--bad").filter(has_text=title)
        expect(note).to_contain_text(finding)
        due = self.record.obligations[duty].due
        assert due is not None
        expect(note).to_contain_text(day(due, self.language))
        self.town.last = person

    def is_reported_put_right(self, duty: str, told: str, on: str) -> None:
        """The holder is led from what waits to the order, and from there to the report; then the
        office is to look again."""
        person = self.town.person(self.applicant)
        person.opens("/applications")
        title = person.says("Put right: %(duty)s", duty=self.duty(duty))
        person.follow(title, self._waiting(person, title))
        person.page.locator("input[type=file]").set_input_files(PAPER)
        person.press(person.says("Upload"), of=self.duty(duty))
        person.fill(person.says("How it was put right"), told)
        person.fill(person.says("Day on which it was done"), on)
        person.press(person.says("Report"))
        expect(person.main.locator(".note--bad").filter(has_text=title)).to_contain_text(told)
        self.town.last = person

    def is_ordered_to_be_paid(self, duty: str, reason: str) -> None:
        """The head of the office finds it overdue, and gives a last term."""
        says = self.town.person("leader").says
        self.does(
            "leader",
            says("Order that it be paid: %(what)s", what=self.duty(duty)),
            pile="Overdue",
            types={"Facts and reasons, as the holder will read them": reason},
        )

    def is_overdue(self, duty: str, since: str) -> None:
        """What was owed by a day stands as overdue where the holder looks first."""
        assert str(self.record.obligations[duty].due) == since
        person = self.town.person(self.applicant)
        person.opens("/applications")
        expect(self._waiting(person, self.duty(duty))).to_contain_text(person.says("Overdue"))

    def is_to_be_paid(self, fee: str, *, put_off: str = "") -> None:
        """The applicant is led to the ledger, which says how much and until when; for a fee that
        was put off, by the duty that stands for it."""
        person = self.town.person(self.applicant)
        person.opens("/applications")
        title = self.definition.fees[fee].title.in_(self.language)
        title = self.duty(put_off) if put_off else person.says("Pay: %(fee)s", fee=title)
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
            types={"Treasury receipt number": receipt} | ({"Amount": yuan} if yuan else {}),
        )

    def is_concluded(self) -> None:
        """Put away with nothing open."""
        self.does("window", self.action("conclude"))
        assert (self.record.leaves, self.open) == (("concluded",), set())
