"""File storage from one address: `s3://bucket?region=ap-northeast-1&endpoint=https://…` or `file:///var/lib/hiroba`."""

from typing import Any
from urllib.parse import parse_qs, urlsplit


def from_url(url: str) -> dict[str, Any]:
    """Return a Django STORAGES entry for `url`. Raises ValueError for a scheme that is not known."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": parts.path,
                "base_url": None,
                "file_permissions_mode": 0o600,
            },
        }
    if parts.scheme == "s3":
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": parts.netloc,
                "region_name": query.get("region"),
                "endpoint_url": query.get("endpoint"),
                "default_acl": "private",
                "querystring_auth": True,
                "file_overwrite": False,
            },
        }
    raise ValueError(f"STORAGE_URL: {parts.scheme}:// は使えません。s3:// または file:// を指定します。")
