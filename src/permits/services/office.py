"""Everything an office runs on, put together once."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from permits.casework.announcements import KINDS
from permits.definitions.public_rules import Site
from permits.outside.breached import known_passwords
from permits.outside.files import files_of
from permits.outside.issuers import read_issuers
from permits.outside.keyring import keyring
from permits.outside.sources import read_sources
from permits.outside.typesetting.look import read_look
from permits.outside.webhooks import read_webhooks
from permits.services.accounts import Accounts
from permits.services.announcing import Announcing
from permits.services.api_tokens import ApiTokens
from permits.services.applications import Applications
from permits.services.board_thresholds import thresholds_of
from permits.services.case_notes import CaseNotes
from permits.services.cases import Cases
from permits.services.cosigning import CoSigning
from permits.services.counter import Counter
from permits.services.documents import Documents, Issuing
from permits.services.entitlements import Entitlements
from permits.services.entry import Entry
from permits.services.erasing import Erasing
from permits.services.evidence.receipts import Receipts
from permits.services.filing import Filing
from permits.services.keeping import Keeping
from permits.services.known import KnownFigures
from permits.services.leaving import Leaving
from permits.services.list_choices import ListChoices
from permits.services.own_passwords import Passwords
from permits.services.parties import PartyRecords
from permits.services.personal_rules import rules_of
from permits.services.policies import Policies
from permits.services.public import Public
from permits.services.public_rules import public_rules_of
from permits.services.publishing import Publishing
from permits.services.queue import WriterQueue
from permits.services.rebuild import opened_with_all
from permits.services.reports import Reports
from permits.services.running import Running
from permits.services.second_factors import SecondFactors
from permits.services.sessions import Sessions
from permits.services.shared_data import SharedData
from permits.services.shelf import Shelf
from permits.services.sign_on import SignOn
from permits.services.standings import Standings
from permits.services.terms import terms_of
from permits.services.throttle import Throttle
from permits.services.unsent import Unsent
from permits.services.uploading import Uploading
from permits.services.verifying import Verifying
from permits.services.voices import VoicesOfCases
from permits.services.watching import Watching
from permits.settings import Settings
from permits.store.clock import clock_of
from permits.store.notes import is_demonstration


def _in_utc(clock: Callable[[], datetime]) -> Callable[[], datetime]:
    return lambda: clock().astimezone(UTC)


class Office:
    """An office that is open: its database, its writer, and the services over them.

    Whatever clock it is given, every instant in it is UTC: instants are kept as text, which only
    sorts by time if all of it speaks of one zone. Given none it goes by that of its database.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime] | None = None) -> None:
        self.settings = settings
        self.files = files_of(settings)  # first: it makes the data folder so that it stays
        self.rules = rules_of(settings.personal_rules)
        self.thresholds = thresholds_of(settings.board_thresholds)
        self.database = opened_with_all(settings.database)
        self.now = now = _in_utc(clock or clock_of(self.database))
        self.shelf = Shelf(self.database, now, terms_of(settings.credit_terms))
        webhooks = read_webhooks(settings.webhooks_file, tuple(KINDS.values()))
        self.queue = WriterQueue(self.database, self.shelf, now, webhooks)
        self.announcing = Announcing(self.database, webhooks, now)
        self.watching = Watching(self.database, now)
        self._let_people_in()
        self.unsent = Unsent(self.database, now)
        self.cases = Cases(self.database, self.shelf, self.queue.submit, now)
        self._let_colleagues_talk()
        self.documents = self._documents()
        self._speak_to_the_public()
        self._look_after_itself()
        leaving = Leaving(self.database, self.queue.submit)
        self.standings = Standings(self.database, self.accounts, leaving, now)
        self.parties = PartyRecords(self.database, self.shelf, self.queue.submit, now)
        self.shared = SharedData(self.database, self.files, read_sources(settings.sources), now)
        self.uploading = Uploading(self.database, self.files, now, settings.limits)
        self.filing = Filing(self.shelf, self.uploading, self.queue.submit, now, self.shared)
        self.cosigning = CoSigning(self.filing)
        self.applications = Applications(self.filing)
        self.counter = Counter(self.cases, self.filing)
        self.policies = Policies(self.database, now, self.shelf)
        self.entitlements = Entitlements(
            self.database, self.policies, lambda: self.shelf.calendar, now
        )

    def _speak_to_the_public(self) -> None:
        """What everybody may ask, say and verify."""
        self.public_rules = public_rules_of(self.settings.public_rules)
        self.public = Public(self.database, self.cases, self.now)
        self.voices = VoicesOfCases(self.database, self.shelf, self.public_rules, self.now)
        self.verifying = Verifying(self.database, self.cases, self.now)
        self.receipts = Receipts(self.database, self.settings, self.now)
        self.known = KnownFigures(self.database)
        self.reports = Reports(self.database, self.now)

    def site(self, *, look: bool = True) -> Site:
        """Who is behind the site, and what else stands below every page: as it was published, or
        as the file of the rules says."""
        return self.shelf.site(look=look) or self.public_rules.site

    def _look_after_itself(self) -> None:
        """What holds and how it runs, and what is kept about people."""
        self.publishing = Publishing(self.database, self.shelf, self.now)
        self.running = Running(self.database, self.shelf, self.settings.data, self.now)
        self.keeping = Keeping(self.database, self.shelf, self.rules)
        self.erasing = Erasing(self.database, self.files, self.now)

    def _let_people_in(self) -> None:
        """Accounts, and every way in which people and programs come in as one."""
        settings = self.settings
        self.sessions = Sessions(self.database, settings.sign_in, self.now)
        keys = keyring(settings.secret_keys, settings.key_file)
        throttle = Throttle(self.database, self.now)
        known = known_passwords(settings.breached_passwords)
        self.second_factors = SecondFactors(self.sessions, keys, throttle)
        self.passwords = Passwords(self.sessions, throttle, known)
        self.entry = Entry(self.sessions, self.second_factors, throttle, keys)
        self.sign_on = SignOn(self.sessions, keys, read_issuers(settings.issuers_file, self.now))
        self.api_tokens = ApiTokens(self.sessions)
        self.accounts = Accounts(self.sessions, known)

    def _let_colleagues_talk(self) -> None:
        """What officers keep among themselves, and how they look at lists."""
        self.notes = CaseNotes(self.database, self.now)
        self.lists = ListChoices(self.database, self.now)

    def _documents(self) -> Documents:
        settings = self.settings
        issuing = Issuing(
            read_look(settings.documents_file),
            settings.address,
            partial(is_demonstration, self.database),
        )
        return Documents(self.cases, self.files, self.now, issuing)

    def close(self) -> None:
        """Answer whoever waits, then close the database."""
        self.queue.close()
        self.known.close()
        self.database.close()
