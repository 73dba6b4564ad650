"""The demo's settings with the floors' templates beside the product's. Only bench.floors.wsgi uses them."""

from portal.settings.demo import *  # noqa: F403
from portal.settings.demo import TEMPLATES

from . import TEMPLATES_FOLDER

TEMPLATES[0]["DIRS"].append(TEMPLATES_FOLDER)
