"""Settings read from the environment, once, at the edge; each error names its variable."""

import os
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from permits.settings import BadSetting, Limits, Settings, Tls
from permits.sign_in_rules import STRICT, SessionLimits, SignInRules

MOST_PROCESSES = 4
"""Unless said otherwise."""

MOST_DAYS = 36_500
"""As many days as anything is kept that may be forgotten at all."""

IN_FILES = ("PERMITS_DATABASE", "PERMITS_MAIL", "PERMITS_SECRET_KEY")
"""Settings that may hold a secret: each may also be the file that `…_FILE` names."""


def from_environment(environment: Mapping[str, str], *, demonstration: bool = False) -> Settings:
    """Settings from `PERMITS_…` variables; BadSetting for one that cannot be used. In a
    demonstration a password is enough to sign in unless something else is set."""
    environment = {**environment, **_from_files(environment)}
    data = Path(environment.get("PERMITS_DATA", "data")).absolute()
    database = environment.get("PERMITS_DATABASE") or f"sqlite:///{data / 'permits.db'}"
    if not database.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise BadSetting(
            f"PERMITS_DATABASE is {database!r}; wanted is sqlite:///path or postgresql://…"
        )
    trial = _truth("PERMITS_TRIAL", environment.get("PERMITS_TRIAL", "false"))
    https = environment.get("PERMITS_HTTPS", "false" if trial else "true")
    return Settings(
        data=data,
        database=database,
        host=environment.get("PERMITS_HOST", "127.0.0.1"),
        port=_port(environment.get("PERMITS_PORT", "8000")),
        https=_truth("PERMITS_HTTPS", https),
        mail=_address("PERMITS_MAIL", environment, "smtp://", "smtp+starttls://", "smtps://"),
        mail_from=environment.get("PERMITS_MAIL_FROM", "permits@localhost"),
        mail_ca=_file("PERMITS_MAIL_CA", environment.get("PERMITS_MAIL_CA", "")),
        address=_address("PERMITS_ADDRESS", environment, "https://", "http://").rstrip("/"),
        processes=_processes(environment.get("PERMITS_PROCESSES", "")),
        keep_done_days=_days("PERMITS_KEEP_DONE", environment.get("PERMITS_KEEP_DONE", "90")),
        credit_terms=_file("PERMITS_CREDIT_TERMS", environment.get("PERMITS_CREDIT_TERMS", "")),
        shared_data=environment.get("PERMITS_SHARED_DATA", ""),
        personal_rules=_file(
            "PERMITS_PERSONAL_RULES", environment.get("PERMITS_PERSONAL_RULES", "")
        ),
        board_thresholds=_file(
            "PERMITS_BOARD_THRESHOLDS", environment.get("PERMITS_BOARD_THRESHOLDS", "")
        ),
        public_rules=_file("PERMITS_PUBLIC_RULES", environment.get("PERMITS_PUBLIC_RULES", "")),
        issuers=environment.get("PERMITS_ISSUERS", ""),
        documents=environment.get("PERMITS_DOCUMENTS", ""),
        limits=_limits(environment),
        files_in=_bucket(environment.get("PERMITS_FILES", "")),
        s3_endpoint=_address("PERMITS_S3_ENDPOINT", environment, "https://", "http://"),
        clamd=_listener("PERMITS_CLAMD", environment.get("PERMITS_CLAMD", "")),
        breached_passwords=_file(
            "PERMITS_BREACHED_PASSWORDS", environment.get("PERMITS_BREACHED_PASSWORDS", "")
        ),
        sign_in=_sign_in(environment, demonstration=demonstration),
        secret_keys=environment.get("PERMITS_SECRET_KEY", ""),
        tls=_tls(environment),
        log_to=_address("PERMITS_LOG_TO", environment, "syslog+tls://"),
        log_ca=_file("PERMITS_LOG_CA", environment.get("PERMITS_LOG_CA", "")),
        proxies=_networks("PERMITS_PROXIES", environment.get("PERMITS_PROXIES", "")),
        most_requests=_number(
            "PERMITS_MOST_REQUESTS", environment.get("PERMITS_MOST_REQUESTS", "200"), 10_000
        ),
        trial=trial,
        evidence_key=environment.get("PERMITS_EVIDENCE_KEY_FILE", ""),
        evidence_apart=_truth(
            "PERMITS_EVIDENCE_APART", environment.get("PERMITS_EVIDENCE_APART", "false")
        ),
        receipt_key=environment.get("PERMITS_RECEIPT_KEY_FILE", ""),
        log=_log(environment.get("PERMITS_LOG", "plain")),
        metrics=_listener("PERMITS_METRICS", environment.get("PERMITS_METRICS", "")),
        webhooks=environment.get("PERMITS_WEBHOOKS", ""),
    )


