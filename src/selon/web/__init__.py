"""Pages and an API over a library, for a browser on the same machine: `selon serve`. Everything is only read."""
