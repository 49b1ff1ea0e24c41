"""What comes of looking into a file."""

from permits.text.uploads import Unfit


class Refuted(Exception):
    """The file is not taken; `why` says so to whoever sent it."""

    def __init__(self, why: Unfit) -> None:
        super().__init__(why)
        self.why = why
