"""The whole application as a process of its own, and the browser that looks at it."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240_000
CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
    "--use-angle=swiftshader",
]


class Server:
    """An application (ours, or a small one for a test) on a free port or a given one, with a home of its own."""

    def __init__(self, home, app=ROOT / "app.py", port=0):
        self.home, self._app, self.port = Path(home), app, port

    def __enter__(self):
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            free.bind(("127.0.0.1", self.port))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        options = ["--server.port", str(self.port), "--server.address", "127.0.0.1"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(self._app), *options],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"VECTORSCOPE_HOME": str(self.home), "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT)},
        )
        self._said = []
        ready = threading.Event()
        self._reader = threading.Thread(target=self._listen, args=(ready,), daemon=True)
        self._reader.start()
        assert ready.wait(120), "the server did not start:\n" + "".join(self._said)
        return self

    def __exit__(self, *reason):
        self.process.terminate()
        try:
            self.process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join(timeout=20)
        self.process.stdout.close()

    def _listen(self, ready):
        for line in self.process.stdout:
            self._said.append(line)
            if "URL" in line:
                ready.set()
