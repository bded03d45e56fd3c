"""Sheets and files as others write them: bytes become rows, and rows bytes. Nothing is decided here."""
