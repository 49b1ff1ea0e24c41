"""A part of a page is looked at by one process of a run."""

from tests.journeys.looked import Looked


def test_what_one_process_has_seen_is_new_to_no_other(tmp_path):
    one, other = Looked(tmp_path), Looked(tmp_path)
    assert one.new(["heading", "table"]) == {"heading", "table"}
    assert one.new(["table"]) == set()
    assert other.new(["table", "form"]) == {"form"}
    assert one.new(["form", "list"]) == {"list"}
    assert other.new(["form"]) == set()
