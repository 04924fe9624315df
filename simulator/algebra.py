"""Values that formulas are written in: what they compute is recorded, and compiled later.

A formula of `simulator.model` is plain arithmetic on values. Called while a scenario is compiled,
it leaves a graph behind, one node an operation; `simulator.compiler` turns graphs into machine
code that works on several paths at once, or evaluates them with NumPy. Equal operations on equal
operands are one node, and what is known beforehand (x·1, x + 0, a comparison of two numbers) is
worked out here, once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "mask"]

TRIVIAL = (0.0, 1.0, math.inf, -math.inf)
"""Numbers of a scenario that are compiled in, because operations on them fall away."""


class Value:
    """A node: an operation on other nodes, a number, or something read from memory."""

    __slots__ = ("args", "graph", "kind", "number", "op", "payload")

    def __init__(
        self, graph: Graph, op: str, args: tuple[Value, ...], payload: object, kind: Kind
    ) -> None:
        self.graph, self.op, self.args, self.payload, self.kind = graph, op, args, payload, kind
        self.number = len(graph.nodes)

    @property
    def known(self) -> float | None:
        """The number where it is known beforehand."""
        return self.payload if self.op == "literal" else None  # type: ignore[return-value]

    def __add__(self, other: Value | float) -> Value:
        return _add(*_pair(self, other))

    def __radd__(self, other: float) -> Value:
        return _add(*_pair(other, self))

    def __sub__(self, other: Value | float) -> Value:
        return _subtract(*_pair(self, other))

    def __rsub__(self, other: float) -> Value:
        return _subtract(*_pair(other, self))

    def __mul__(self, other: Value | float) -> Value:
        return _multiply(*_pair(self, other))

    def __rmul__(self, other: float) -> Value:
        return _multiply(*_pair(other, self))

    def __truediv__(self, other: Value | float) -> Value:
        return _divide(*_pair(self, other))

    def __rtruediv__(self, other: float) -> Value:
        return _divide(*_pair(other, self))

    def __neg__(self) -> Value:
        if self.known is not None:
            return self.graph.literal(-self.known)
        return self.graph.node("negate", (self,))

    def __lt__(self, other: Value | float) -> Value:
        return _compare("<", self, other)

    def __le__(self, other: Value | float) -> Value:
        return _compare("<=", self, other)

    def __gt__(self, other: Value | float) -> Value:
        return _compare(">", self, other)

    def __ge__(self, other: Value | float) -> Value:
        return _compare(">=", self, other)

    def equals(self, other: Value | float) -> Value:
        """Mask: where the two are the same number (`==` is left alone: values are keys)."""
        return _compare("==", self, other)

    def differs(self, other: Value | float) -> Value:
        """Mask: where the two are not the same number."""
        return _compare("!=", self, other)

    def __and__(self, other: Value) -> Value:
        a, b = _pair(self, other)
        if a.op == "known":
            return b if a.payload else a
        if b.op == "known":
            return a if b.payload else b
        return a.graph.node("and", _sorted(a, b), kind="mask")

    def __bool__(self) -> bool:
        raise TypeError("a value differs from path to path: use `where`, not `if`")


class Graph:
    """All nodes of a piece of code, in the order of their making; of a loop inside of another."""

    def __init__(self, around: Graph | None = None) -> None:
        self.nodes: list[Value] = []
        self.around = around
        self._known: dict[object, Value] = {}

    def take(self, x: Value | float) -> Value:
        """A number, or a value of this graph or of the one around it, as a node of this one."""
        if not isinstance(x, Value):
            return self.literal(float(x))
        if x.graph is self:
            return x
        assert x.graph is self.around, "a value from inside a loop is used outside of it"
        if x.op == "literal":
            return self.literal(x.payload)  # type: ignore[arg-type]
        if x.op == "known":
            return self.truth(bool(x.payload))
        return self.node("outer", payload=x, kind=x.kind)

    def node(
        self, op: str, args: tuple[Value, ...] = (), payload: object = None, kind: Kind = "number"
    ) -> Value:
        """The node of an operation; one that is there already where there is one."""
        key = (op, tuple(a.number for a in args), payload)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Value(self, op, args, payload, kind)
            self.nodes.append(found)
        return found

    def fresh(self, op: str, payload: object) -> Value:
        """A node that is like no other: a read from memory that may have changed."""
        found = Value(self, op, (), payload, "number")
        self.nodes.append(found)
        return found

    def literal(self, number: float) -> Value:
        """A number that is compiled in."""
        key = ("literal", math.copysign(1.0, number), number if number == number else "nan")
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Value(self, "literal", (), float(number), "number")
            self.nodes.append(found)
        return found

    def truth(self, flag: bool) -> Value:
        """A mask that is the same on all paths."""
        return self.node("known", payload=flag, kind="mask")


def _inner(*values: Value | float) -> Graph:
    """The graph that an operation on these belongs to: the innermost of theirs."""
    graphs = [v.graph for v in values if isinstance(v, Value)]
    return next((g for g in graphs if g.around is not None), graphs[0])


def _pair(a: Value | float, b: Value | float) -> tuple[Value, Value]:
    graph = _inner(a, b)
    return graph.take(a), graph.take(b)


def _sorted(a: Value, b: Value) -> tuple[Value, Value]:
    return (a, b) if a.number <= b.number else (b, a)


def _add(a: Value, b: Value) -> Value:
    if a.known is not None and b.known is not None:
        return a.graph.literal(a.known + b.known)
    if a.known == 0.0:
        return b
    if b.known == 0.0:
        return a
    return a.graph.node("add", _sorted(a, b))


def _subtract(a: Value, b: Value) -> Value:
    if a.known is not None and b.known is not None:
        return a.graph.literal(a.known - b.known)
    if b.known == 0.0:
        return a
    return a.graph.node("subtract", (a, b))


def _multiply(a: Value, b: Value) -> Value:
    if a.known is not None and b.known is not None:
        return a.graph.literal(a.known * b.known)
    for x, y in ((a, b), (b, a)):
        if x.known == 1.0:
            return y
        if x.known == 0.0:
            return x
    return a.graph.node("multiply", _sorted(a, b))


def _divide(a: Value, b: Value) -> Value:
    if a.known is not None and b.known is not None and b.known != 0.0:
        return a.graph.literal(a.known / b.known)
    if b.known == 1.0:
        return a
    return a.graph.node("divide", (a, b))


_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
}  # fmt: skip


def _compare(sign: str, a: Value, other: Value | float) -> Value:
    a, b = _pair(a, other)
    if a.known is not None and b.known is not None:
        return a.graph.truth(_COMPARE[sign](a.known, b.known))
    return a.graph.node(sign, (a, b), kind="mask")


def smaller(a: Value | float, b: Value | float) -> Value:
    """min(a, b)."""
    x, y = _pair(a, b)
    graph = x.graph
    if x.known is not None and y.known is not None:
        return graph.literal(min(x.known, y.known))
    if x.known == math.inf:
        return y
    return x if y.known == math.inf else graph.node("smaller", (x, y))


def larger(a: Value | float, b: Value | float) -> Value:
    """max(a, b)."""
    x, y = _pair(a, b)
    graph = x.graph
    if x.known is not None and y.known is not None:
        return graph.literal(max(x.known, y.known))
    if x.known == -math.inf:
        return y
    return x if y.known == -math.inf else graph.node("larger", (x, y))


def clip(x: Value | float, low: Value | float, high: Value | float) -> Value:
    """min(max(x, low), high)."""
    return smaller(larger(x, low), high)


def where(mask: Value, a: Value | float, b: Value | float) -> Value:
    """a on the paths of the mask, b on the others."""
    graph = _inner(mask, a, b)
    mask, x, y = graph.take(mask), graph.take(a), graph.take(b)
    if mask.op == "known":
        return x if mask.payload else y
    return x if x is y else graph.node("where", (mask, x, y))


def _unary(op: str, function: Callable[[float], float], x: Value) -> Value:
    if x.known is not None:
        return x.graph.literal(function(x.known))
    return x.graph.node(op, (x,))


def floor(x: Value) -> Value:
    """Largest whole number that is not above x."""
    return _unary("floor", lambda v: float(math.floor(v)), x)


def ceil(x: Value) -> Value:
    """Least whole number that is not below x."""
    return _unary("ceil", lambda v: float(math.ceil(v)), x)


def sqrt(x: Value) -> Value:
    """Square root."""
    return _unary("sqrt", math.sqrt, x)


def exp(x: Value) -> Value:
    """e^x for |x| ≤ 700; beyond, the value at the bound."""
    return x.graph.node("exp", (x,))


def log(x: Value) -> Value:
    """ln x for positive, normal x."""
    return x.graph.node("log", (x,))


@dataclass(frozen=True)
class Indexed:
    """The row `base + stride·j` in the j-th round of a loop."""

    base: int
    stride: int


class Grid:
    """Rows side by side that loops walk along."""

    def __init__(self, first: int, n: int) -> None:
        self.first, self.n = first, n

    def row(self, loop: Graph, begin: int, stride: int = 1) -> Value:
        """In a loop's body: row `begin + stride·j` of the grid in round j."""
        return loop.fresh("load", Indexed(self.first + begin, stride))


