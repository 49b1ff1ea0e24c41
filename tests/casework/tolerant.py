"""Cases of tolerant acceptance (容缺受理), as tests tell them."""

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.party import Party
from tests.kit import LATER, PARTY, SEAL, Play, paper, plan_exempt, variant

REASON = i.Reasoned(SEAL)
GIVEN = i.Opinion("grant", SEAL)


def tolerated(on="2022-11-01", edition=None, **changes):
    """Accepted with the project approval still to come; the promise is ten working days."""
    play = Play(edition or plan_exempt(), party=Party(PARTY))
    return play.file(on, "tolerant", **changes).do("window", "accept", on)


def supplied(play, on, *names):
    return play.tell("applicant", c.SupplyLater(tuple(map(paper, names))), on)


def in_two_parts():
    """Two materials may follow."""

    def change(data):
        for key in ("essential", "tracks", "secondary_basis"):
            data["materials"]["land_title"][key] = data["materials"][LATER][key]

    return variant(change)


def deeming_it_withdrawn():
    """What is not supplied in time counts as withdrawn."""

    def change(data):
        action = data["chart"]["actions"].pop("refuse_unsupplied")
        moves = [{"from": ["examining", "proposed"], "to": "withdrawn"}]
        data["chart"]["actions"]["deem_withdrawn"] = {
            **action,
            "act": "deem_withdrawn",
            "moves": moves,
        }
        data["clocks"]["supplement"]["lapse"]["drafts"] = "deem_withdrawn"

    return variant(change)
