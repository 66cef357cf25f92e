"""Languages: a file for each, with what is said in it, what of it an excerpt may show, and how it is told."""
