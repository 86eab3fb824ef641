"""One root over all heads: any other leaf, order or number of leaves has another, and a path proves each leaf."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.ledger.merkle import Leaf, Tree, path_to, root_by, root_of

Leaves = st.lists(st.builds(Leaf, st.text("HS-0123", min_size=1), st.integers(1, 99), st.text("ab", min_size=1)))


def plain(leaves: list[Leaf]) -> bytes:
    """The tree as RFC 6962 defines it, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0].line.encode()).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + plain(leaves[:k]) + plain(leaves[k:])).digest()


@given(Leaves)
def test_the_root_is_that_of_the_definition(leaves: list[Leaf]) -> None:
    assert root_of(leaves) == plain(leaves).hex()


@given(Leaves.filter(bool), st.data())
def test_every_leaf_leads_to_the_root_by_its_path_and_no_other_leaf_does(
    leaves: list[Leaf], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = path_to([leaf.hash for leaf in leaves], index)
    assert root_by(leaves[index], path) == root_of(leaves)
    assert root_by(Leaf("other", 1, "x"), path) != root_of(leaves)


@given(Leaves.filter(lambda leaves: len(set(leaves)) > 1), st.data())
def test_whatever_is_changed_left_out_or_put_in_the_root_is_another(leaves: list[Leaf], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(leaves) - 1))
    one = leaves[at]
    forged = Leaf(one.case, one.seq + 1, one.head)
    others = [[*leaves[:at], *leaves[at + 1 :]], [*leaves[:at], forged, *leaves[at + 1 :]], [*leaves, one]]
    others += [leaves[::-1]] * (leaves[::-1] != leaves)
    assert root_of(leaves) not in [root_of(other) for other in others]


def test_a_tree_holds_one_hash_a_level() -> None:
    tree = Tree()
    for number in range(1000):
        tree.add(Leaf(f"{number:04d}", 1, "x"))
    assert tree.size == 1000
    assert len(tree._full) <= 10


@pytest.mark.parametrize("line", ["", "a", "a\tb\tc", "a\t1", "a\t1\tb\tc"])
def test_what_is_no_leaf_is_not_read(line: str) -> None:
    with pytest.raises(ValueError):
        Leaf.read(line)
