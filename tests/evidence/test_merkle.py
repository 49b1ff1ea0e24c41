"""The Merkle tree: known answers, the text of the standard, and what no proof must show."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.evidence import merkle
from permits.evidence.merkle import Growing, OutOfTree, Place
from tests.evidence import slow_tree

INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The test vectors of Certificate Transparency: the roots of the trees of the first 1 to 8."""

LEAVES = [merkle.leaf_hash(bytes.fromhex(one)) for one in INPUTS]
MOST = 70
MANY = [merkle.leaf_hash(str(n).encode()) for n in range(MOST)]


def stored(leaves):
    """The hashes of every whole subtree, added a few leaves at a time, as the store has them."""
    known = {}
    for first in range(0, len(leaves), 3):
        some = leaves[first : first + 3]
        wanted = merkle.left_siblings(first, len(some))
        at = merkle.looked_up({place: known[place] for place in wanted})
        known |= {Place(0, first + n): one for n, one in enumerate(some)}
        known |= dict(merkle.grown(first, some, at))
    return known


KNOWN = stored(MANY)
AT = merkle.looked_up(KNOWN)


def test_the_roots_are_those_of_the_published_vectors():
    known = stored(LEAVES)
    assert merkle.root(0, known.__getitem__).hex() == sha256(b"").hexdigest()
    found = [merkle.root(size, known.__getitem__).hex() for size in range(1, 9)]
    assert found == ROOTS


def test_every_root_and_proof_is_what_the_standard_writes_down():
    for size in range(1, MOST + 1):
        leaves = MANY[:size]
        assert merkle.root(size, AT) == slow_tree.mth(leaves)
        for index in range(size):
            path = merkle.proof(merkle.inclusion_ranges(index, size), AT)
            assert list(path) == slow_tree.path(index, leaves)
        for earlier in range(1, size + 1):
            path = merkle.proof(merkle.consistency_ranges(earlier, size), AT)
            assert list(path) == slow_tree.proof(earlier, leaves)


def test_every_proof_shows_what_it_is_a_proof_of():
    for size in range(1, MOST + 1):
        top = merkle.root(size, AT)
        for index in range(size):
            path = merkle.proof(merkle.inclusion_ranges(index, size), AT)
            assert merkle.includes(MANY[index], index, size, path, top)
        for earlier in range(size + 1):
            path = merkle.proof(merkle.consistency_ranges(earlier, size), AT)
            before = (earlier, merkle.root(earlier, AT))
            assert merkle.is_consistent(before, (size, top), path)


sizes = st.integers(1, MOST)


@given(sizes, st.data())
def test_a_proof_shows_nothing_else(size, data):
    index = data.draw(st.integers(0, size - 1))
    top = merkle.root(size, AT)
    path = merkle.proof(merkle.inclusion_ranges(index, size), AT)
    elsewhere = data.draw(st.integers(-1, size + 1).filter(lambda n: n != index))
    assert not merkle.includes(MANY[index], elsewhere, size, path, top)
    assert not merkle.includes(MANY[index], index, size, path, sha256(top).digest())
    assert not merkle.includes(sha256(MANY[index]).digest(), index, size, path, top)
    assert not merkle.includes(MANY[index], index, size, (*path, MANY[0]), top)
    if path:
        assert not merkle.includes(MANY[index], index, size, path[:-1], top)
        at = data.draw(st.integers(0, len(path) - 1))
        assert not merkle.includes(MANY[index], index, size, changed(path, at), top)


@given(sizes, st.data())
def test_two_trees_that_are_not_one_are_never_shown_to_be(size, data):
    earlier = data.draw(st.integers(1, size))
    before, after = (earlier, merkle.root(earlier, AT)), (size, merkle.root(size, AT))
    path = merkle.proof(merkle.consistency_ranges(earlier, size), AT)
    other = (earlier, sha256(before[1]).digest())
    assert not merkle.is_consistent(other, after, path)
    assert not merkle.is_consistent(before, (size, sha256(after[1]).digest()), path)
    assert not merkle.is_consistent(before, after, (*path, MANY[0]))
    assert not merkle.is_consistent((size + 1, before[1]), after, path)
    if path:
        assert not merkle.is_consistent(before, after, path[:-1])
        at = data.draw(st.integers(0, len(path) - 1))
        assert not merkle.is_consistent(before, after, changed(path, at))


def changed(path, at):
    return (*path[:at], sha256(path[at]).digest(), *path[at + 1 :])


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=80))
def test_a_tree_that_grows_leaf_by_leaf_has_the_same_root_and_subtrees(leaves):
    tree, made = Growing(), {}
    for leaf in leaves:
        made |= dict(tree.add(leaf))
    assert tree.root == slow_tree.mth(leaves)
    assert tree.size == len(leaves)
    assert made == {place: found for place, found in stored(leaves).items() if place.level}


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_subtrees_that_growing_asks_for_are_known_beforehand(first, count):
    asked = []

    def at(place):
        asked.append(place)
        return AT(place)

    list(merkle.grown(first, MANY[first : first + count], at))
    assert asked == merkle.left_siblings(first, len(MANY[first : first + count]))


def test_the_empty_tree_begins_every_other_and_proves_nothing_by_hashes():
    top = merkle.root(5, AT)
    assert merkle.is_consistent((0, merkle.EMPTY), (5, top), ())
    assert not merkle.is_consistent((0, merkle.EMPTY), (5, top), (MANY[0],))
    assert not merkle.is_consistent((0, MANY[0]), (5, top), ())
    assert not merkle.is_consistent((3, MANY[0]), (5, top), ())


@pytest.mark.parametrize(
    "asked",
    [
        lambda: merkle.inclusion_ranges(5, 5),
        lambda: merkle.inclusion_ranges(-1, 5),
        lambda: merkle.consistency_ranges(6, 5),
        lambda: merkle.root(-1, AT),
    ],
)
def test_what_a_tree_does_not_have_is_not_asked_of_it(asked):
    with pytest.raises(OutOfTree):
        asked()


def test_what_is_no_proof_at_all_is_told_in_so_many_words():
    """Whether a tree begins another is true or false, and nothing else."""
    top = merkle.root(5, AT)
    for before, path in (((6, top), ()), ((-1, top), ()), ((5, MANY[0]), ()), ((3, top), ())):
        assert merkle.is_consistent(before, (5, top), path) is False
    assert merkle.is_consistent((5, top), (5, top), ()) is True
    assert merkle.is_consistent((5, top), (5, top), (MANY[0],)) is False
    for index, path in ((-1, ()), (5, ()), (0, ()), (0, MANY[:4])):
        assert merkle.root_by_inclusion(MANY[0], index, 5, path) is None
        assert merkle.includes(MANY[0], index, 5, path, top) is False
