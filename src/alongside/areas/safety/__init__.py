"""Anybody here can say stop, alone and at once. Starting again takes two of the host."""
