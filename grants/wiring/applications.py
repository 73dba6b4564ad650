"""What applications give to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from .. import desk, documents, exports, personal, queries, subjects, thread

ports.document_kinds.register(documents.KIND, documents.application_kind())
ports.visible.register("grants.application", queries.visible_to)
ports.subjects.register("application", subjects.SUBJECT)
ports.export_kinds.register(exports.APPLICATIONS.key, exports.APPLICATIONS)
ports.desk_items.register("grants", desk.items)
ports.open_cases.register("grants", desk.open_cases)
ports.personal_data.register("grants", personal.rows)
ports.thread_edges.register("grants", thread.edges)
