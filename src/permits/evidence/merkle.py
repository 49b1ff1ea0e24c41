"""The Merkle tree of RFC 6962 over the log: its root, proofs, and their verification.

A subtree is whole if it covers 2**level leaves from number * 2**level on; its hash never changes
again once it is there. Everything else is made of whole subtrees, so that whoever keeps their
hashes can prove anything about a tree of any earlier size.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

HASH_BYTES = 32

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


class Place(NamedTuple):
    """A whole subtree of 2**level leaves, by its number among those of its level, from 0."""

    level: int
    number: int


class Range(NamedTuple):
    """The leaves from `first` on, `size` of them."""

    first: int
    size: int


At = Callable[[Place], bytes]
"""Gives the hash of a whole subtree."""


class OutOfTree(ValueError):
    """A leaf or a size was asked for that the tree does not have."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf that holds `data`."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node over two."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(size: int, at: At) -> bytes:
    """The root of the tree of the first `size` leaves. Raises `OutOfTree` for a negative size."""
    if size < 0:
        raise OutOfTree(f"no tree has {size} leaves")
    return folded(Range(0, size), at) if size else EMPTY


def folded(leaves: Range, at: At) -> bytes:
    """The hash over a range that begins where one of its size can: of its whole subtrees, from
    the smallest up."""
    *larger, found = map(at, parts(leaves))
    for left in reversed(larger):
        found = node_hash(left, found)
    return found


def parts(leaves: Range) -> list[Place]:
    """The whole subtrees a range is made of, from the largest down."""
    places, first, count = [], leaves.first, leaves.size
    while count:
        level = count.bit_length() - 1
        places.append(Place(level, first >> level))
        first, count = first + (1 << level), count - (1 << level)
    return places


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Whose hashes prove that a leaf stands at `index` in the tree of `size` leaves, from the
    leaf's sibling up. Raises `OutOfTree` if there is no such leaf."""
    if not 0 <= index < size:
        raise OutOfTree(f"a tree of {size} leaves has none at {index}")
    path: list[Range] = []
    first, count = 0, size
    while count > 1:
        left = _left(count)
        if index - first < left:
            path.append(Range(first + left, count - left))
            count = left
        else:
            path.append(Range(first, left))
            first, count = first + left, count - left
    path.reverse()
    return path


def consistency_ranges(earlier: int, size: int) -> list[Range]:
    """Whose hashes prove that the tree of `size` leaves begins with that of the `earlier` ones,
    in the order of RFC 6962. None at all if there is nothing to prove: of an empty tree, or of
    the same. Raises `OutOfTree` if the earlier one is larger."""
    if not 0 <= earlier <= size:
        raise OutOfTree(f"a tree of {size} leaves holds none of {earlier}")
    if earlier in (0, size):
        return []
    path: list[Range] = []
    first, count, rest, known = 0, size, earlier, True
    while rest != count:
        left = _left(count)
        if rest <= left:
            path.append(Range(first + left, count - left))
            count = left
        else:
            path.append(Range(first, left))
            first, count, rest, known = first + left, count - left, rest - left, False
    if not known:
        path.append(Range(first, count))
    path.reverse()
    return path


def proof(ranges: Iterable[Range], at: At) -> tuple[bytes, ...]:
    """The hashes over ranges: a proof."""
    return tuple(folded(one, at) for one in ranges)


def wanted(ranges: Iterable[Range]) -> list[Place]:
    """The whole subtrees a proof is made of, to be read at once."""
    return [place for one in ranges for place in parts(one)]


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to from the hash of a leaf; None if it cannot be a proof of
    that place in a tree of that size (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    at, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], top: bytes) -> bool:
    """Whether a proof shows that a leaf stands at a place of the tree with that root."""
    return root_by_inclusion(leaf, index, size, path) == top


def is_consistent(
    earlier: tuple[int, bytes], later: tuple[int, bytes], path: Sequence[bytes]
) -> bool:
    """Whether a proof shows that the later tree (its size and root) begins with the earlier one
    (RFC 9162, 2.1.4.2)."""
    (first, first_root), (second, second_root) = earlier, later
    if not 0 <= first <= second:
        return False
    if first == 0:
        return not path and first_root == EMPTY
    if first == second:
        return not path and first_root == second_root
    return _both_roots(first, second, path, first_root) == (first_root, second_root)


def _both_roots(
    first: int, second: int, path: Sequence[bytes], first_root: bytes
) -> tuple[bytes, bytes] | None:
    """The two roots that a consistency proof leads to; None if it cannot be one. Where the
    earlier tree is whole, its root is where the proof begins."""
    steps = [first_root, *path] if first & (first - 1) == 0 else list(path)
    if not steps:
        return None
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        at, last = at >> 1, last >> 1
    return (old, new) if last == 0 else None


def grown(size: int, leaves: Sequence[bytes], at: At) -> Iterator[tuple[Place, bytes]]:
    """The whole subtrees above the leaves that come to be when leaves are added to a tree of
    `size`. `at` is asked for at most one earlier subtree of each level."""
    level, first, row = 0, size, list(leaves)
    while row:
        if first & 1:
            row.insert(0, at(Place(level, first - 1)))
            first -= 1
        pairs = zip(row[::2], row[1::2], strict=False)
        row = [node_hash(left, right) for left, right in pairs]
        level, first = level + 1, first >> 1
        for offset, found in enumerate(row):
            yield Place(level, first + offset), found


def left_siblings(size: int, count: int) -> list[Place]:
    """The earlier subtrees that `grown` asks for when `count` leaves are added to `size`."""
    found = []
    level, first, end = 0, size, size + count
    while first < end:
        if first & 1:
            found.append(Place(level, first - 1))
        level, first, end = level + 1, first >> 1, end >> 1
    return found


class Growing:
    """A tree that is made leaf by leaf and keeps only what its root needs: the roots of its whole
    subtrees, from the largest down."""

    def __init__(self) -> None:
        self.size = 0
        self._tops: list[bytes] = []

    def add(self, leaf: bytes) -> list[tuple[Place, bytes]]:
        """Add the hash of a leaf; the subtrees that are whole with it."""
        made: list[tuple[Place, bytes]] = []
        found, level, index = leaf, 0, self.size
        while index & 1:
            found = node_hash(self._tops.pop(), found)
            level, index = level + 1, index >> 1
            made.append((Place(level, index), found))
        self._tops.append(found)
        self.size += 1
        return made

    @property
    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self._tops:
            return EMPTY
        *larger, found = self._tops
        for left in reversed(larger):
            found = node_hash(left, found)
        return found


def looked_up(known: Mapping[Place, bytes]) -> At:
    """Gives hashes that were read before. Raises `KeyError` for any other."""
    return known.__getitem__


def _left(count: int) -> int:
    """How many of `count` leaves stand in the left subtree: the largest power of two below."""
    return 1 << ((count - 1).bit_length() - 1)
