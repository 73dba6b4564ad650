"""業務委託契約 of menu ④: negotiated, signed through 決裁, carried out jointly, inspected, invoiced, paid."""
