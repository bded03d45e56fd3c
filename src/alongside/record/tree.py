"""Each entry is a leaf of one tree, and the root is a promise about all of them: change one, and it breaks.

Hashing is RFC 6962 section 2.1 (nodes 0x01, leaves 0x00, nothing: SHA-256 of no bytes); the two verifications
are those of RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

HASH_BYTES = 32
SIZE_LIMIT = 2**63  # a witness that claims more is talking nonsense, not holding a record
EMPTY_ROOT = hashlib.sha256(b"").digest()

_sha256 = hashlib.sha256


class Tree:
    """A growing tree that remembers only what growing needs: its size and its frontier.

    `frontier` holds the 32-byte hashes of the complete subtrees, largest first: one for each 1 in the binary
    size. So a database row of at most 64 hashes carries a record of any length. Appending costs one hash on
    average, a root at most 63.
    """

    __slots__ = ("_frontier", "_size")

    def __init__(self, size: int = 0, frontier: Iterable[bytes] = ()) -> None:
        """Take up a kept tree; raise ValueError where size and frontier cannot belong together."""
        self._size = size
        self._frontier = list(frontier)
        # A row that lost a hash must stop the book here: every root after it would be false, and signed.
        if not 0 <= size < SIZE_LIMIT or len(self._frontier) != size.bit_count():
            raise ValueError(f"A tree of {size} leaves has no frontier of {len(self._frontier)} hashes.")
        if any(len(node) != HASH_BYTES for node in self._frontier):
            raise ValueError("A hash in the frontier does not have 32 bytes.")

    def copy(self) -> Tree:
        """Another tree that stands where this one stands, and grows by itself."""
        other = object.__new__(Tree)
        other._size, other._frontier = self._size, self._frontier.copy()
        return other

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return self._size

    @property
    def frontier(self) -> tuple[bytes, ...]:
        """The hashes of the complete subtrees, largest first; with `size`, all that has to be kept."""
        return tuple(self._frontier)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash (32 bytes, from `leaf_hash`)."""
        if len(leaf) != HASH_BYTES:
            raise ValueError(f"A leaf hash has {HASH_BYTES} bytes; this one has {len(leaf)}.")
        frontier, node, full = self._frontier, leaf, self._size
        while full & 1:  # like carrying in binary: two subtrees of one size become one of the next
            node = _sha256(b"\x01" + frontier.pop() + node).digest()
            full >>= 1
        frontier.append(node)
        self._size += 1

    def root(self) -> bytes:
        """Return the root over all leaves, 32 bytes."""
        if not self._frontier:
            return EMPTY_ROOT
        root = self._frontier[-1]
        for node in self._frontier[-2::-1]:
            root = _sha256(b"\x01" + node + root).digest()
        return root


