"""Offers, promises, deliveries and the open ledger: from a giver to a use, and back."""
