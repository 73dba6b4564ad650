"""The demo's world: invented people and events around the facts of the sources. Made by the actions themselves."""
