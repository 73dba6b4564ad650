"""事前着手届: a project that must begin before its grant is decided; only accepted, what it costs until then may count."""
