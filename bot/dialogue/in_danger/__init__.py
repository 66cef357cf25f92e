"""Somebody may be in danger, or asks what only a clinician may answer."""
