"""The demo's settings with the floors' templates beside the product's. Only bench.floors.wsgi uses them."""

from pathlib import Path

from portal.settings.demo import *  # noqa: F403
from portal.settings.demo import TEMPLATES

TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")
