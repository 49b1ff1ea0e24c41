"""Single mistakes in the code itself: a comparison turned round, a condition left out."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

_SWAPS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}


@dataclass(frozen=True)
class Function:
    """A function and its lines, the first and the last."""

    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Mutant:
    """A mistake: in which module, on which line, what was written and what stands there.

    `function` is the one it is in; none if it is made when the module is loaded. `nth` tells it
    from others there that read alike.
    """

    module: str
    index: int
    line: int
    was: str
    now: str
    function: Function | None
    nth: int = 1

    @property
    def key(self) -> str:
        """Where it is now."""
        return f"{self.module}:{self.line}#{self.index} {self.was} -> {self.now}"

    @property
    def what(self) -> str:
        """What it is, wherever its lines have moved."""
        name = self.function.name if self.function else ""
        nth = f" ({self.nth})" if self.nth > 1 else ""
        return f"{self.module} {name}: {self.was} -> {self.now}{nth}"


SOURCE = Path(__file__).parents[2] / "src"


def path_of(module: str) -> Path:
    """The file of a module, found without loading anything."""
    folder = SOURCE.joinpath(*module.split("."))
    return folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")


def mutants(module: str) -> list[Mutant]:
    """Every mistake that can be made in a module, in the order of its text."""
    tree = ast.parse(path_of(module).read_text(encoding="utf-8"))
    inside = _bodies(tree)
    found, alike = [], Counter[str]()
    for index, (node, _change, was, now) in enumerate(_places(tree)):
        one = Mutant(module, index, node.lineno, was, now, inside.get(id(node)))
        alike[one.what] += 1
        found.append(replace(one, nth=alike[one.what]))
    return found


def _bodies(tree: ast.Module) -> dict[int, Function]:
    """The outermost function each node is in, by the identity of the node. What a
    function has by default, and what decorates it, is made when the module is loaded."""
    found: dict[int, Function] = {}
    for one in ast.walk(tree):
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and id(one) not in found:
            function = Function(one.name, one.lineno, one.end_lineno or one.lineno)
            found |= {id(node): function for part in one.body for node in ast.walk(part)}
    return found


def tree_with(module: str, index: int) -> ast.Module:
    """The module with the so-many-th mistake in it."""
    tree = ast.parse(path_of(module).read_text(encoding="utf-8"))
    _node, change, _was, _now = next(islice(_places(tree), index, None))
    change()
    return ast.fix_missing_locations(tree)


def _places(tree: ast.Module):
    types = {id(node) for one in _types(tree) for node in ast.walk(one)}
    for node in list(ast.walk(tree)):
        if id(node) not in types:
            yield from _of_conditions(node)
            yield from _of_values(node)


def _types(tree: ast.Module) -> Iterator[ast.AST]:
    """What says which types things have. A mistake there is a module that cannot be loaded, which
    every test notices and none is praised for."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(returns=returns) if returns is not None:
                yield returns
            case ast.arg(annotation=annotation) | ast.AnnAssign(annotation=annotation):
                if annotation is not None:
                    yield annotation
    yield from (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.BinOp)
        and isinstance(node.value.op, ast.BitOr)
    )


def _of_conditions(node: ast.AST):
    match node:
        case ast.Compare(ops=ops):
            for place, op in enumerate(list(ops)):
                for other in _SWAPS.get(type(op), ()):
                    yield _swapped(node, ops, place, other)
        case ast.BoolOp(op=op, values=values):
            for other in _SWAPS[type(op)]:
                yield node, _setting(node, "op", other()), ast.unparse(node), other.__name__
            for place in range(len(values)):
                yield _without(node, values, place)
        case ast.UnaryOp(op=ast.Not()):
            yield node, _becoming(node, node.operand), ast.unparse(node), "without not"
        case _:
            yield from _of_branches(node)


def _of_branches(node: ast.AST):
    match node:
        case ast.If() | ast.IfExp():
            for value in (True, False):
                test = ast.Constant(value)
                yield node, _setting(node, "test", test), ast.unparse(node.test), str(value)
        case ast.comprehension(ifs=ifs):
            for place, test in enumerate(list(ifs)):
                was = f"if {ast.unparse(test)}"
                yield test, _dropping(ifs, place), was, "no condition"


def _of_values(node: ast.AST):
    match node:
        case ast.BinOp(op=op) if type(op) in _SWAPS and not _is_text(node):
            for other in _SWAPS[type(op)]:
                yield node, _setting(node, "op", other()), ast.unparse(node), other.__name__
        case ast.Constant(value=bool(value)):
            yield node, _setting(node, "value", not value), str(value), str(not value)
        case ast.Constant(value=int(value)):
            yield node, _setting(node, "value", value + 1), str(value), str(value + 1)
        case ast.Return(value=value) if value is not None and not _is_nothing(value):
            now = ast.Tuple([], ast.Load()) if isinstance(value, ast.Tuple) else ast.Constant(None)
            yield node, _setting(node, "value", now), ast.unparse(node), ast.unparse(now)


def _swapped(node, ops, place, other):
    def change() -> None:
        ops[place] = other()

    return node, change, ast.unparse(node), other.__name__


def _without(node, values, place):
    """One side of `and` or `or` is left out: what stands there decides nothing."""
    nothing = ast.Constant(isinstance(node.op, ast.And))

    def change() -> None:
        values[place] = nothing

    return node, change, ast.unparse(node), f"without {ast.unparse(values[place])}"


def _dropping(values, place):
    def change() -> None:
        del values[place]

    return change


def _setting(node, name, value):
    def change() -> None:
        setattr(node, name, value)

    return change


def _becoming(node, other):
    """`not x` is `x`: a node cannot become another, but it can be asked twice."""

    def change() -> None:
        node.operand = ast.UnaryOp(ast.Not(), other)

    return change


def _is_text(node: ast.BinOp) -> bool:
    sides = (node.left, node.right)
    return any(isinstance(one, ast.JoinedStr) for one in sides) or any(
        isinstance(one, ast.Constant) and isinstance(one.value, str | bytes) for one in sides
    )


def _is_nothing(value: ast.expr) -> bool:
    return (isinstance(value, ast.Constant) and value.value is None) or (
        isinstance(value, ast.Tuple) and not value.elts
    )
