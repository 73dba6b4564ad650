"""The tests' settings with the floors' templates, for a server that the tests start (bench.floors.wsgi)."""

from bench.floors import TEMPLATES_FOLDER
from portal.settings.test import *  # noqa: F403
from portal.settings.test import TEMPLATES

TEMPLATES[0]["DIRS"].append(TEMPLATES_FOLDER)