@dataclass(frozen=True, eq=False)
class Fold:
    """A loop: its rounds, its body, what goes from round to round."""

    rounds: int
    body: Graph
    states: tuple[Value, ...]
    """What a round starts with."""
    results: tuple[Value, ...]
    """What the next one starts with."""
    outer: tuple[Value, ...]
    """Values from around it, in the order of the nodes that stand for them in the body."""


def index(loop: Graph) -> Value:
    """In a loop's body: number of the round, 0, 1, …"""
    return loop.node("index")


def fold(
    rounds: int, start: Sequence[Value | float], body: Callable[..., tuple[Value, ...]]
) -> list[Value]:
    """What `body(loop, *states)` makes of the states, again and again.

    For loops that are too long to be written out: what the body computes is recorded once.
    """
    around = _inner(*start)
    begin = tuple(around.take(x) for x in start)
    loop = Graph(around)
    states = tuple(loop.node("state", payload=n) for n in range(len(begin)))
    results = tuple(loop.take(x) for x in body(loop, *states))
    outer = tuple(v.payload for v in loop.nodes if v.op == "outer")
    made = Fold(rounds, loop, states, results, outer)  # type: ignore[arg-type]
    node = Value(around, "fold", (*begin, *made.outer), made, "number")
    around.nodes.append(node)
    return [around.node("item", (node,), n) for n in range(len(begin))]
