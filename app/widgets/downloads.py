"""Files that are made when they are asked for: what may be in them is decided then."""

from __future__ import annotations

import threading
from collections.abc import Callable

from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    add_script_run_ctx,
    get_script_run_ctx,
)
from streamlit.runtime.scriptrunner_utils.script_run_context_attr import (
    SCRIPT_RUN_CONTEXT_ATTR_NAME,
)

from qualcode.errors import ConflictError, QualcodeError

from .. import session
from .notices import tell_error


def in_window(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return a function that makes a file with the project and the coder of this window.

    Streamlit calls it in a thread of its own, which knows no window: the latest project of the
    machine would be taken for the one on the page. If it fails, the page is drawn again, with the
    reason on top.
    """
    context = get_script_run_ctx(suppress_warning=True)

    def run() -> bytes:
        thread = threading.current_thread()
        if get_script_run_ctx(suppress_warning=True) is not None or context is None:
            return make()
        add_script_run_ctx(thread, context)
        try:
            return make()
        except (QualcodeError, OSError) as error:
            # A click that brings no file would say nothing of why.
            tell_error(error)
            _draw_again(context.session_id)
            raise
        finally:
            # The thread makes files of other windows too.
            delattr(thread, SCRIPT_RUN_CONTEXT_ATTR_NAME)

    return run


def _draw_again(window: str) -> None:
    """Draw the page of a window again, with what is chosen on it; from any thread."""
    # Outside a page Streamlit has no public way to do so.
    runtime = get_instance() if exists() else None
    info = runtime and runtime._session_mgr.get_active_session_info(window)  # noqa: SLF001
    if runtime and info:
        loop = runtime._get_async_objs().eventloop  # noqa: SLF001
        state = info.session._client_state  # noqa: SLF001
        loop.call_soon_threadsafe(info.session.request_rerun, state)


def of_now(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return a function that makes a file, and refuses if the page shows what is hidden now.

    A page stays open, and a blind round may begin meanwhile: the codings that the page was drawn
    with are then those of somebody else.
    """
    view = _view()

    def run() -> bytes:
        if _view() != view:
            _ = session.words()
            raise ConflictError(
                _(
                    "A round began or ended since this page was drawn, so no file was made. This "
                    "is the page as it is now."
                )
            )
        return make()

    return in_window(run)


def _view() -> tuple[str, ...]:
    hiding = session.project().rounds.collect_hiding()
    return (session.view(), *(round_.name for round_ in hiding))
