"""Finds a Chromium for the browser journeys, or installs one; says plainly when it cannot.

As root on Debian the distribution's package is used, elsewhere Playwright's own build. Pages in
Chinese need a font that has the characters, so the font package comes along.
"""

import os
import shutil
import subprocess
import sys

# The shell draws pages without the windows around them: less than two thirds of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium-headless-shell", "chromium")
FONT = "fonts-noto-cjk"


def run(*command: str) -> bool:
    return subprocess.run(command, check=False, stdout=sys.stderr).returncode == 0  # noqa: S603


def found() -> bool:
    return bool(os.environ.get("PERMITS_TEST_BROWSER")) or any(map(shutil.which, NAMES))


def main() -> int:
    if found():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        run("apt-get", "update", "-qq")
        install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", FONT)
        any(run(*install, package) for package in PACKAGES)
    else:
        run(sys.executable, "-m", "playwright", "install", "chromium")
        return 0
    if found():
        return 0
    sys.stderr.write(
        "No Chromium, and none could be installed. Install the package 'chromium', or name a\n"
        "browser with PERMITS_TEST_BROWSER=/path/to/chromium. The browser journeys will fail.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
