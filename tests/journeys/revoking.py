"""A grant is taken back: its holder is told and heard, it is revoked, and deregistered at last."""

from playwright.sync_api import expect

from permits.definitions.procedure import DeregistrationGround, RevocationGround
from permits.text.grounds import deregistration, revocation
from tests.journeys.driving import Driven

GROUND = "Ground (Administrative Licensing Act, art. 69)"


class Revocable(Driven):
    """A case whose grant may be taken back again."""

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
