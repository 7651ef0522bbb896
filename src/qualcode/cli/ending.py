"""What happens to an open project when the program is told to end, or its window is closed."""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType
from typing import Any

_TOLD = 128
"""Exit code of a program that a signal ended, less the number of the signal."""

# Windows gives a program with a closed window a few seconds; see HandlerRoutine in its manual.
_CLOSED_WINDOW = frozenset({2, 5, 6})

# Windows calls it later, when nothing else refers to it any more.
_kept: list[Any] = []


def end_in_order() -> None:
    """Close projects when the program is told to end: without it, the last changes stay beside."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # A program that was started to outlive its terminal ignores the end of it.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    if sys.platform == "win32":
        _watch_window()


def _end(number: int, _frame: FrameType | None) -> None:
    _merge_logs()
    # The server of the app ends in order when it is told so in its own way.
    if signal.getsignal(signal.SIGTERM) not in {_end, signal.SIG_IGN, signal.SIG_DFL}:
        signal.raise_signal(signal.SIGTERM)
        return
    # Leaves the blocks that hold projects, so that each closes its own.
    sys.exit(_TOLD + number)


def _merge_logs() -> None:
    # Imported when needed only: the start must not wait for the database.
    file_watch = sys.modules.get("qualcode.storage.file_watch")
    if file_watch is not None:
        file_watch.merge_all_logs()


def _watch_window() -> None:
    import ctypes

    def close(event: int) -> bool:
        if event in _CLOSED_WINDOW:
            _merge_logs()
        return False

    windows: Any = ctypes
    routine = windows.WINFUNCTYPE(ctypes.c_bool, ctypes.c_uint)(close)
    _kept.append(routine)
    windows.windll.kernel32.SetConsoleCtrlHandler(routine, True)
