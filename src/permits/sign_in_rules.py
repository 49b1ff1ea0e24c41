"""How people sign in to an office: for how long, with which passwords, with what beside them."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lasts while it is not used, and in all."""

    idle: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True)
class SignInRules:
    """What an office has settled about signing in.

    Where limits of `staff` are longer than those of `everybody`, the shorter ones hold.
    `dengbao3` is the profile of 等保2.0 三级 (GB/T 22239-2019, 8.1.4.1 a): passwords of several
    kinds of characters that are changed after 90 days. It is off unless an office is bound by it,
    for OWASP ASVS 5.0 forbids both (6.2.5, 6.2.10). `code_drift` is by how many steps of 30
    seconds the clock of a device may be early or late; by ASVS 6.5.5 a code holds for its own.
    """

    everybody: SessionLimits = SessionLimits(timedelta(hours=2), timedelta(hours=12))
    staff: SessionLimits = SessionLimits(timedelta(minutes=30), timedelta(hours=8))
    shortest_password: int = 8
    dengbao3: bool = False
    staff_second_factor: bool = True
    step_up: bool = True
    code_drift: int = 0


STRICT = SignInRules()
"""What holds unless an office settles something else."""

DEMONSTRATION = SignInRules(staff_second_factor=False, step_up=False, code_drift=1)
"""A demonstration is looked at with a name and a password that everybody is told."""
