"""Make sure that there is a Chromium: one that is installed, Playwright's own, or the system package where root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """Path of a Chromium on this machine, None without one."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found:
        return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def main() -> int:
    """Install one if need be; 0 when there is one in the end."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        attempts = [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"], *attempts]
    for attempt in attempts:
        if installed():
            break
        subprocess.run(attempt, check=False, stdout=subprocess.DEVNULL)
    found = installed()
    sys.stdout.write(f"browser: {found}\n" if found else "No Chromium could be installed; install one and try again.\n")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
