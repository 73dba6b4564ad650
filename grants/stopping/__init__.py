"""廃止: a decided project that its municipality does not go on with; what was spent until then is reported and settled."""
