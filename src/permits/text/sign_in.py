"""Words about signing in: what is wrong with a password, and from which browser somebody came."""

from datetime import timedelta

from permits.casework.password_rules import LONGEST, Weakness
from permits.sign_in_rules import SignInRules
from permits.text.words import Language, words


def weakness(one: Weakness, rules: SignInRules, language: Language) -> str:
    """Why a password is not taken, and what to do."""
    _ = words(language).gettext
    match one:
        case Weakness.TOO_SHORT:
            says = _("Use at least %(count)s characters; several words are easy to remember.")
            return says % {"count": rules.shortest_password}
        case Weakness.TOO_LONG:
            return _("Use at most %(count)s characters.") % {"count": LONGEST}
        case Weakness.COMMON:
            return _("This is one of the passwords that are guessed first. Choose another.")
        case Weakness.OWN_NAME:
            return _("Your own name or user name must not be part of the password.")
        case Weakness.TOO_PLAIN:
            return _(
                "Use three of these: small letters, capital letters, digits, other characters."
            )
        case Weakness.AS_BEFORE:
            return _("This is the password you have now. Choose another.")


def duration(seconds: int, language: Language) -> str:
    """A time to wait, rounded up to minutes where it is longer than one."""
    table = words(language)
    if seconds <= 60:
        return table.ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = -(-timedelta(seconds=seconds) // timedelta(minutes=1))
    return table.ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("QQBrowser", "QQ"),
    ("UCBrowser", "UC"),
    ("HuaweiBrowser", "Huawei"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""Signs in what browsers call themselves. Most also use the names of older ones: the first that
fits counts."""

_SYSTEMS = (
    ("OpenHarmony", "HarmonyOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser(agent: str, language: Language) -> str:
    """A browser in words, from what it calls itself. That can be made up, and helps whoever
    looks at their own sessions to know them again."""
    _ = words(language).gettext
    name = next((known for sign, known in _BROWSERS if sign in agent), "")
    system = next((known for sign, known in _SYSTEMS if sign in agent), "")
    named = {"WeChat": _("WeChat")}.get(name, name)
    if name and system:
        return _("%(browser)s on %(system)s") % {"browser": named, "system": system}
    if name or system:
        return named or system
    return _("an unknown program")
