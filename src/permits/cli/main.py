"""The `permits` command: one application, its commands in files beside this one."""

import gc
import sys

import typer

from permits.cli import administer, definitions, sign_in
from permits.cli.audit import audit
from permits.cli.back_test import back_test
from permits.cli.backup import backup, restore
from permits.cli.config import config
from permits.cli.doctor import doctor
from permits.cli.due import due
from permits.cli.entitlements import policies, register
from permits.cli.evidence import evidence
from permits.cli.export import export
from permits.cli.fees import fees
from permits.cli.files import files
from permits.cli.history import history
from permits.cli.log import log
from permits.cli.outbox import outbox
from permits.cli.person import person, retention
from permits.cli.replay import replay
from permits.cli.serve import serve
from permits.cli.shared_data import shared_data
from permits.cli.simulate import simulate

gc.set_threshold(50_000, 10, 10)
"""Most of what a start makes stays: looking through it every 700 objects is a quarter of a start.
The processes that serve import this first as well."""

app = typer.Typer(
    name="permits",
    help="Permit procedures by notice and commitment.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.command()
def version() -> None:
    """Print the version."""
    from permits import __version__

    typer.echo(__version__)


app.command()(due)
for command in (definitions.check, definitions.show, definitions.schema, definitions.diagram):
    app.command()(command)
app.command()(serve)
app.command()(doctor)
app.command()(replay)
app.command()(simulate)
app.command()(back_test)
app.command()(administer.publish)
app.command()(administer.rebuild)
app.command()(administer.rights)
app.command()(administer.undelivered)
app.command()(backup)
app.command()(restore)
app.add_typer(sign_in.account, name="account")
app.add_typer(administer.calendar, name="calendar")
app.add_typer(export, name="export")
app.add_typer(fees, name="fees")
app.add_typer(files, name="files")
app.add_typer(shared_data, name="shared-data")
app.add_typer(register, name="register")
app.add_typer(config, name="config")
app.add_typer(outbox, name="outbox")
app.add_typer(person, name="person")
app.add_typer(retention, name="retention")
app.add_typer(audit, name="audit")
app.add_typer(evidence, name="evidence")
app.add_typer(policies, name="policies")
app.add_typer(log, name="log")
app.add_typer(history, name="history")


@app.callback()
def main() -> None:
    """Permit procedures by notice and commitment."""


def run() -> None:
    """Entry point; output that the terminal cannot show is replaced, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    app()
