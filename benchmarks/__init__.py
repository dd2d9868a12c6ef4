"""Speed and memory, measured: ratios and rates side by side in one run."""
