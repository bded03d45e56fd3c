"""The tree is RFC 6962's: recomputed from nothing after every append, and against another implementation."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales import tlog
from tlog_scales.reader import TilesReader

from alongside.record.entry import leaf_hash
from alongside.record.tree import (
    EMPTY_ROOT,
    Roots,
    Tree,
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from tests.record.cast import examples

LEAVES = [leaf_hash(b"leaf %d" % number) for number in range(300)]


def naive(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + naive(leaves[:k]) + naive(leaves[k:])).digest()


class Held:
    """A tile backend in memory: the one level-0 tile that a small tree needs."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.leaves = leaves

    def get(self, *path: str) -> bytes:
        assert path[1] == "0"
        return b"".join(self.leaves)


def oracle(size: int) -> TilesReader:
    """Another program's view of the first `size` leaves (at most 255)."""
    reader = TilesReader(Held(LEAVES[:size]))
    reader.set_size(size)
    return reader


def accepts(check: Callable[[bytes, bytes], None], *hashes: bytes) -> bool:
    """Whether the other implementation's proof check accepts."""
    try:
        check(*hashes)
    except (tlog.InclusionProofInvalid, tlog.ConsistencyProofInvalid):
        return False
    return True


def test_the_whole_tree_is_recomputed_after_each_append() -> None:
    tree, roots = Tree(), Roots()
    assert tree.root() == roots.at(0) == naive([])
    for size, leaf in enumerate(LEAVES[:130], start=1):
        tree.append(leaf)
        roots.append(leaf)
        assert tree.size == roots.size == size
        assert tree.root() == naive(LEAVES[:size]) == roots.at(size)
        kept = Tree(tree.size, tree.frontier)  # as from a database row
        assert kept.root() == tree.root() and kept.frontier == tree.frontier
    for size in range(131):
        assert roots.at(size) == naive(LEAVES[:size])


def test_the_frontier_is_the_complete_subtrees_largest_first() -> None:
    tree = Tree()
    for leaf in LEAVES[:13]:
        tree.append(leaf)
    assert tree.frontier == (naive(LEAVES[:8]), naive(LEAVES[8:12]), LEAVES[12])


def test_the_roots_that_certificate_logs_have_agreed_on() -> None:
    inputs = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    known = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    tree = Tree()
    for text, root in zip(inputs, known, strict=True):
        tree.append(leaf_hash(bytes.fromhex(text)))
        assert tree.root().hex() == root
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@examples(60)
@given(st.integers(1, 255), st.data())
def test_proofs_are_those_of_another_implementation(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(0, size))
    other = oracle(size)
    root = naive(LEAVES[:size])
    assert other.calculate_root_hash() == root
    proof = inclusion_proof(LEAVES, index, size)
    assert proof == other.get_inclusion_proof(index, size).node_hashes
    assert verify_inclusion(LEAVES[index], index, size, proof, root)
    follows = consistency_proof(LEAVES, old, size)
    if old:
        assert follows == other.get_consistency_proof(old, size).node_hashes
    assert verify_consistency(old, size, naive(LEAVES[:old]), root, follows)


def test_every_proof_of_every_small_tree_holds() -> None:
    for size in range(1, 20):
        root = naive(LEAVES[:size])
        for index in range(size):
            assert verify_inclusion(LEAVES[index], index, size, inclusion_proof(LEAVES, index, size), root)
        for old in range(size + 1):
            assert verify_consistency(
                old, size, naive(LEAVES[:old]), root, consistency_proof(LEAVES, old, size)
            )


HASHES = st.sampled_from(LEAVES[:4]) | st.binary(min_size=32, max_size=32)


