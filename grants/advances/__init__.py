"""概算払: asked for with a 資金計画, decided by the chain, ordered, paid, and set against the 額の確定."""
