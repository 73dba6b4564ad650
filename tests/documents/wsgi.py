"""The portal with the tests' kind of document registered, for browser tests (`gunicorn tests.documents.wsgi`)."""

from portal.kernel.ports import document_kinds
from portal.wsgi import application

from .kind import KEY, KIND

__all__ = ["application"]
document_kinds.register(KEY, KIND)
