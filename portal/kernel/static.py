"""Addresses of our own styles, scripts and drawings."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Whitenoise's, which remembers addresses: a list asks for the same twenty drawings on every page.

    The manifest is read once at the start and never changes in a running process, so neither do they.
    """

    def url(self, name: str, force: bool = False) -> str:
        """The address with the digest of the content. Raises ValueError for a file that does not exist."""
        known: dict[str, str] = self.__dict__.setdefault("_addresses", {})
        if force or name not in known:
            address: str = super().url(name, force)
            if force:
                return address
            known[name] = address
        return known[name]
