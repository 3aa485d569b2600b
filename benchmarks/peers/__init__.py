"""What `benchmarks/peers.py` compares Terreau with: rules written by hand for other engines, and what they are told."""
