"""Run as a process: what the apps' own start brought to the ports must be all there is, whatever else is imported."""

import sys
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

import django

django.setup()

from portal.kernel import ports  # noqa: E402 – the apps must be ready first

LEFT_OUT = ("migrations", "management", "settings", "celery", "wsgi", "scale")


def registered() -> dict[str, list[str]]:
    """The keys that stand at each port."""
    return {
        name: [key for key, _ in port.items()]
        for name, port in vars(ports).items()
        if isinstance(port, ports.Port)
    }


def main() -> int:
    before = registered()
    for app in ("portal", "communities", "grants"):
        package: ModuleType = import_module(app)
        for module in walk_packages(package.__path__, f"{app}."):
            if not set(module.name.split(".")) & set(LEFT_OUT):
                import_module(module.name)
    after = registered()
    late = {
        name: sorted(set(keys) - set(before[name])) for name, keys in after.items() if keys != before[name]
    }
    print(late or f"{sum(map(len, before.values()))} at {len(before)} ports")
    return 1 if late else 0


sys.exit(main())
