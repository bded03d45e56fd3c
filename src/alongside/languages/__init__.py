"""How codes and days and numbers become sentences for one reader, in her own language."""
