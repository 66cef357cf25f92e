"""Issues that the program itself knows by name: an intents file for each must be there."""

EMERGENCY, MEDICAL = "safety.emergency", "safety.medical_advice"
PERSON, UNKNOWN = "escalate.human", "escalate.unknown_issue"
"""Somebody wants a person; what it is about is for people to find out."""
SECURITY, PRIVACY, DATA_LOSS = "escalate.security", "escalate.privacy", "escalate.data_loss"
