"""One machine that keeps books for its groups: settings, starting, stopping, and the folder it lives in."""
