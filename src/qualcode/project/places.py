"""Folders that are no safe place for a project: synchronised ones, and drives on a network."""

from __future__ import annotations

from pathlib import Path

from qualcode.messages import Message

_SERVICES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "mobile documents": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "surfdrive": "SURFdrive",
}
_NETWORK = frozenset({"cifs", "smb3", "smbfs", "nfs", "nfs4", "fuse.sshfs", "9p", "afpfs"})
_CONFLICT = ("conflict", "conflicted copy", "conflicterend exemplaar", "sync-conflict")


def describe_risk(path: Path) -> Message | None:
    """Return why a project is not safe where it is; None where nothing is known against it."""
    whole = path.absolute()
    for part in whole.parts[:-1]:
        name = part.casefold()
        for mark, service in _SERVICES.items():
            # OneDrive adds the name of the institute: "OneDrive - University".
            if name == mark or name.startswith((f"{mark} ", f"{mark}-")):
                return Message(
                    "This folder is synchronised by {service}, which may replace the file while "
                    "you work. Keep the project in another folder, and exchange work files "
                    "(qualcode work export) or use a server.",
                    service=service,
                )
    if _is_on_network(whole):
        return Message(
            "This folder is on a network drive, where a file may be damaged when two people work "
            "in it. Keep the project on your own machine, and exchange work files (qualcode work "
            "export) or use a server."
        )
    return None


def find_conflict_copies(path: Path) -> tuple[Path, ...]:
    """Return the copies that a synchronising service made of a project when two versions met."""
    stem = path.stem.casefold()
    return tuple(
        file
        for file in sorted(path.absolute().parent.glob(f"*{path.suffix}"))
        if file.name != path.name
        and file.stem.casefold().startswith(stem)
        and (any(mark in file.stem.casefold() for mark in _CONFLICT) or ".kept-" in file.stem)
    )


def _is_on_network(path: Path) -> bool:
    if str(path).startswith("\\\\"):
        return True
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    kinds: dict[str, str] = {}
    for line in mounts:
        _, place, kind, *_ = line.split(" ")
        kinds[place.replace("\\040", " ")] = kind
    home = next((folder for folder in (path, *path.parents) if str(folder) in kinds), None)
    return home is not None and kinds[str(home)] in _NETWORK
