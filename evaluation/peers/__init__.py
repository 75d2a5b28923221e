"""Other quotation extractors on the same articles, each in an environment and a process of its own: `make peers`."""
