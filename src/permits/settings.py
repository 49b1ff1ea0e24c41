"""Where the product finds what it ships with."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


def shipped(name: str) -> Path:
    """The folder `name` as packed into the wheel, or else as it stands in the repository."""
    packed = _PACKAGE / "shipped" / name
    return packed if packed.exists() else _CHECKOUT / name
