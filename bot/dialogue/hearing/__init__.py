"""What words mean before anything is decided on them."""