@examples(120)
@given(st.integers(1, 40), st.data())
def test_false_proofs_get_the_verdict_of_another_implementation(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    root, leaf = naive(LEAVES[:size]), LEAVES[index]
    proof = inclusion_proof(LEAVES, index, size)
    claimed = data.draw(st.sampled_from([index, index ^ 1, size - 1]) | st.integers(0, 50))
    larger = data.draw(st.sampled_from([size, size, size + 1]) | st.integers(1, 50))
    for _ in range(data.draw(st.integers(0, 2))):
        proof.insert(data.draw(st.integers(0, len(proof))), data.draw(HASHES))
    verdict = verify_inclusion(leaf, claimed, larger, proof, root)
    assert verdict == accepts(tlog.InclusionProof(claimed, larger, proof).check, leaf, root)


@examples(120)
@given(st.integers(1, 40), st.data())
def test_false_consistency_gets_the_verdict_of_another_implementation(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    proof = consistency_proof(LEAVES, old, size)
    claimed_old = data.draw(st.sampled_from([old, old, old - 1]) | st.integers(0, 50))
    claimed_new = data.draw(st.sampled_from([size, size, size + 1]) | st.integers(0, 50))
    old_root = data.draw(st.sampled_from([naive(LEAVES[:old]), EMPTY_ROOT]))
    for _ in range(data.draw(st.integers(0, 2))):
        if proof and data.draw(st.booleans()):
            proof.pop(data.draw(st.integers(0, len(proof) - 1)))
        else:
            proof.insert(data.draw(st.integers(0, len(proof))), data.draw(HASHES))
    root = naive(LEAVES[:size])
    verdict = verify_consistency(claimed_old, claimed_new, old_root, root, proof)
    other = accepts(tlog.ConsistencyProof(claimed_old, claimed_new, proof).check, old_root, root)
    if claimed_old == 0 and claimed_new == 0:
        assert not verdict  # the empty tree has one root, and this is not it; the other program does not look
    else:
        assert verdict == other


def test_every_flipped_bit_of_a_proof_is_found() -> None:
    proof = inclusion_proof(LEAVES, 5, 13)
    follows = consistency_proof(LEAVES, 6, 13)
    old_root, root = naive(LEAVES[:6]), naive(LEAVES[:13])
    for place in range(len(proof)):
        for bit in range(256):
            changed = proof.copy()
            changed[place] = (int.from_bytes(proof[place], "big") ^ 1 << bit).to_bytes(32, "big")
            assert not verify_inclusion(LEAVES[5], 5, 13, changed, root)
    for place in range(len(follows)):
        for bit in range(256):
            changed = follows.copy()
            changed[place] = (int.from_bytes(follows[place], "big") ^ 1 << bit).to_bytes(32, "big")
            assert not verify_consistency(6, 13, old_root, root, changed)


def test_a_fork_is_no_growth() -> None:
    forked = [*LEAVES[:5], leaf_hash(b"another past"), *LEAVES[6:13]]
    for old in range(6, 13):
        assert not verify_consistency(
            old, 13, naive(LEAVES[:old]), naive(forked), consistency_proof(forked, old, 13)
        )


def test_impossible_sizes_are_refused_quickly() -> None:
    root = naive(LEAVES[:4])
    proof = inclusion_proof(LEAVES, 2, 4)
    for index, size in [(-1, 4), (4, 4), (0, 0), (2, 2**63), (2**62, 2**63), (2, -4), (0, 2**100_000)]:
        assert not verify_inclusion(LEAVES[2], index, size, proof, root)
    for old, new in [(-1, 4), (4, 3), (2, 2**62), (2**62, 2**62), (1, 2**100_000)]:
        assert not verify_consistency(old, new, naive(LEAVES[:2]), root, consistency_proof(LEAVES, 2, 4))
    assert not verify_inclusion(LEAVES[2], 2, 4, proof * 10_000, root)


def test_a_proof_too_long_is_refused_even_where_its_hashes_lead_to_the_root() -> None:
    more = LEAVES[20]
    root = naive(LEAVES[:7])
    higher = hashlib.sha256(b"\x01" + more + root).digest()
    assert not verify_inclusion(LEAVES[3], 3, 7, [*inclusion_proof(LEAVES, 3, 7), more], higher)
    old_higher = hashlib.sha256(b"\x01" + more + naive(LEAVES[:3])).digest()
    assert not verify_consistency(3, 7, old_higher, higher, [*consistency_proof(LEAVES, 3, 7), more])
    assert not verify_consistency(7, 7, root, root, [more])
    assert not verify_consistency(0, 7, EMPTY_ROOT, root, [more])


def test_sizes_end_below_two_to_the_63() -> None:
    root = LEAVES[0]
    for step in LEAVES[:62]:
        root = hashlib.sha256(b"\x01" + root + step).digest()
    assert verify_inclusion(LEAVES[0], 0, 2**62, LEAVES[:62], root)
    higher = hashlib.sha256(b"\x01" + root + LEAVES[62]).digest()
    assert not verify_inclusion(LEAVES[0], 0, 2**63, LEAVES[:63], higher)


def test_hashes_of_other_lengths_are_refused() -> None:
    root = naive(LEAVES[:2])
    joined = LEAVES[0] + LEAVES[1]
    assert verify_inclusion(LEAVES[1], 1, 2, [LEAVES[0]], root)
    # The same 64 bytes, cut elsewhere, hash to the same root: only the lengths tell.
    assert not verify_inclusion(joined[31:], 1, 2, [joined[:31]], root)
    assert not verify_inclusion(b"", 1, 2, [joined], root)
    assert not verify_inclusion(b"", 0, 1, [], b"")
    assert not verify_consistency(1, 1, b"", b"", [])


def test_a_row_that_lost_a_hash_is_refused() -> None:
    tree = Tree()
    for leaf in LEAVES[:7]:
        tree.append(leaf)
    for size, frontier in [
        (7, tree.frontier[1:]),
        (8, tree.frontier),
        (-1, ()),
        (1, (b"short",)),
        (0, (LEAVES[0],)),
    ]:
        with pytest.raises(ValueError):
            Tree(size, frontier)
    with pytest.raises(ValueError, match="32"):
        tree.append(b"short")


def test_what_is_not_there_is_not_proven() -> None:
    for index, size in [(0, 0), (3, 3), (-1, 3), (0, 301)]:
        with pytest.raises(ValueError):
            inclusion_proof(LEAVES, index, size)
    for old, new in [(4, 3), (-1, 3), (1, 301)]:
        with pytest.raises(ValueError):
            consistency_proof(LEAVES, old, new)
    with pytest.raises(ValueError):
        Roots().at(1)
