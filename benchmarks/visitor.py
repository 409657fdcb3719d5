"""A visitor without a browser: runs a page again and again over Streamlit's WebSocket."""

from __future__ import annotations

import time
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

LONGEST_RUN = 30.0


class Visitor:
    """One session on a server; use it as an asynchronous context."""

    def __init__(self, url: str, query: str = "") -> None:
        self._address = f"ws{url.removeprefix('http')}/_stcore/stream"
        self._query = query

    async def __aenter__(self) -> Self:
        self._socket = await connect(
            self._address, subprotocols=[Subprotocol("streamlit")], max_size=None, open_timeout=LONGEST_RUN
        )
        await self.run()
        return self

    async def __aexit__(self, *reason: object) -> None:
        await self._socket.close()

    async def run(self) -> float:
        """Run the page once; seconds from the request to its last message.

        Raises:
            RuntimeError: the page's script failed.
        """
        request = BackMsg()
        request.rerun_script.query_string = self._query
        began = time.perf_counter()
        await self._socket.send(request.SerializeToString())
        while True:
            message = ForwardMsg.FromString(await self._socket.recv())
            if message.WhichOneof("type") == "script_finished":
                break
        if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            raise RuntimeError(f"the page ended with {ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)}")
        return time.perf_counter() - began
