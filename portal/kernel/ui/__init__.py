"""The component kit: one module a family, each with its own template library. `templatetags/ui.py` joins them."""
