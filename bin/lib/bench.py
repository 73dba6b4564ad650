"""bin/bench: prepares like bin/demo, on servers of its own, then runs the measurements in bench/."""

import subprocess
import sys
from collections.abc import Sequence

from .console import Stop, fail
from .prepare import ROOT, ground


def main(arguments: Sequence[str]) -> int:
    """Run `python -m bench` with the environment of a private, durable server whose owner may make databases."""
    try:
        with ground("bench") as here:
            command = [str(here.python), "-m", "bench", *arguments]
            return subprocess.run(command, cwd=ROOT, env=here.environment).returncode
    except Stop as stop:
        return fail(stop)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
