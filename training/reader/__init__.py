"""Trains the learned reader: `python -m training.reader`."""
