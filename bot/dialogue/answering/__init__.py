"""A known issue is being walked through: what is said to a step, and the way from step to step."""
