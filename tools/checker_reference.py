"""Writes docs/reference/checker.md: every rule, and how the checker fares against mistakes.

Usage: python -m tools.checker_reference

The figures come from the campaign in tests/definitions, which makes every single mistake of a
list in the shipped definitions. Tests compare the page with what this would write.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "checker.md"

INTRODUCTION = """\
# What a definition must keep

`permits check` holds a definition to the rules below before it can be published, and tells every
finding with its file, line, YAML path and rule. Files are read strictly first, then fitted to the
[vocabulary](definition.md). Rules across parts follow, for all parts that fit, and the samples are
filed. At last the checker drives the real chart through every situation a case can come to:
where it stands, on which track, with which clocks and obligations open, and whether an opinion was
given.
Conditions are tried at every value where they may change, and a condition that some cases meet and
others do not is taken both ways. What is too much to be tried is a finding as well.

Each rule is broken alone by a test. This page is generated (`python -m tools.checker_reference`).
"""

RULES = {
    "yaml.unreadable": "The file can be opened and is UTF-8.",
    "yaml.name": "A file is called `.yaml`.",
    "yaml.too_large": "At most 1 MiB, 20,000 values, 30 levels.",
    "yaml.character": "No character that nobody sees, written out or as an escape.",
    "yaml.syntax": "It is YAML.",
    "yaml.empty": "It is not empty.",
    "yaml.documents": "A file holds one document.",
    "yaml.key": "A key is a single word.",
    "yaml.duplicate_key": "A key is written once.",
    "yaml.alias": "No anchors, aliases or merge keys.",
    "yaml.tag": "No tags.",
    "yaml.ambiguous": "Nothing that YAML reads otherwise than it looks.",
    "fragment.name": "Each fragment says what it is called, by a name of its own.",
    "fragment.part": "A fragment holds only what definitions take over.",
    "fragment.uses": "`uses` lists fragments, each once.",
    "fragment.replaces": "`replaces` lists entries by part.",
    "fragment.collision": "An entry comes whole from one file.",
    "schema.type": "A value is of its kind.",
    "schema.choice": "A value is among those there are.",
    "schema.pattern": "A word has its form.",
    "schema.limit": "A number keeps its limits.",
    "schema.too_long": "A text keeps its length.",
    "schema.empty": "No blank text, no list or mapping with too few entries.",
    "schema.value": "A day exists; a basis is a law, a practice or an example.",
    "schema.missing": "What is required is there.",
    "schema.unknown_key": "No key that the vocabulary does not know.",
    "text.language_missing": "Every text is given in Chinese and in English.",
    "ref.fragment": "A fragment that is used exists.",
    "ref.replaced": "An entry that is replaced exists in a fragment.",
    "ref.condition": "A condition that is used exists.",
    "ref.law": "A law that is cited exists.",
    "ref.field": "A field that is named exists.",
    "ref.material": "A material that is covered or brought in exists.",
    "ref.signer": "Whoever signs a commitment exists.",
    "ref.commitment": "A commitment that is signed exists.",
    "ref.action": "An action that a clock takes exists.",
    "ref.department": "A department that a sample asks exists.",
    "ref.rate": "A rate that a fee is reckoned by exists.",
    "ref.share": "A share that a fee is reckoned by exists.",
    "ref.fee": "A fee that is paid exists.",
    "ref.obligation": "An obligation to pay exists.",
    "ref.state": "A state that an arrow joins exists.",
    "ref.sample": "A sample that another is like exists.",
    "ref.approval": "An approval that a sample needs exists.",
    "ref.gate": "A gate that is shut or passed exists.",
    "ref.unused": "Every condition, commitment, rate, share and gate is used.",
    "ref.twice": "A name stands once in a list.",
    "permit.dates": "It does not end before it begins.",
    "permit.measure": "What rests on commitments has one, what defers defers something, a list"
    " exempts, and what is joint asks departments.",
    "permit.duplicate_id": "A permit id belongs to one file.",
    "authority.hours": "The office opens before it closes.",
    "form.duplicate": "A field is asked once.",
    "form.reserved": "A field has a name that conditions understand.",
    "form.options": "A choice has two options at least; nothing else has options.",
    "form.unit": "A number says what it counts.",
    "form.limits": "Limits belong to numbers and texts, the least not above the most.",
    "form.personal": "What is about a person says why it is asked and how long it is kept"
    " (个人信息保护法 art. 13, 17, 19).",
    "keep.term": "What is kept is kept for days or months of the calendar, and for some time.",
    "keep.longer": "Nothing is kept longer than the file of its case (个人信息保护法 art. 19).",
    "keep.mask": "A mask is one for answers of that type.",
    "form.shown": "What stands for a case in lists is always there and not personal.",
    "form.order": "A question depends on answers given before it.",
    "form.entries": "A field of several entries says what one is called, what is asked of each and"
    " how many there may be; all entries of a form hold at most 200 answers.",
    "form.entries_personal": "Nothing that is asked of every entry is about a person.",
    "form.total": "A total counts entries, or is made of a number that each has; a sum keeps below"
    " the largest number.",
    "cel.entries": "A condition reads totals of entries, not the entries themselves.",
    "list.field": "A list has one field that names its row, always asked and required.",
    "list.reserved": "No row is called like works that are on none.",
    "list.unasked": "What a row looks at is asked when it is chosen.",
    "list.never": "A row admits somebody whom no exclusion and no track shuts out.",
    "cel.syntax": "A condition is CEL.",
    "cel.unknown": "A condition reads fields and facts that exist.",
    "cel.personal": "Nothing is decided by an answer about a person.",
    "cel.shape": "A condition compares answers with constants or with each other, joined by &&, ||"
    " and !: no arithmetic, no functions.",
    "cel.decimal": "Numbers are whole.",
    "cel.kind": "Two of one type are compared, and only numbers and days by order.",
    "cel.value": "A field is compared with values it can have.",
    "cel.fails": "A condition comes out for all values at the edges of what it reads.",
    "cel.not_boolean": "A condition is true or false.",
    "cel.constant": "A condition tells some applications from others.",
    "cel.too_wide": "What is asked together can be proved.",
    "cel.case_fact": "What is asked before there is a case looks at answers only.",
    "track.no_baseline": "There is an ordinary track.",
    "track.no_exclusion": "Something stays on the ordinary track (国办发〔2020〕42号;"
    " 河南省优化营商环境条例 art. 34).",
    "track.unit": "Limits are in working days (行政许可法 art. 82).",
    "track.statutory": "The law's limit is one on every track, and without a law of its own not"
    " longer than 20 working days, or 45 jointly (art. 42).",
    "track.jointly": "The term of art. 42(2) is for several departments together.",
    "track.promise": "The promise is not longer than the law allows (art. 42).",
    "track.on_the_spot": "On the spot means a promise of no day.",
    "track.baseline": "The ordinary track is open to everybody, uncommitted, examined.",
    "track.no_commitment": "The commitment track has a commitment.",
    "track.nobody": "A track is open to some application that the list admits and no exclusion"
    " shuts out.",
    "track.not_on_the_spot": "On such a track every case that may use it can be granted once"
    " accepted (art. 34).",
    "sample.like": "A sample is like one that stands on its own.",
    "sample.answers": "A sample answers what it is asked and decides something, as it may be"
    " answered.",
    "sample.tracks": "The tracks are open to a sample that it says are.",
    "sample.fees": "The fees of a sample come to what it says.",
    "sample.kind": "A sample is given the exemption it says.",
    "sample.still_required": "Beside the permit a sample needs the approvals it says.",
    "sample.asked": "The departments are asked that a sample says are.",
    "sample.unseen": "Where there are samples, one is let in by each row, excluded by each"
    " exclusion, on each track.",
    "material.track": "A material says what each track does with it.",
    "material.baseline": "On the ordinary track it is supplied or shared.",
    "material.vague": "No catch-all without a list of what is meant"
    " (河南省优化营商环境条例 art. 28).",
    "material.uncovered": "What is committed to is covered by a commitment.",
    "material.asked_twice": "What a commitment stands in for is not asked for as well.",
    "material.covered": "What a commitment stands in for is asked for on the ordinary track, and"
    " is neither shared nor, by a commitment of kind A, handed in later.",
    "material.settled": "What the office has already, another case of the project vouches for, and"
    " some track asks for it otherwise.",
    "material.essential": "Only secondary materials are handed in later"
    " (河南省优化营商环境条例 art. 35).",
    "review.lead": "The department that takes the cases leads.",
    "review.twice": "A department is asked once, and the lead does not ask itself.",
    "review.unit": "An opinion has at least one working day (行政许可法 art. 82).",
    "review.too_long": "Opinions are due before the decision is promised.",
    "review.reminder": "A reminder comes after the department was asked.",
    "review.on_the_spot": "Nothing is decided on the spot while opinions are waited for.",
    "hearing.term": "Five working days to ask, twenty to hold, seven of notice"
    " (行政许可法 art. 47, 48).",
    "hearing.notice": "There is a day left to hold it after the notice.",
    "hearing.counts": "The time of a hearing counts towards no limit of the decision (art. 45).",
    "third_parties.term": "Who is told has at least one working day to speak.",
    "clock.length": "A clock has one length.",
    "clock.units": "Terms that are compared have one unit.",
    "clock.stated": "Only a special procedure's notice states a time (art. 45).",
    "clock.milestone": "What starts and stops it happens.",
    "clock.service": "What counts from service begins with a document that is served.",
    "clock.warned": "Warnings go to people, among them one who can do what is waited for; the"
    " applicant is warned of time of their own.",
    "clock.suspended": "What suspends one limit of the decision suspends the other (art. 45).",
    "clock.too_long": "Not longer than the law leaves: 5 working days for the notice (art. 32),"
    " 10 for delivery (art. 44), 7 for publication (双公示).",
    "clock.approver": "An extension is the head's to approve (art. 42).",
    "clock.extension": "A decision is put off once, by 10 or jointly 15 working days (art. 42).",
    "clock.public_reason": "A late decision is explained in public (优化营商环境条例 art. 36);"
    " what the applicant is late with is not.",
    "tolerance.undertaking": "The tolerant track, and no other, has an undertaking.",
    "tolerance.bars": "A bar is counted in months.",
    "tolerance.on_the_spot": "What is accepted with something to come is not decided on the spot.",
    "tolerance.commitment": "What follows is undertaken, not committed to.",
    "tolerance.nothing": "On the tolerant track some material may follow.",
    "tolerance.material": "Otherwise the tolerant track asks what the ordinary one asks.",
    "tolerance.secondary": "What may follow says by what rule it is secondary.",
    "tolerance.clock": "One clock gives the time to supply, and stops when all is in.",
    "service.kind": "An item is on the spot (即办件) if every track is, else promised.",
    "service.visits": "What is done online as a whole takes no visit; a visit has a reason.",
    "service.channel": "Online is a channel if one can apply online.",
    "service.special_step": "What may suspend a time limit is told with how long it takes.",
    "tolerance.length": "It leaves a day at least, and ends by the promised limit.",
    "tolerance.drafts": "When it expires a refusal, or that it counts as withdrawn, is drafted.",
    "tolerance.undrafted": "Such an end is drafted by a clock.",
    "commitment.reserved": "No commitment is called `undertaking`.",
    "clock.lapse": "An expired clock brings an action of the law or a task.",
    "clock.silence": "Nothing but acceptance follows from silence (art. 32).",
    "clock.lapse_shut": "What a clock does is open wherever it runs, in every case.",
    "clock.unheard": "Whoever is told of a revocation has a time to be heard (art. 7).",
    "clock.drafts": "Only the time to supply what is missing drafts its own end, with a task.",
    "clock.draft_shut": "What is drafted can be confirmed wherever the case is examined.",
    "clock.never_suspended": "What can be suspended runs where something suspends.",
    "clock.missing": "Wherever the law sets somebody a time, a clock runs.",
    "obligation.milestone": "What opens, dates and ends it happens.",
    "obligation.undated": "A date counts from where it opens, or from the delivery of the grant.",
    "obligation.dead_date": "No date counts from what voids it.",
    "obligation.reports": "A report marks what only a report can.",
    "obligation.debtor": "A report is owed by the applicant, whose it is.",
    "obligation.verifiers": "Facts are checked by two officers at least (art. 34).",
    "obligation.brings": "A report brings in what the commitment track defers.",
    "obligation.forbids": "What a duty forbids is what another reports.",
    "obligation.sample": "Lots are drawn for checks only.",
    "obligation.inspectors": "Lots are drawn among those who check, if anybody does.",
    "obligation.before": "What a grant waits for ends with a refusal, and not before.",
    "obligation.pays": "What is settled by paying says which fee, and that fee is put off.",
    "obligation.rectify": "A verification leaves time to put a breach right, and a payment may.",
    "obligation.extension": "What the applicant reports may be put off, if it has one date; an"
    " officer decides, and the start of works is put off twice by 3m at most (建筑法 art. 9).",
    "obligation.lapse": "Only a law ends a grant by itself, because of what its holder reports.",
    "obligation.lapse_shut": "Wherever such a duty is owed, the grant can end.",
    "term.expires": "A term ends by the act `expire`.",
    "term.shut": "Wherever the grant stands, its term can end.",
    "term.approver": "An officer decides whether a term is renewed.",
    "term.silence": "Silence renews permits, by law, and nothing that is filed"
    " (行政许可法 art. 50).",
    "annulment.states": "What is annulled is examined anew, or ends as code 15.",
    "amendment.field": "What decided the case is not changed after the grant, nor who signed"
    " a commitment.",
    "amendment.corrects": "A fee that is corrected is reckoned from what may be changed.",
    "material.never": "What the commitment track defers is brought in by an obligation.",
    "commitment.signer": "The applicant signs first; who signs with it is named in the form.",
    "commitment.unverified": "What was granted on a commitment is checked before the case is put"
    " away (国办发〔2020〕42号).",
    "project.code": "A project is named by a project code; always, where cases wait for others.",
    "project.name": "The name of a project is a text that is always asked and not personal.",
    "project.rests_on": "What an application rests on another case settles; it spares a material.",
    "gate.no_project": "Only what belongs to a project shuts a gate.",
    "gate.action": "Only filing and granting wait at a gate.",
    "gate.round": "Where filing or one way to a grant waits at a gate, every grant does.",
    "stage.single": "Works permitted in stages have at least two.",
    "stage.order": "Stages stand in the order of the works.",
    "stage.alike": "What stages answer alike is always asked, not personal, and not of the first.",
    "stage.uncovered": "Every application covers a stage, if there are stages.",
    "stage.gap": "No application passes over a stage between two that it covers.",
    "fee.reckoned": "A fee is reckoned from one field or from lines.",
    "fee.quantity": "A fee is reckoned from numbers.",
    "fee.milestone": "What freezes and dates it happens.",
    "fee.unfixed": "What fixes a fee comes on every track, decided on the spot or not.",
    "fee.dead_date": "No date counts from where the debt is cancelled.",
    "fee.basis": "A fee does not rest on a practice (art. 58).",
    "fee.relief_basis": "Who pays less is said by a law (art. 59).",
    "fee.relief_dates": "A relief does not end before it begins.",
    "fee.relief_shown": "What shows a relief is an essential material, supplied where it is due.",
    "fee.deferral": "Payment is put off by a commitment of kind B that the track asks for, and is"
    " owed as an obligation that ends where the debt may.",
    "fee.gate": "Only a report, a grant that does not put payment off, conclusion or"
    " deregistration waits for payment; no other duty of the office does.",
    "fee.ends": "It is said once what becomes of the debt wherever the case may turn.",
    "rate.dates": "A row of a rate does not end before it begins.",
    "rate.overlap": "The rows of a rate are in order and do not overlap.",
    "act.role": "An act is done by roles the law gives it to.",
    "act.reversible": "Only a step of the office is undone as a slip.",
    "act.phase": "An act is taken in a phase the law provides it for.",
    "act.leads": "It leads where the law says.",
    "act.code": "The state it leads to carries the right national code.",
    "act.timer": "What the timer takes belongs to a clock.",
    "act.repeated": "An act has one action, but for grants.",
    "chart.initial": "A case begins as received, with code 1.",
    "chart.final": "Final is what has ended.",
    "chart.done": "A state with regions says where it leads, without changing its meaning.",
    "chart.region": "A region begins in a state that is not final and has one that is.",
    "chart.leaves_end": "Nothing leaves an end.",
    "chart.cross_region": "Regions are entered as a whole.",
    "chart.standstill": "A move leads somewhere else.",
    "chart.two_levels": "One action leaves a state or something inside it, not both.",
    "chart.two_regions": "One action moves in one region.",
    "chart.order": "An order is given where it is needed.",
    "chart.overlap": "Two moves are not open together without an order.",
    "chart.shadowed": "With an order, each move is the first open one for some case.",
    "chart.too_large": "Every situation can be looked at.",
    "chart.unreachable": "A case can come to every state.",
    "chart.dead_move": "Every move can be taken.",
    "chart.stuck": "From everywhere an end can be reached.",
    "opened.twice": "Nothing is opened while it is open.",
    "opened.never": "Everything is opened in some case.",
    "closed.never": "Nothing stays open when a case has ended or its grant is gone.",
    "document.missing": "What the law wants in writing has a document (art. 32, 38, 42, 45, 69).",
    "document.never": "What a document is drawn up at happens.",
    "document.certificate": "A grant leaves one certificate, on every track and kind.",
    "procedure.demanded": "What the law keeps open is open in every case: to withdraw, to resume,"
    " to revoke, to deregister, to withdraw a commitment, and each outcome of art. 32.",
    "procedure.hanging": "The office's duties do not hang on an answer.",
    "procedure.no_commitment": "On the ordinary track there is no commitment to withdraw.",
    "procedure.no_notice": "Acceptance is refused only after a notice (art. 32).",
    "procedure.second_notice": "There is one notice (art. 32).",
    "procedure.unexamined": "A decision follows an opinion, unless on the spot (art. 34).",
    "procedure.same_role": "Whoever examines does not decide.",
    "procedure.no_return": "Whoever decides after an opinion can send the case back instead.",
    "procedure.no_decision": "To grant and to refuse both stay possible (art. 38).",
    "procedure.undelivered": "A decision is delivered before the case ends (art. 38, 44).",
    "procedure.unpublished": "A grant is published before the case ends (art. 40).",
    "procedure.only_revocation": "A granted case can end without being revoked.",
}


def page(tried: Counter[str], equivalent: Sequence[str], content: Sequence[str]) -> str:
    """The page, from how many mistakes of each kind were made and which were not found."""
    figures = _figures(tried, equivalent, content)
    return "\n".join((INTRODUCTION, *_rules(), "", *figures)) + "\n"


def _rules() -> Iterator[str]:
    yield "## Rules\n"
    yield "| rule | what holds |"
    yield "|---|---|"
    for rule, meaning in RULES.items():
        yield f"| `{rule}` | {meaning} |"


def _figures(
    tried: Counter[str], equivalent: Sequence[str], content: Sequence[str]
) -> Iterator[str]:
    same, other = _by_kind(equivalent), _by_kind(content)
    total, left = sum(tried.values()), len(equivalent) + len(content)
    yield "## Against mistakes\n"
    yield (
        f"Of {total:,} single mistakes made in the shipped definitions, {total - left:,}"
        f" ({(total - left) / total:.1%}) are found. Of the other {left}, {len(equivalent)} are"
        f" equivalent: every case is decided as before. {len(content)} are a matter of content:"
        " they make another rule that is as sound as the first, and only somebody who knows the"
        " law or the office can tell. Each is listed with its reason in"
        " `tests/campaign/survivors.txt`; a test fails if one more is not found, or if one of"
        " them is found after all.\n"
    )
    yield "| mistake | made | found | equivalent | content |"
    yield "|---|--:|--:|--:|--:|"
    for kind in sorted(tried):
        found = tried[kind] - same[kind] - other[kind]
        yield f"| {kind} | {tried[kind]} | {found} | {same[kind]} | {other[kind]} |"
    sums = (total, total - left, len(equivalent), len(content))
    yield f"| **all** | {' | '.join(f'**{n}**' for n in sums)} |"


def _by_kind(keys: Sequence[str]) -> Counter[str]:
    """How many keys there are of each kind; a key names its definition and its kind."""
    return Counter(key.partition(" ")[2].partition(":")[0] for key in keys)


def main() -> None:
    """Run the campaign and write the page, if what it leaves is what is listed."""
    from tests.campaign.running import run  # noqa: PLC0415 - only needed here
    from tests.campaign.survivors import keys_of  # noqa: PLC0415 - only needed here

    result = run()
    equivalent, content = keys_of("equivalent"), keys_of("content")
    unlike = {*equivalent, *content} ^ {*result.survivors}
    if unlike:
        raise SystemExit("\n".join(("the list of survivors is not up to date:", *sorted(unlike))))
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(result.tried, equivalent, content), encoding="utf-8")


if __name__ == "__main__":
    main()