def _log(text: str) -> Literal["plain", "json"]:
    match text:
        case "plain" | "json":
            return text
        case _:
            raise BadSetting(f"PERMITS_LOG is {text!r}; wanted is plain or json")


def _limits(environment: Mapping[str, str]) -> Limits:
    usual = Limits()
    return Limits(
        file_mb=_count("PERMITS_FILE_MB", environment, usual.file_mb, 1_000),
        place_files=_count("PERMITS_PLACE_FILES", environment, usual.place_files, 10_000),
        place_mb=_count("PERMITS_PLACE_MB", environment, usual.place_mb, 100_000),
        party_day_mb=_count("PERMITS_PARTY_DAY_MB", environment, usual.party_day_mb, 1_000_000),
    )


def _count(name: str, environment: Mapping[str, str], usual: int, most: int) -> int:
    text = environment.get(name, str(usual))
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= most:
        raise BadSetting(f"{name} is {text!r}; wanted is a number from 1 to {most}")
    return int(text)


def _bucket(text: str) -> str:
    parts = urlsplit(text)
    if text and not (parts.scheme == "s3" and parts.netloc):
        raise BadSetting(f"PERMITS_FILES is {text!r}; wanted is s3://bucket or s3://bucket/prefix")
    return text.rstrip("/")


def _listener(name: str, text: str) -> str:
    """`host:port`, or a path, which begins with a slash."""
    port = text.rpartition(":")[2]
    if text and not text.startswith("/") and not (":" in text and port.isdigit()):
        raise BadSetting(f"{name} is {text!r}; wanted is host:port or the path of a socket")
    return text


def _sign_in(environment: Mapping[str, str], *, demonstration: bool) -> SignInRules:
    usual, strict = STRICT, "false" if demonstration else "true"

    def limits(name: str, unless: SessionLimits) -> SessionLimits:
        idle = _minutes(f"{name}_IDLE", environment, unless.idle)
        return SessionLimits(idle, _minutes(f"{name}_LONGEST", environment, unless.longest))

    profile = environment.get("PERMITS_PASSWORDS", "asvs")
    if profile not in ("asvs", "dengbao3"):
        raise BadSetting(f"PERMITS_PASSWORDS is {profile!r}; wanted is asvs or dengbao3")
    shortest = environment.get("PERMITS_PASSWORD_SHORTEST", str(usual.shortest_password))
    if not shortest.isdecimal() or not usual.shortest_password <= int(shortest) <= 64:
        raise BadSetting(
            f"PERMITS_PASSWORD_SHORTEST is {shortest!r}; wanted is a number from 8 to 64"
        )
    wanted = {
        name: _truth(name, environment.get(name, strict))
        for name in ("PERMITS_STAFF_SECOND_FACTOR", "PERMITS_STEP_UP")
    }
    drift = environment.get("PERMITS_CODE_DRIFT", "1" if demonstration else "0")
    if drift not in ("0", "1"):
        raise BadSetting(f"PERMITS_CODE_DRIFT is {drift!r}; wanted is 0 or 1")
    return SignInRules(
        everybody=limits("PERMITS_SESSION", usual.everybody),
        staff=limits("PERMITS_STAFF_SESSION", usual.staff),
        shortest_password=int(shortest),
        dengbao3=profile == "dengbao3" and not demonstration,
        staff_second_factor=wanted["PERMITS_STAFF_SECOND_FACTOR"],
        step_up=wanted["PERMITS_STEP_UP"],
        code_drift=int(drift),
    )


