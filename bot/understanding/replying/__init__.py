"""What is typed to a question of ours."""
