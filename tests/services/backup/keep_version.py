"""Keeps an office of the shape that databases have now, for later versions to be tried on.

    python -m tests.services.backup.keep_version

It is run once, before a version is released, and what it wrote is never changed: `tests/data/
versions/REVISION` is a backup in the portable form, of an office with cases in different states.
"""

import sys
import tempfile
from pathlib import Path

from permits.services.backup.making import Source, Wanted, make
from permits.services.demonstration.clock import Hands
from permits.services.office import Office
from permits.settings import Settings
from permits.store import migrations
from tests.kit import PLAIN_SIGN_IN
from tests.services.conftest import BEGINS, GAS, real_time, settled

VERSIONS = Path(__file__).parents[2] / "data" / "versions"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        hands = Hands(real_time)
        hands.set(BEGINS)
        database = f"sqlite:///{data / 'permits.db'}"
        office = Office(Settings(data=data, database=database, sign_in=PLAIN_SIGN_IN), hands)
        bureau = settled(office, hands)
        granted = bureau.people.file(GAS, "commitment")
        bureau.people.act("window", granted, "accept")
        bureau.people.act("window", granted, "grant_on_the_spot")
        accepted = bureau.people.file(GAS, "ordinary")
        bureau.people.act("window", accepted, "accept")
        bureau.people.file(GAS, "ordinary", leave_out=("land_title",))
        with office.database.read() as connection:
            revision = migrations.revision_of(connection)
        source = Source(office.settings, office.database, office.files, office.now)
        make(source, VERSIONS / revision, Wanted(portable=True))
        office.close()
    sys.stdout.write(f"kept {VERSIONS / revision}\n")


if __name__ == "__main__":
    main()
