"""`python -m benchmarks` prints every table. It ends with 0 whether targets are met or not."""

from __future__ import annotations

import platform

from benchmarks import (
    answering,
    checking,
    deciding,
    holding,
    in_browsers,
    load,
    reading_back,
    rendering,
    serving,
    starting,
    typesetting,
)


def main() -> None:
    """Measure everything."""
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    answering.run()
    deciding.run()
    starting.run()
    rendering.run()
    typesetting.run()
    reading_back.run()
    holding.run()
    checking.run()
    serving.run()
    in_browsers.run()
    load.run()


if __name__ == "__main__":
    main()
