"""A visitor without a browser: runs a page again and again over Streamlit's WebSocket."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Self

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

LONGEST_RUN = 30.0
LONGEST_WAIT = 240.0
GOOD_ENDS = {
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_EARLY_FOR_RERUN,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
}


class Visitor:
    """One session on a server, which answers as a browser would; use it as an asynchronous context.

    Attributes:
        page: the address of the page, `""` for the first.
        widgets: identities of the widgets now on the page, by key and by label.
        errors: the red boxes of the page, as Markdown.
        stages: what the page has said that it waits for.
        query: of the address.
    """

    def __init__(self, url: str, query: str = "") -> None:
        self._address = f"ws{url.removeprefix('http')}/_stcore/stream"
        self.query = query
        self.page = ""
        self._states: dict[str, WidgetState] = {}
        self._pages: dict[str, str] = {}
        # What asks to run again by itself: identities of fragments, with seconds.
        self._again: dict[str, float] = {}
        self.widgets: dict[str, str] = {}
        self.errors: list[str] = []
        self.stages: list[str] = []

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
        began = time.perf_counter()
        await self._ask()
        await self._listen()
        return time.perf_counter() - began

    async def open(self, page: str) -> float:
        """Go to a page by its address, `""` for the first, and wait until it is whole; seconds."""
        self.page, self._states = page, {}
        return await self.settle()

    async def act(self, key: str, **value: Any) -> float:
        """Give the widget of a key or label a value, by the name of its protocol field, and wait for the whole answer.

        What waits for a job runs again by itself until that is done.

        Returns:
            Seconds.

        Raises:
            KeyError: there is no such widget on the page.
            TimeoutError: the answer still waits after minutes.
        """
        began = time.perf_counter()
        await self.begin(key, **value)
        await self.finish()
        return time.perf_counter() - began

    async def begin(self, key: str, **value: Any) -> None:
        """The same without waiting for what the answer itself waits for."""
        state = WidgetState(id=self.widgets[key], **value)
        self._states[state.id] = state
        await self.run()
        if state.WhichOneof("value") == "trigger_value":
            del self._states[state.id]

    async def settle(self) -> float:
        """Run the page until it waits for nothing; seconds."""
        began = time.perf_counter()
        await self.run()
        await self.finish()
        return time.perf_counter() - began

    async def stay(self, seconds: float) -> None:
        """Look at the page for some seconds; what asks to run again does."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if not self._again or min(self._again.values()) > left:
                await asyncio.sleep(left)
            else:
                await self._next_of_itself()

    async def finish(self) -> None:
        """Wait until the page waits for nothing.

        Raises:
            TimeoutError: it still waits after minutes.
        """
        async with asyncio.timeout(LONGEST_WAIT):
            while self._again:
                await self._next_of_itself()

    async def _next_of_itself(self) -> None:
        fragment, seconds = next(iter(self._again.items()))
        await asyncio.sleep(seconds)
        await self._ask(fragment)
        await self._listen()

    async def _ask(self, fragment: str = "") -> None:
        request = BackMsg()
        asked = request.rerun_script
        asked.query_string, asked.page_script_hash = self.query, self._pages.get(self.page, "")
        asked.widget_states.widgets.extend(self._states.values())
        if fragment:
            asked.fragment_id, asked.is_auto_rerun = fragment, True
        await self._socket.send(request.SerializeToString())

    async def _listen(self) -> None:
        """Take in messages up to the end of a run that is not followed by another at once."""
        ended = ForwardMsg.FINISHED_EARLY_FOR_RERUN
        while ended == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            message = ForwardMsg.FromString(await self._socket.recv())
            while message.WhichOneof("type") != "script_finished":
                self._take(message)
                message = ForwardMsg.FromString(await self._socket.recv())
            ended = message.script_finished
        if ended not in GOOD_ENDS:
            raise RuntimeError(f"the page ended with {ForwardMsg.ScriptFinishedStatus.Name(ended)}")

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session" and not message.metadata.run.fragment_ids:
            self._again, self.widgets, self.errors = {}, {}, []
        elif kind == "navigation":
            pages = message.navigation.app_pages
            self._pages = {"" if page.is_default else page.url_pathname: page.page_script_hash for page in pages}
            self.page = next(page for page, code in self._pages.items() if code == message.navigation.page_script_hash)
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self._again[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(message.delta.new_element)

    def _see(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        inner = getattr(element, kind)
        if kind == "exception":
            raise RuntimeError(f"the page shows {inner.type}: {inner.message}")
        identity = getattr(inner, "id", "")
        if identity:
            self.widgets[identity.split("-", 2)[-1]] = self.widgets[getattr(inner, "label", "")] = identity
        if kind == "alert" and inner.format == Alert.ERROR:
            self.errors.append(inner.body)
        if kind == "progress" and (stage := inner.text.partition(":")[0].rstrip(" …")) not in self.stages:
            self.stages.append(stage)
