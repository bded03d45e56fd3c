"""The host's living list: what is missing, what comes first, what is open to offers, what is not needed."""
