"""What 執行管理 gives to the floors below. Imported once by apps.py."""

from portal.kernel import ports

from ..execution import exports, importing

ports.export_kinds.register(exports.EXECUTION.key, exports.EXECUTION)
ports.import_kinds.register(importing.PAYMENT_ORDERS.key, importing.PAYMENT_ORDERS)
