"""What the tests stand on: databases, processes, the browser, strictness. One concept a file."""
