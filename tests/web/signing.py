"""Who signs with an applicant: accounts of other units, and a mail server that keeps what it is
given."""

from permits.definitions.procedure import Role
from permits.outside.mail import Letter
from permits.services.accounts import NewAccount
from tests.web.housing import PASSWORD, Housing


class Kept(list[Letter]):
    """A mail server that keeps what it is given."""

    def send(self, letter: Letter) -> None:
        self.append(letter)


def open_account(housing: Housing, code: str, username: str) -> None:
    """Somebody of a unit has an account of its own."""
    office = housing.office
    office.accounts.register_party(code, f"{username}（示例）", actor="setup")
    new = NewAccount(
        username=username, name=username, roles=frozenset({Role.APPLICANT}), party=code,
        email=f"{username}@example.org", password=PASSWORD,
    )  # fmt: skip
    office.accounts.open(new, actor="setup")
