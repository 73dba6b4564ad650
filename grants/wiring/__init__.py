"""What each part of the app brings to the ports of the lower floors. Imported once, when the app is ready."""
