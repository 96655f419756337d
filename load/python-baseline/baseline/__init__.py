"""The hot routes of the Python services in one process: what the executables are compared with."""