def _minutes(name: str, environment: Mapping[str, str], unless: timedelta) -> timedelta:
    text = environment.get(name, str(int(unless.total_seconds()) // 60))
    if not text.isdecimal() or not 0 < int(text) <= 1440:
        raise BadSetting(f"{name} is {text!r}; wanted is a number of minutes from 1 to 1440")
    return timedelta(minutes=int(text))


def _from_files(environment: Mapping[str, str]) -> dict[str, str]:
    """The settings that hold a secret and are given by the name of a file, as a vault or the
    manager of services lays it down. What is in it is never repeated in a message."""
    found: dict[str, str] = {}
    for name in IN_FILES:
        file = _file(f"{name}_FILE", environment.get(f"{name}_FILE", ""))
        if file is None:
            continue
        try:
            found[name] = file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            raise BadSetting(f"{name}_FILE cannot be read") from None
    return found


def _tls(environment: Mapping[str, str]) -> Tls | None:
    names = ("PERMITS_TLS_CERTIFICATE", "PERMITS_TLS_KEY_FILE")
    certificate, key = (_file(name, environment.get(name, "")) for name in names)
    if (certificate is None) != (key is None):
        raise BadSetting(f"{' and '.join(names)} are set together or not at all")
    return Tls(certificate, key) if certificate is not None and key is not None else None


def _address(name: str, environment: Mapping[str, str], *schemes: str) -> str:
    text = environment.get(name, "")
    try:
        parts = urlsplit(text)
        usable = text.startswith(schemes) and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if text and not usable:
        # The address of a mail server may hold a password, so that it is not repeated.
        raise BadSetting(f"{name} cannot be used; wanted is {' or '.join(schemes)}host")
    return text


def _file(name: str, text: str) -> Path | None:
    if text and not Path(text).is_file():
        raise BadSetting(f"{name} is {text!r}; wanted is a file that is there")
    return Path(text) if text else None


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65_536:
        raise BadSetting(f"PERMITS_PORT is {text!r}; wanted is a number from 1 to 65535")
    return int(text)


def _processes(text: str) -> int:
    """One more than there are cores, unless said otherwise: one thread of Python runs at a time in
    each, and while one waits for its turn to write there is another to go on. More than a few only
    get into each other's way at the database."""
    if not text:
        return min((os.cpu_count() or 1) + 1, MOST_PROCESSES)
    if not text.isdigit() or not 0 < int(text) <= 64:
        raise BadSetting(f"PERMITS_PROCESSES is {text!r}; wanted is a number from 1 to 64")
    return int(text)


def _networks(name: str, text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks, with commas between. Everybody is no network that can be trusted."""
    try:
        found = tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())
    except ValueError:
        raise BadSetting(
            f"{name} is {text!r}; wanted are addresses or networks, as 10.0.0.5 or 10.0.0.0/28,"
            " with commas between"
        ) from None
    if any(network.prefixlen == 0 for network in found):
        raise BadSetting(f"{name} is {text}, which is everybody; name the servers in front")
    return found


def _number(name: str, text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= most:
        raise BadSetting(f"{name} is {text!r}; wanted is a number from 1 to {most}")
    return int(text)


def _days(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= MOST_DAYS:
        raise BadSetting(f"{name} is {text!r}; wanted is a number of days from 1 to {MOST_DAYS}")
    return int(text)


def _truth(name: str, text: str) -> bool:
    if text not in ("true", "false"):
        raise BadSetting(f"{name} is {text!r}; wanted is true or false")
    return text == "true"
