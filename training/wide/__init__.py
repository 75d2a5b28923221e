"""The wide tagger: PolNeAR's scope and boundaries."""
