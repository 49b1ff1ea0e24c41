"""Pictures of a permit type: Mermaid text for documents, SVG for pages."""

from collections.abc import Collection, Iterator

from permits.definitions.drawing.sheet import laid_out
from permits.definitions.drawing.svg import Words, drawn
from permits.definitions.parts import Text
from permits.definitions.schema import Definition
from permits.definitions.steps import steps

_DESCRIPTION = Text(
    zh="办理流程图：{states}个状态，{actions}种操作。方框为状态，箭头为操作，编号见图下说明。",
    en="Flow chart of {states} states and {actions} actions. Boxes are states, arrows are actions,"
    " their numbers are explained below the chart.",
)
_BY_ITSELF = Text(zh="各并行环节完成后自动进入", en="by itself, when everything inside is done")
_CODE = Text(zh="国家办件状态码", en="national status code")
_END = Text(zh="终止状态", en="the case, or a part of it, ends here")
_HERE = Text(zh="当前所在", en="where the case stands now")
_BEEN = Text(zh="已经经过", en="where it has been")


def svg(
    definition: Definition,
    language: str,
    here: Collection[str] = (),
    been: Collection[str] = (),
) -> str:
    """The chart as an SVG element of its own size, to be put into a box that scrolls.

    `language` is a locale such as `zh` or `en`; `here` are the leaves a case stands in, `been`
    the places it has passed. Both only change how boxes are marked.
    """
    chart = definition.chart
    legend = {str(n): a.title.in_(language) for n, a in enumerate(chart.actions.values(), 1)}
    about = _DESCRIPTION.in_(language).format(states=len(chart.states), actions=len(chart.actions))
    words = Words(
        definition.permit.title.in_(language),
        about,
        *(text.in_(language) for text in (_BY_ITSELF, _CODE, _END, _HERE, _BEEN)),
    )
    return drawn(laid_out(chart, language), words, legend, here, been)


def mermaid(definition: Definition, language: str) -> str:
    """The chart as a `stateDiagram-v2`, regions side by side."""
    return "\n".join(_mermaid(definition, language)) + "\n"


def _mermaid(definition: Definition, language: str) -> Iterator[str]:
    chart = definition.chart
    yield "stateDiagram-v2"
    yield "    direction TB"
    for name, state in chart.states.items():
        yield f'    state "{_quiet(state.title.in_(language))}" as {name}'
        if state.regions:
            yield f"    state {name} {{"
            for n, (region, inner) in enumerate(state.regions.items()):
                yield from ["        --"] if n else []
                path = f"{name}.{region}"
                for leaf, part in inner.items():
                    title = _quiet(part.title.in_(language))
                    yield f'        state "{title}" as {_id(f"{path}.{leaf}")}'
                yield f"        [*] --> {_id(f'{path}.{next(iter(inner))}')}"
                yield from _arrows(definition, language, inside=path)
                for leaf, part in inner.items():
                    if part.final:
                        yield f"        {_id(f'{path}.{leaf}')} --> [*]"
            yield "    }"
    yield f"    [*] --> {chart.initial}"
    yield from _arrows(definition, language, inside="")
    yield from (f"    {name} --> [*]" for name, state in chart.states.items() if state.final)


def _arrows(definition: Definition, language: str, *, inside: str) -> Iterator[str]:
    """The arrows within a region, or those that are within none."""
    titles: dict[tuple[str, str], list[str]] = {}
    actions = definition.chart.actions
    for step in steps(definition.chart):
        region = step.source.rpartition(".")[0]
        within = region if step.to.rpartition(".")[0] == region else ""
        if within == inside:
            title = actions[step.action].title.in_(language) if step.action else ""
            titles.setdefault((step.source, step.to), []).append(_quiet(title))
    indent = "        " if inside else "    "
    for (source, to), words in titles.items():
        label = " / ".join(dict.fromkeys(word for word in words if word))
        yield f"{indent}{_id(source)} --> {_id(to)}" + (f" : {label}" if label else "")


def _id(path: str) -> str:
    return path.replace(".", "__")


def _quiet(text: str) -> str:
    """A text without the characters Mermaid reads as its own."""
    return text.translate(str.maketrans('":;#', "”：；＃"))
