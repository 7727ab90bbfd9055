"""How fast and how true the zone is, against its peers: `make bench` runs all of it and writes docs/benchmarks.md."""
