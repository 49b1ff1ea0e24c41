"""What is said of accounts: why one cannot be like this, and what happened to it."""

from permits.casework.standings import Fault
from permits.text.words import Language, words


def sentence(fault: Fault, language: Language, **filled: str) -> str:
    """Why not, and what to do."""
    _ = words(language).gettext
    says = {
        Fault.NAME_LENGTH: _("a user name has 1 to 100 characters"),
        Fault.NAME_TAKEN: _("the user name %(name)s is taken"),
        Fault.NOT_SHOWN: _("a name holds a character that cannot be shown; type it anew"),
        Fault.WEAK_PASSWORD: _("choose another password"),
        Fault.NO_ADDRESS: _("%(address)s is not an address that letters can be sent to"),
        Fault.NO_ROLE: _("an account has at least one role"),
        Fault.NO_DEPARTMENT: _("an officer belongs to an office and a department"),
        Fault.PARTY_WANTED: _("an applicant acts for a party, and only an applicant does"),
        Fault.NO_PARTY: _("%(code)s is not a unified social credit code (GB 32100-2015)"),
        Fault.KINDS_MIXED: _(
            "these roles do not go together: an account is an applicant's, an officer's, an"
            " auditor's, or one administrator's"
        ),
        Fault.NO_PERSON: _("the timer is no person"),
        Fault.NO_ACCOUNT: _("there is no such account"),
        Fault.CLOSED: _("the account %(name)s is closed for good; open another"),
        Fault.OWN_ACCOUNT: _("nobody does this to their own account; ask another administrator"),
        Fault.REASON_WANTED: _("Write down why"),
        Fault.NOT_YOURS: _(
            "the officer names who stands in for them, or the head of their department does"
        ),
        Fault.NOT_A_COLLEAGUE: _("choose another officer of the same department"),
        Fault.ROLE_NOT_HELD: _("choose a role that is the officer's own"),
        Fault.ROLE_HELD: _("this colleague has the role already"),
        Fault.DAYS_UNFIT: _(
            "the first day is today or later, the last not before it and within a year"
        ),
        Fault.TAKEN_ALREADY: _("on some of these days the role is taken for somebody already"),
        Fault.NO_SUBSTITUTION: _("this substitution is over"),
    }[fault]
    return says % filled


def told(fault: Fault, language: Language, **filled: str) -> str:
    """The same as a sentence of its own, for pages."""
    says = sentence(fault, language, **filled)
    return says[:1].upper() + says[1:]


def kind(name: str, language: Language) -> str:
    """What an entry of the access log is called; one that has no name goes by its event's."""
    return kinds(language).get(name, name)


def kinds(language: Language) -> dict[str, str]:
    """What the entries of the access log are called."""
    _ = words(language).gettext
    return {
        "AccountOpened": _("Account opened"),
        "RolesChanged": _("Roles changed"),
        "AccountClosed": _("Account closed"),
        "SubstituteNamed": _("Substitute named"),
        "SubstituteRecalled": _("Substitute recalled"),
        "PlaceTaken": _("Stands in for somebody"),
        "PlaceLeft": _("Stands in no longer"),
        "SignedIn": _("Signed in"),
        "SignInFailed": _("Sign-in failed"),
        "SignedOut": _("Signed out"),
        "SessionsEnded": _("Sessions ended"),
        "PasswordChanged": _("Password changed"),
        "PasswordSet": _("Password set by another person"),
        "SecondFactorAdded": _("Second factor added"),
        "SecondFactorRemoved": _("Second factor removed"),
        "RecoveryCodesMade": _("Recovery codes made"),
        "RecoveryCodeUsed": _("Recovery code used"),
        "StepUpPassed": _("Proved again who they are"),
        "StepUpFailed": _("Failed to prove again who they are"),
        "WaitsLifted": _("Waiting after failures lifted"),
        "TokenMade": _("Token for a program made"),
        "TokenEnded": _("Token for a program ended"),
        "IdentityLinked": _("Linked with another site"),
        "IdentityUnlinked": _("Unlinked from another site"),
        "CaseShown": _("Personal values of a case shown"),
        "FileTaken": _("File or table taken away"),
        "AccessRefused": _("Not let in"),
        "CommandRun": _("Command run on the server"),
        "OfficeAdministered": _("Something of the whole office administered"),
        "ValuesErased": _("Personal values erased"),
        "AccountErased": _("Name and address of the account erased"),
        "KeptLongEnough": _("What was kept long enough erased"),
        "PersonExported": _("Everything about a person exported"),
    }


KIND_NAMES = (
    "applicant", "window", "auditor", "system_admin", "security_admin", "audit_admin", "none"
)  # fmt: skip
"""The kinds of accounts, each by a role of it; `none` has no role yet."""


def kind_of_account(name: str, language: Language) -> str:
    """What the accounts of a kind are called."""
    _ = words(language).gettext
    return {
        "applicant": _("applicants"),
        "window": _("officers"),
        "auditor": _("auditors"),
        "system_admin": _("system administrators"),
        "security_admin": _("security administrators"),
        "audit_admin": _("audit administrators"),
        "none": _("without a role yet"),
    }[name]


def state(name: str, language: Language) -> str:
    """Whether an account is open."""
    _ = words(language).gettext
    return {"open": _("open"), "closed": _("closed")}[name]
