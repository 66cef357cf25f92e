"""What strangers wrote: rows, models over their words, and what the encoder was taught by them."""
