"""`permits evidence`: a case as a file that proves it, what is signed of the log, and the keys."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening
from permits.cli.due import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from permits.evidence.findings import Finding
    from permits.evidence.notes import Verifier

evidence = typer.Typer(help="Prove what is in the log.", no_args_is_help=True)

Keys = Annotated[
    list[str] | None,
    typer.Option("--key", help="A public key that is believed, or a file of them; several times."),
]
Speaks = Annotated[Language, typer.Option("--lang", help="The language of the answer.")]
Out = Annotated[Path, typer.Option("--out", help="The file to write.")]


@evidence.command()
def keygen(
    file: Annotated[Path, typer.Argument(help="The file for the key; it must not be there.")],
    name: Annotated[
        str, typer.Option(help="What the log is called: an address without https://.")
    ],
) -> None:
    """Make a key that signs how the log stands, and say its public half: publish that."""
    from permits.evidence.notes import BadKey
    from permits.outside.note_keys import make_key

    try:
        made = make_key(file, name)
    except BadKey as error:
        opening.refuse(str(error))
    except OSError as error:
        opening.refuse(f"{file} cannot be written: {error.strerror}")
    if made is None:
        opening.refuse(f"{file} is there already, and is not replaced")
    typer.echo(str(made.verifier))


@evidence.command("keys")
def public_keys() -> None:
    """Say the public keys that ever signed for this office, and what they are for."""
    from permits.store import evidence_signed

    with opening.database() as database, database.read() as connection:
        for verifier, (purpose, since) in evidence_signed.keys(connection).items():
            typer.echo(f"{verifier}  {purpose}  {since}")


@evidence.command()
def sign(
    *,
    once: Annotated[bool, typer.Option("--once", help="Sign what there is, and end.")] = False,
) -> None:
    """Give events their places and sign how the log stands, apart from the server: as somebody
    else, who alone reads the key (PERMITS_EVIDENCE_APART=true keeps the server from it)."""
    from permits.services.evidence.keeping_up import KeepingUp, sequencer_of
    from permits.services.evidence.sequencing import Forked
    from permits.settings import BadSetting
    from permits.store.clock import clock_of
    from permits.store.evidence_log import Gap

    chosen = opening.settings()
    with opening.database(chosen) as database:
        try:
            sequencer = sequencer_of(chosen, database, clock_of(database))
        except BadSetting as error:
            opening.refuse(str(error))
        if not once:
            keeping = KeepingUp(sequencer)
            try:
                keeping.wait()
            except KeyboardInterrupt:
                keeping.close()
            return
        try:
            done = sequencer.run()
        except (Forked, Gap) as error:
            opening.refuse(str(error))
        finally:
            sequencer.close()
        signed = f"signed {done.checkpoint.size}" if done.checkpoint else "nothing to sign"
        typer.echo(f"placed {done.placed}, {signed}")


@evidence.command()
def export(
    case: Annotated[str, typer.Argument(help="Number or id of the case.")], out: Out
) -> None:
    """Write a case into a file that proves it: its events, what it was decided by, its places in
    the log, and the signed checkpoint."""
    from permits import settings as clock
    from permits.services.evidence import case_file, exporting

    with opening.database() as database:
        try:
            found = exporting.export(database, case, clock.now())
        except exporting.NoSuchCase:
            opening.refuse(f"there is no case {case}")
        except exporting.NotYetSigned:
            opening.refuse("nothing of the log was signed yet: is `permits serve` running?")
    _write(out, case_file.written(found))
    waiting = sum(one.place is None for one in found.events)
    typer.echo(f"{out}: {len(found.events)} events")
    if waiting:
        opening.refuse(f"{waiting} of them have no place in the log yet: export again in a moment")


@evidence.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A file that `permits evidence export` wrote.")],
    key: Keys = None,
    lang: Speaks = Language.ZH,
) -> None:
    """Verify the file of a case, without any network and without the office: that nothing was
    changed since it was written, and that every date, amount and figure follows from it. Ends
    with 1 if anything is amiss. Without --key the keys in the file are believed: compare those
    with the published ones."""
    from permits.services.evidence import case_file, verifying

    try:
        found = case_file.read(file.read_bytes())
    except OSError as error:
        opening.refuse(f"{file} cannot be read: {error.strerror}")
    except case_file.NoCaseFile as error:
        opening.refuse(f"{file} is no file of a case: {error}")
    trusted = trusted_keys(key)
    verdict = verifying.verify(found, trusted or verifying.keys_in(found))
    say(verdict.findings, lang)
    if not verdict.good:
        raise typer.Exit(1)
    size = verdict.checkpoint.size if verdict.checkpoint else 0
    _echo(
        lang,
        f"{verdict.number}: {verdict.events} events are as they were written, stand in the log"
        f" of {size} events, and everything decided follows from them.",
        f"{verdict.number}：{verdict.events} 个事件与写入时一致，均在共 {size} 个事件的日志之中，"
        "各项决定、期限、金额和数字均可由此重新得出。",
    )
    for one in verdict.signed_by:
        _echo(lang, f"signed by {one}", f"签名密钥：{one}")
    if not trusted:
        _echo(
            lang,
            "The keys are those in the file. Compare them with the published ones, or give --key.",
            "以上密钥取自文件本身。请与机关公布的密钥核对，或者用 --key 指定。",
        )


@evidence.command()
def receipt(
    note: Annotated[Path, typer.Argument(help="The signed receipt.")],
    proof: Annotated[
        Path | None, typer.Argument(help="The proof that what was filed is in the log.")
    ] = None,
    *,
    key: Keys,
    lang: Speaks = Language.ZH,
) -> None:
    """Verify a receipt, and the proof that goes with it, with public keys alone."""
    from permits.evidence.notes import BadNote, NotSigned
    from permits.services.evidence.receipts import verified

    try:
        content = proof.read_text(encoding="utf-8") if proof is not None else ""
        says, checkpoint = verified(note.read_text(encoding="utf-8"), content, trusted_keys(key))
    except (OSError, UnicodeDecodeError) as error:
        opening.refuse(str(error))
    except (BadNote, NotSigned) as error:
        typer.echo(str(error))
        raise typer.Exit(1) from None
    typer.echo(says.rstrip())
    if checkpoint is not None:
        _echo(
            lang,
            f"It stands in the log of {checkpoint.size} events ({checkpoint.origin}).",
            f"已编入共 {checkpoint.size} 个事件的日志（{checkpoint.origin}）。",
        )


@evidence.command()
def anchor(
    out: Out,
    *,
    printed: Annotated[
        bool, typer.Option("--printed", help="A page to be printed and signed by hand.")
    ] = False,
    lang: Speaks = Language.ZH,
) -> None:
    """Hand the newest checkpoint out of the house: give the file to somebody who keeps it and
    does not belong to this office. What was signed then can never be changed unnoticed."""
    from permits import settings as clock
    from permits.services.evidence import anchoring

    with opening.database() as database:
        try:
            anchored = anchoring.anchored(database, "printed" if printed else "file", clock.now())
        except anchoring.NothingSigned:
            opening.refuse("nothing of the log was signed yet: is `permits serve` running?")
    text = anchoring.page(anchored, lang.value) if printed else anchored.note
    _write(out, text.encode())
    typer.echo(f"{out}: {anchored.size}")


@evidence.command()
def stamp(
    url: Annotated[str, typer.Option(help="The address of a time stamping authority (RFC 3161).")],
) -> None:
    """Have the newest checkpoint stamped by a time stamping authority, and keep the stamp."""
    from permits import settings as clock
    from permits.outside.time_stamps import NotStamped, stamped
    from permits.services.evidence import anchoring

    with opening.database() as database:
        try:
            size = anchoring.stamp(database, lambda note: stamped(note, url), clock.now())
        except anchoring.NothingSigned:
            opening.refuse("nothing of the log was signed yet: is `permits serve` running?")
        except NotStamped as error:
            opening.refuse(f"{url} gave no time stamp: {error}")
    typer.echo(f"stamped {size}")


def trusted_keys(texts: "Iterable[str] | None") -> "tuple[Verifier, ...]":
    """The keys in options: each a key, or a file with one on each line."""
    from permits.evidence.notes import BadKey, read_verifier

    found = []
    for text in texts or ():
        lines = [text]
        if Path(text).is_file():
            lines = Path(text).read_text(encoding="utf-8").splitlines()
        try:
            found += [read_verifier(line.split("  ")[0]) for line in lines if line.strip()]
        except BadKey as error:
            opening.refuse(f"{text} is no public key: {error}")
    return tuple(found)


def say(findings: "Sequence[Finding]", lang: Language) -> None:
    """Say what is amiss, a line each."""
    from permits.text.evidence import sentence

    for one in findings:
        typer.echo(sentence(one, lang.value))


def _echo(lang: Language, english: str, chinese: str) -> None:
    typer.echo(english if lang is Language.EN else chinese)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        opening.refuse(f"{file} cannot be written: {error.strerror}")
