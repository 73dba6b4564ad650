"""What bin/demo, bin/test and bin/bench share: standard library only, so that it runs before anything is installed."""
