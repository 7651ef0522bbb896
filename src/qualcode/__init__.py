"""qualcode: code interviews, check agreement between coders, get the quotes of each theme."""

from qualcode.messages import Message


def __getattr__(name: str) -> str:
    """Return the version when it is asked for: looking it up takes time."""
    if name == "__version__":
        from importlib.metadata import version

        return version("qualcode")
    raise AttributeError(Message("module 'qualcode' has no attribute '{name}'", name=name))
