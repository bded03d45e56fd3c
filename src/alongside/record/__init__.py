"""The record is what a group can show to anyone entitled: every entry, in order, provably unedited.

It is plain Python and `cryptography`, imports nothing else of ours, and `docs/record.md` is enough to write
it again.
"""
