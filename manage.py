#!/usr/bin/env python
"""The door for administrative commands. Schema work runs as the owner of the database, everything else as the web role."""

import os
import sys

OWNER_COMMANDS = {
    "migrate",
    "makemigrations",
    "sqlmigrate",
    "showmigrations",
    "flush",
    "createcachetable",
    "dbshell",
    "pgtrigger",
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("PROCESS", "owner")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
