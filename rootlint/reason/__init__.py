"""How AWS decides: pure, three-valued functions."""
