"""The questions on the way to a person, and what is answered to them."""
