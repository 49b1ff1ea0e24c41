"""Figures for Prometheus: what is in the database, at an address of their own or not at all."""

import math
import socket
import urllib.request
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from permits.evidence.notes import new_signer
from permits.services.evidence.sequencing import Sequencer
from permits.settings import BadSetting
from permits.web.metrics import Figures, measured
from tests.services.evidence.conftest import Kept
from tests.web.housing import Housing


def read(office: object) -> dict[str, float]:
    """Every figure without labels by its name; with one, by its name and label."""
    return {
        " ".join((sample.name, *sample.labels.values())): sample.value
        for metric in Figures(office).collect()
        for sample in metric.samples
        if sample.name != "permits_info"
    }


def test_it_counts_what_stands_in_the_database(housing: Housing) -> None:
    before = read(housing.office)
    housing.filed()
    now = read(housing.office)
    assert before["permits_database_up"] == now["permits_database_up"] == 1
    assert before["permits_open_cases green"] == 0
    assert now["permits_open_cases green"] == 1
    assert now["permits_outbox_waiting"] > before["permits_outbox_waiting"]


def test_how_long_nothing_was_signed_is_counted_while_something_waits(housing: Housing) -> None:
    assert read(housing.office)["permits_log_unsigned_seconds"] == math.inf
    signer = new_signer("permits.example.cn/log")
    leads = Sequencer(housing.office.database, signer, Kept(), housing.clock)
    leads.run()
    signed = read(housing.office)
    assert signed["permits_log_signed"] > 0
    assert (signed["permits_log_waiting"], signed["permits_log_unsigned_seconds"]) == (0, 0)
    housing.filed()
    housing.clock.now += timedelta(seconds=90)
    late = read(housing.office)
    assert late["permits_log_waiting"] > 0
    assert late["permits_log_unsigned_seconds"] == 90
    leads.run()
    assert read(housing.office)["permits_log_unsigned_seconds"] == 0
    leads.close()


def test_a_database_that_does_not_answer_is_told_and_nothing_is_made_up(housing: Housing) -> None:
    def away() -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    office = SimpleNamespace(running=SimpleNamespace(state=away))
    assert read(office) == {"permits_database_up": 0.0}


def test_where_nobody_can_listen_is_told_by_the_name_of_the_setting(housing: Housing) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        office = SimpleNamespace(settings=replace(housing.settings, metrics=taken))
        with pytest.raises(BadSetting, match=f"PERMITS_METRICS is '{taken}'"), measured(office):
            raise AssertionError("it was not told")


def test_they_are_given_as_long_as_the_program_serves(housing: Housing) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free = f"127.0.0.1:{probe.getsockname()[1]}"
    housing.office.settings = replace(housing.settings, metrics=free)
    with measured(housing.office):
        told = urllib.request.urlopen(f"http://{free}/metrics", timeout=30).read().decode()
    assert "\npermits_database_up 1.0\n" in told
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://{free}/metrics", timeout=5)
