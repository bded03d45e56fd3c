"""What a person sees: pages over the tables, in her own language and direction, on the phone that she has."""
