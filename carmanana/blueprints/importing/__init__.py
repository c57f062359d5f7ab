"""Imports: the file, its columns and words, what will happen, what came of it."""