class Roots:
    """Every root that a growing record ever had, for the cost of one append each.

    An author signs which record she had seen; a verifier needs the root of that size to tell whether there
    ever was such a record. Keeps two hashes a leaf (64 bytes); a root is put together only when somebody
    asks.
    """

    __slots__ = ("_levels", "_size")

    def __init__(self) -> None:
        self._size = 0
        self._levels: list[bytearray] = []  # [k] holds the complete subtrees of 2**k leaves, side by side

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return self._size

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash (32 bytes)."""
        node, full = leaf, self._size
        for level in self._levels:
            level.extend(node)
            if not full & 1:
                break
            node = _sha256(b"\x01" + level[-2 * HASH_BYTES :]).digest()
            full >>= 1
        else:
            self._levels.append(bytearray(node))
        self._size += 1

    def at(self, size: int) -> bytes:
        """Return the root over the first `size` leaves; ValueError where there never were so many."""
        if not 0 <= size <= self._size:
            raise ValueError(f"There is no root of size {size} among {self._size} leaves.")
        root = b""
        for depth, level in enumerate(self._levels):
            count = size >> depth  # complete subtrees of this level; an odd one out is part of the frontier
            if count & 1:
                node = bytes(level[(count - 1) * HASH_BYTES : count * HASH_BYTES])
                root = _sha256(b"\x01" + node + root).digest() if root else node
        return root or EMPTY_ROOT


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """Return the hashes that lead from leaf `index` (from 0) to the root of the first `size` leaves.

    RFC 6962 section 2.1.1, nearest first. Raises ValueError where there is no such leaf.
    """
    if not 0 <= index < size <= len(leaf_hashes):
        raise ValueError(f"There is no leaf {index} in a tree of {size} ({len(leaf_hashes)} leaves at hand).")
    proof = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_root_over(leaf_hashes, middle, end))
            end = middle
        else:
            proof.append(_root_over(leaf_hashes, start, middle))
            start = middle
    return proof[::-1]


def consistency_proof(leaf_hashes: Sequence[bytes], old: int, new: int) -> list[bytes]:
    """Return the hashes which show that the first `new` leaves begin with the first `old`.

    RFC 6962 section 2.1.2; no hashes where `old` is 0 or `new`. Raises ValueError where old > new or leaves
    lack.
    """
    if not 0 <= old <= new <= len(leaf_hashes):
        raise ValueError(f"{new} leaves cannot follow from {old}, with {len(leaf_hashes)} leaves at hand.")
    proof: list[bytes] = []
    start, end = 0, new
    while old and old != end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_root_over(leaf_hashes, middle, end))
            end = middle
        else:
            proof.append(_root_over(leaf_hashes, start, middle))
            start = middle
    if start:  # otherwise the last subtree is the old tree itself, whose root the verifier has
        proof.append(_root_over(leaf_hashes, start, end))
    return proof[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether `proof` shows the 32-byte leaf hash at `index` (from 0) under `root` of `size` leaves."""
    if not 0 <= index < size < SIZE_LIMIT or not _all_hashes(leaf, root, *proof):
        return False
    place, last, node = index, size - 1, leaf
    for step in proof:
        if not last:
            return False
        if place & 1 or place == last:
            node = _sha256(b"\x01" + step + node).digest()
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = _sha256(b"\x01" + node + step).digest()
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether `proof` shows that the tree of `new` leaves begins with the tree of `old` leaves.

    Everything follows from the empty tree, and every tree from itself, both with no proof at all.
    """
    if not 0 <= old <= new < SIZE_LIMIT or not _all_hashes(old_root, new_root, *proof):
        return False
    if old == 0:
        return not proof and old_root == EMPTY_ROOT and (new > 0 or new_root == EMPTY_ROOT)
    if old == new:
        return not proof and old_root == new_root
    return _follows(old, new, old_root, new_root, list(proof))


def _follows(old: int, new: int, old_root: bytes, new_root: bytes, path: list[bytes]) -> bool:
    if old & (old - 1) == 0:  # the old tree is one complete subtree, so the proof leaves its root out
        path.insert(0, old_root)
    if not path:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    was = now = path[0]
    for step in path[1:]:
        if not last:
            return False
        if place & 1 or place == last:
            was = _sha256(b"\x01" + step + was).digest()
            now = _sha256(b"\x01" + step + now).digest()
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            now = _sha256(b"\x01" + now + step).digest()
        place, last = place >> 1, last >> 1
    return last == 0 and was == old_root and now == new_root


def _all_hashes(*nodes: bytes) -> bool:
    # With other lengths, where one hash ends and the next begins would be the prover's choice.
    return all(len(node) == HASH_BYTES for node in nodes)


def _split(size: int) -> int:
    """The largest power of two below `size` (RFC 6962's k); `size` is at least 2."""
    return 1 << (size - 1).bit_length() - 1


def _root_over(leaf_hashes: Sequence[bytes], start: int, end: int) -> bytes:
    tree = Tree()
    for place in range(start, end):
        tree.append(leaf_hashes[place])
    return tree.root()
