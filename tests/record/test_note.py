"""Notes and checkpoints are those of the C2SP specifications, byte for byte, read by another program too."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales import signing, tlog

from alongside.record import checkpoint, note
from alongside.record.checkpoint import Checkpoint
from alongside.record.exact import Malformed, to_base64
from alongside.record.note import Note, NoteKey, NoteSigner, NotSigned, Signature
from tests.record.cast import BOOK, LOG, OTHER_BOOK, examples, seed

TEXT = "Ours.\n\nSaid twice.\n"
WITNESS = NoteSigner("witness.example/w1", seed("witness"))
STRANGER = NoteSigner("stranger.example", seed("stranger"))
NOTE = note.sign(TEXT, LOG, WITNESS)
KNOWN = [LOG.verifier, WITNESS.verifier]
NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp", "Cc"], exclude_characters="+"),
    min_size=1,
    max_size=10,
)
LINES = st.lists(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters=[chr(n) for n in range(32)]), max_size=10
    )
)


def checkpoint_note(text: str) -> str:
    return note.sign(text, LOG)


@examples(60)
@given(LINES, st.lists(NAMES, min_size=1, max_size=3))
def test_what_is_signed_is_parsed_and_verified(lines: list[str], names: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    signers = [NoteSigner(name, seed(name)) for name in names]
    whole = note.sign(text, *signers)
    parsed = Note.parse(whole)
    assert parsed.text == text and parsed.format() == whole
    assert list(note.verify(parsed, [s.verifier for s in signers])) == list(
        dict.fromkeys(s.verifier for s in signers)
    )


@examples(60)
@given(NAMES, st.binary(min_size=32, max_size=32))
def test_names_ids_and_keys_are_those_of_another_program(name: str, private: bytes) -> None:
    ours = NoteSigner(name, private)
    theirs = signing.Vkey.from_string(ours.verifier.format())
    assert theirs.serialize() == ours.verifier.format()
    assert NoteKey.parse(theirs.serialize()) == ours.verifier
    assert signing.Vkey(name, None, 1, ours.verifier.public).key_id.to_bytes(4, "big") == ours.verifier.key_id


@examples(60)
@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_our_checkpoints_verify_elsewhere_and_theirs_here(size: int, root: bytes) -> None:
    ours = checkpoint.sign(checkpoint.make(BOOK, size, root), LOG)
    read = tlog.Checkpoint.from_text(ours)
    read.verify(signing.Vkey.from_string(LOG.verifier.format()))
    assert (read.origin, read.size, read.root_hash) == (checkpoint.origin(BOOK), size, root)
    signer = signing.PlainEd25519Signer(
        checkpoint.origin(BOOK), Ed25519PrivateKey.from_private_bytes(seed("log"))
    )
    theirs = tlog.Checkpoint.make_signed(checkpoint.origin(BOOK), size, root, [signer]).serialize()
    assert theirs == ours
    assert checkpoint.read_signed(theirs, LOG.verifier) == checkpoint.make(BOOK, size, root)


def test_the_public_key_of_a_log_that_everybody_uses_is_read() -> None:
    text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    assert NoteKey.parse(text).format() == text


def test_the_key_is_that_of_rfc_8032() -> None:
    # Section 7.1, TEST 1: the secret key and its public key.
    secret = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert NoteSigner("rfc", secret).verifier.public.hex() == public


def test_the_form_is_exact() -> None:
    text, gap, lines = NOTE.rpartition("\n\n")
    assert text + "\n" == TEXT and gap
    first, second, end = lines.split("\n")
    assert (
        first.startswith(f"\u2014 alongside/{BOOK} ")
        and second.startswith("\u2014 witness.example/w1 ")
        and not end
    )
    assert first.split(" ")[2] == to_base64(LOG.verifier.key_id + LOG.sign(TEXT).signature)


def test_unknown_keys_are_ignored_even_when_they_share_a_name_or_an_id() -> None:
    same_name = NoteSigner(LOG.verifier.name, seed("another key"))
    same_id = Signature("other", LOG.verifier.key_id, b"not a signature")
    mixed = Note(TEXT, (STRANGER.sign(TEXT), same_name.sign(TEXT), same_id, LOG.sign(TEXT)))
    assert note.verify(Note.parse(mixed.format()), KNOWN) == (LOG.verifier,)


def test_a_known_key_whose_signature_fails_rejects_the_whole_note() -> None:
    failed = Signature(WITNESS.verifier.name, WITNESS.verifier.key_id, LOG.sign(TEXT).signature)
    for lines in [(LOG.sign(TEXT), failed), (failed, LOG.sign(TEXT)), (WITNESS.sign(TEXT), failed)]:
        with pytest.raises(NotSigned, match="does not hold"):
            note.verify(Note(TEXT, lines), KNOWN)


def test_a_signature_of_another_length_or_with_a_larger_s_fails() -> None:
    good = LOG.sign(TEXT)
    order = 2**252 + 27742317777372353535851937790883648493
    larger = int.from_bytes(good.signature[32:], "little") + order
    again = good.signature[:32] + larger.to_bytes(32, "little")  # the same signature, spelt otherwise
    for signature in (good.signature[:-1], good.signature + b"\0", b"\0" * 64, again):
        with pytest.raises(NotSigned, match="does not hold"):
            note.verify(Note(TEXT, (Signature(good.name, good.key_id, signature),)), KNOWN)


def test_a_note_that_nobody_known_signed_is_rejected() -> None:
    with pytest.raises(NotSigned, match="No key"):
        note.verify(Note.parse(NOTE), [STRANGER.verifier])
    with pytest.raises(NotSigned, match="No key"):
        note.verify(Note.parse(NOTE), [])


LINE = LOG.sign(TEXT).format()
REFUSED_NOTES = {
    "nothing": "",
    "only text": TEXT,
    "no empty line": "text\n" + LINE,
    "no signatures": TEXT + "\n",
    "no newline at the end": NOTE[:-1],
    "an empty line at the end": NOTE + "\n",
    "text after the signatures": NOTE + "more\n",
    "CR LF": NOTE.replace("\n", "\r\n"),
    "a tab": "a\tb\n\n" + LINE,
    "NUL": "a\0b\n\n" + LINE,
    "an escape character": "a\x1b[1m\n\n" + LINE,
    "a hyphen for the dash": TEXT + "\n" + LINE.replace("\u2014", "-"),
    "an en dash": TEXT + "\n" + LINE.replace("\u2014", "\u2013"),
    "two dashes": TEXT + "\n\u2014 " + LINE,
    "two spaces": TEXT + "\n" + LINE.replace(" alongside", "  alongside"),
    "no name": TEXT + "\n\u2014  AAAAAAA=\n",
    "a plus in the name": TEXT + "\n" + LINE.replace("alongside/", "alongside+"),
    "a no-break space in the name": TEXT + "\n" + LINE.replace("alongside/", "alongside\u00a0"),
    "a line separator in the name": TEXT + "\n" + LINE.replace("alongside/", "alongside\u2028"),
    "a space at the end of the line": TEXT + "\n" + LINE[:-1] + " \n",
    "no signature": TEXT + "\n\u2014 name\n",
    "no base64": TEXT + "\n\u2014 name ???\n",
    "base64 with stray bits": TEXT + "\n\u2014 name AAAAAAB=\n",
    "base64 for URLs": TEXT + "\n\u2014 name AAAAAA_-\n",
    "only a key id": TEXT + "\n\u2014 name AAAAAA==\n",
    "half a surrogate pair": "\ud83d\n\n" + LINE,
    "65 signatures": TEXT + "\n" + LINE * 65,
    "too many bytes": "x" * 500_000 + "\n\n" + LINE,
}


@pytest.mark.parametrize("what", REFUSED_NOTES)
def test_what_is_no_note_is_refused(what: str) -> None:
    with pytest.raises(Malformed):
        Note.parse(REFUSED_NOTES[what])


def test_sixteen_signatures_and_large_ones_are_read() -> None:
    large = Signature("post-quantum", b"\1\2\3\4", b"s" * 5_000)
    many = Note(TEXT, (*[large] * 15, LOG.sign(TEXT)))
    assert note.verify(Note.parse(many.format()), KNOWN) == (LOG.verifier,)


@examples(60)
@given(st.text(max_size=40))
def test_noise_is_refused_as_malformed_and_nothing_else(whole: str) -> None:
    for text in (whole, TEXT + "\n\u2014 " + whole, whole + NOTE, NOTE + whole):
        try:
            assert Note.parse(text).format() == text
        except Malformed:
            continue


def test_every_flipped_byte_of_a_note_is_found() -> None:
    raw = checkpoint.sign(checkpoint.make(BOOK, 3, seed("root")), LOG).encode()
    for place in range(len(raw)):
        for bit in range(8):
            changed = bytearray(raw)
            changed[place] ^= 1 << bit
            try:
                text = changed.decode()
            except UnicodeDecodeError:
                continue
            with pytest.raises((Malformed, NotSigned)):
                checkpoint.read_signed(text, LOG.verifier)


@pytest.mark.parametrize("text", ["", "no newline", "a\tb\n", "\ud83d\n"])
def test_what_no_note_can_hold_is_not_signed(text: str) -> None:
    with pytest.raises(Malformed):
        note.sign(text, LOG)


def test_a_note_without_signers_is_not_made() -> None:
    with pytest.raises(Malformed):
        note.sign(TEXT)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\tb", "a\u3000b", "\x1fa"])
def test_names_that_notes_cannot_carry_are_refused(name: str) -> None:
    with pytest.raises(Malformed):
        NoteSigner(name, seed("a"))


GOOD_KEY = LOG.verifier.format()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000",
        GOOD_KEY.replace("+", "-"),
        GOOD_KEY + "\n",
        GOOD_KEY[:-1],
        GOOD_KEY.replace("alongside", "elsewhere"),
        "+".join([*GOOD_KEY.split("+")[:1], "00000000", *GOOD_KEY.split("+")[2:]]),
        GOOD_KEY.replace(GOOD_KEY.split("+")[1], GOOD_KEY.split("+")[1].upper() + " "),
        signing.Vkey(LOG.verifier.name, None, 4, LOG.verifier.public).serialize(),
        signing.Vkey(LOG.verifier.name, None, 1, LOG.verifier.public[:-1]).serialize(),
        signing.Vkey("small.order", None, 1, b"\1" + b"\0" * 31).serialize(),
    ],
)
def test_verifier_keys_out_of_form_are_refused(text: str) -> None:
    with pytest.raises(Malformed):
        NoteKey.parse(text)


ROOT = to_base64(seed("root"))


def test_a_verifier_key_of_another_type_is_refused_whatever_its_id() -> None:
    name, key_id, _ = GOOD_KEY.split("+", 2)
    with pytest.raises(Malformed, match="type 01"):
        NoteKey.parse(f"{name}+{key_id}+{to_base64(bytes([4]) + LOG.verifier.public)}")


REFUSED_CHECKPOINTS = {
    "nothing": "",
    "two lines": "origin\n1\n",
    "no last newline": f"origin\n1\n{ROOT}",
    "an empty origin": f"\n1\n{ROOT}\n",
    "a leading zero": f"origin\n01\n{ROOT}\n",
    "a plus sign": f"origin\n+1\n{ROOT}\n",
    "a minus sign": f"origin\n-1\n{ROOT}\n",
    "a space": f"origin\n 1\n{ROOT}\n",
    "digits of another script": f"origin\n\u0661\n{ROOT}\n",
    "2**63": f"origin\n{2**63}\n{ROOT}\n",
    "a size of many digits": f"origin\n{'9' * 5000}\n{ROOT}\n",
    "a root too short": f"origin\n1\n{to_base64(b'x' * 31)}\n",
    "a root too long": f"origin\n1\n{to_base64(b'x' * 33)}\n",
    "a root with stray bits": f"origin\n1\n{ROOT[:-2]}9=\n",
    "a root without padding": f"origin\n1\n{ROOT[:-1]}\n",
    "an empty extension line": f"origin\n1\n{ROOT}\n\nmore\n",
    "an empty last line": f"origin\n1\n{ROOT}\n\n",
}


@pytest.mark.parametrize("what", REFUSED_CHECKPOINTS)
def test_what_is_no_checkpoint_is_refused(what: str) -> None:
    with pytest.raises(Malformed):
        Checkpoint.parse(REFUSED_CHECKPOINTS[what])


def test_extension_lines_are_tolerated_and_signed() -> None:
    text = f"{checkpoint.origin(BOOK)}\n0\n{ROOT}\nsomething later\nand more\n"
    read = checkpoint.read_signed(checkpoint_note(text), LOG.verifier)
    assert read.extensions == ("something later", "and more") and read.size == 0 and read.format() == text


def test_a_log_vouches_for_its_own_origin_only() -> None:
    foreign = checkpoint.make(OTHER_BOOK, 1, seed("root"))
    with pytest.raises(ValueError, match="another log"):
        checkpoint.sign(foreign, LOG)
    with pytest.raises(Malformed, match="another log"):
        checkpoint.read_signed(checkpoint_note(foreign.format()), LOG.verifier)


def test_a_checkpoint_that_cannot_be_is_not_made() -> None:
    for size, root in [(-1, seed("root")), (2**63, seed("root")), (1, b"short")]:
        with pytest.raises(ValueError):
            checkpoint.make(BOOK, size, root)
    with pytest.raises(Malformed):
        checkpoint.make("no book", 1, seed("root"))
