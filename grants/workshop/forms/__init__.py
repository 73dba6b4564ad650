"""The forms of menu ②."""
