"""Listening sessions of the host, among itself: what is missing, what works already, what is dangerous."""
