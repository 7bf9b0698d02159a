"""Speed and load of the real server beside a bare relay, in one run; see bench/README.md."""
