"""`permits check`, `show`, `schema` and `diagram`: what an author of definitions works with."""

import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from permits.definitions.findings import Finding
    from permits.definitions.loader import Resolved
    from permits.definitions.policies.loader import ResolvedPolicy

Given = Annotated[str, typer.Argument(metavar="ID|FILE", help="A shipped permit type, or a file.")]


class Language(StrEnum):
    """What the words of a drawing are in."""

    ZH = "zh"
    EN = "en"


def check(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Files or folders.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Prove definitions before they are published; every finding is told, never only the first.

    Without FILE the shipped definitions are checked. The exit code is 1 if anything was found.
    """
    from permits.settings import shipped

    given = files or [shipped("workflows")]
    policies, of_policies = _load_policies(given)
    definitions, found = _load([file for file in given if not _holds_policies(file)])
    findings = [*found, *of_policies]
    if as_json:
        _print_json(
            {
                "definitions": [_summary(one) for one in definitions],
                "policies": [_summary_of_policy(one) for one in policies],
                "findings": [_plain(finding) for finding in findings],
            }
        )
    else:
        typer.echo(
            "\n".join((*_lines(definitions), *_policy_lines(policies), *map(str, findings)))
        )
    raise typer.Exit(1 if findings else 0)


def show(
    given: Given, *, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Print a definition with its fragments put in, as YAML that loads to the same digest."""
    from permits.definitions.yaml_writer import write_yaml

    resolved = one_definition(given)
    data = json.loads(resolved.content)
    if as_json:
        _print_json(data)
        return
    typer.echo(f"# {resolved.definition.permit.id}, digest {resolved.digest}")
    typer.echo(write_yaml(data, ascii_only=not _shows_everything()), nl=False)


def schema() -> None:
    """Print the JSON Schema of a definition."""
    from permits.definitions.json_schema import json_schema

    _print_json(json_schema())


def diagram(
    given: Given,
    *,
    as_svg: Annotated[bool, typer.Option("--svg", help="Draw it, instead of Mermaid.")] = False,
    lang: Annotated[Language, typer.Option(help="The language of the words.")] = Language.ZH,
) -> None:
    """Draw the states and actions of a permit type, as Mermaid text or as SVG."""
    from permits.definitions.diagram import mermaid, svg

    definition = one_definition(given).definition
    text = svg(definition, lang) if as_svg else mermaid(definition, lang)
    if not _shows_everything():
        text = text.encode("ascii", "xmlcharrefreplace").decode()
        text = text if as_svg else text.replace("&#", "#")  # as Mermaid writes such characters
    typer.echo(text, nl=as_svg)


def _load(files: Iterable[Path]) -> tuple[list["Resolved"], list["Finding"]]:
    """The definitions of files and folders, and everything found in them, each thing once."""
    from permits.definitions.findings import BrokenDefinition
    from permits.definitions.loader import duplicates, load, load_folder

    definitions: list[Resolved] = []
    findings: list[Finding] = []
    for file in files:
        if file.is_dir():
            loaded, found = load_folder(file)
            if not loaded and not found:
                _refuse(f"there is no definition in the folder {file}")
            definitions.extend(loaded)
            findings.extend(found)
        elif file.is_file():
            try:
                definitions.append(load(file))
            except BrokenDefinition as broken:
                findings.extend(broken.findings)
        else:
            _refuse(f"there is no file {file}")
    return definitions, list(dict.fromkeys((*findings, *duplicates(definitions))))


def _holds_policies(file: Path) -> bool:
    """Whether a file is a policy, or a folder holds nothing else."""
    from permits.definitions.policies.loader import SHARED, is_policy

    if file.is_dir():
        return (file / SHARED).is_file()
    return file.is_file() and is_policy(file)


def _load_policies(
    files: Iterable[Path],
) -> tuple[list["ResolvedPolicy"], list["Finding"]]:
    """The policies of files and folders, and of the folder `policies` inside of one."""
    from permits.definitions.findings import BrokenDefinition
    from permits.definitions.policies.loader import load_policies, load_policy, together

    policies: list[ResolvedPolicy] = []
    findings: list[Finding] = []
    for file in files:
        if file.is_dir():
            inside = file if _holds_policies(file) else file / "policies"
            loaded, found = load_policies(inside)
            policies.extend(loaded)
            findings.extend(found)
        elif _holds_policies(file):
            try:
                policies.append(load_policy(file))
            except BrokenDefinition as broken:
                findings.extend(broken.findings)
    return policies, list(dict.fromkeys((*findings, *together(policies))))


def one_definition(given: str) -> "Resolved":
    """The definition of a file, or the shipped one with that permit id."""
    from permits.settings import shipped

    file = Path(given)
    a_file = file.is_file() or file.suffix or len(file.parts) > 1
    definitions, findings = _load([file if a_file else shipped("workflows")])
    wanted = [one for one in definitions if a_file or one.definition.permit.id == given]
    if not wanted and findings:
        typer.echo("\n".join(map(str, findings)), err=True)
        raise typer.Exit(1)
    if not wanted:
        known = ", ".join(one.definition.permit.id for one in definitions)
        _refuse(f"there is no permit type `{given}`; known: {known}")
    return wanted[0]


def _refuse(says: str) -> NoReturn:
    typer.echo(says, err=True)
    raise typer.Exit(2)


def _summary(resolved: "Resolved") -> dict[str, object]:
    from permits.definitions.checker import situations

    chart = resolved.definition.chart
    mark = resolved.marks.of(("permit", "id"))
    return {
        "id": resolved.definition.permit.id,
        "file": mark.file if mark else "",
        "digest": resolved.digest,
        "states": len(chart.states),
        "actions": len(chart.actions),
        "situations": situations(resolved.definition),
    }


def _lines(definitions: Iterable["Resolved"]) -> Iterator[str]:
    for one in definitions:
        told = _summary(one)
        yield (
            f"{told['id']}  {one.digest[:12]}  {told['states']} states  {told['actions']} actions"
            f"  {told['situations']} situations  0 findings"
        )


def _summary_of_policy(resolved: "ResolvedPolicy") -> dict[str, object]:
    policy, mark = resolved.policy, resolved.marks.of(("policy", "id"))
    return {
        "id": policy.policy.id,
        "file": mark.file if mark else "",
        "digest": resolved.digest,
        "conditions": len(policy.conditions),
        "grades": len(policy.grades),
        "samples": len(policy.samples),
    }


def _policy_lines(policies: Iterable["ResolvedPolicy"]) -> Iterator[str]:
    for one in policies:
        told = _summary_of_policy(one)
        yield (
            f"{told['id']}  {one.digest[:12]}  {told['conditions']} conditions"
            f"  {told['grades']} grades  {told['samples']} samples  0 findings"
        )


def _plain(finding: "Finding") -> dict[str, object]:
    mark = finding.mark
    return {
        "file": mark.file if mark else None,
        "line": mark.line if mark else None,
        "column": mark.column if mark else None,
        "path": finding.where,
        "rule": finding.rule,
        "says": finding.says,
    }


def _print_json(data: object) -> None:
    typer.echo(json.dumps(data, ensure_ascii=not _shows_everything(), indent=2))


def _shows_everything() -> bool:
    """Whether what is printed arrives as it is, whatever its characters."""
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
