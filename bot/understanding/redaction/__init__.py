"""What may be shown of somebody's words."""
