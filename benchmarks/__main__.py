"""`python -m benchmarks` prints every table. It ends with 0 whether targets are met or not."""

from __future__ import annotations

import platform

from benchmarks import answering, deciding, rendering, starting


def main() -> None:
    """Measure everything."""
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    answering.run()
    deciding.run()
    starting.run()
    rendering.run()


if __name__ == "__main__":
    main()
