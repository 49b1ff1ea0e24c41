"""One process of several that look after the same office: what it told and sent, as JSON.

    python -m tests.services.instance DATABASE DATA INSTANT GO

It begins once the file GO is there.
"""

import json
import sys
import time
from datetime import datetime
from pathlib import Path

from permits.outside.mail import Letter
from permits.services.office import Office
from permits.settings import Settings
from permits.worker import look
from tests.kit import PLAIN_SIGN_IN


class Noting:
    """A post that notes the names of the letters it is given."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def send(self, letter: Letter) -> None:
        self.names.append(letter.id)


def main(database: str, data: str, instant: str, go: str) -> None:
    at = datetime.fromisoformat(instant)
    settings = Settings(data=Path(data), database=database, sign_in=PLAIN_SIGN_IN)
    office = Office(settings, lambda: at)
    post = Noting()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not Path(go).exists():
        time.sleep(0.01)
    told = 0
    while counts := look(office, post):
        told += counts[0]
        if not any(counts):
            break
    office.close()
    sys.stdout.write(json.dumps({"told": told, "letters": post.names}))


if __name__ == "__main__":
    main(*sys.argv[1:])
