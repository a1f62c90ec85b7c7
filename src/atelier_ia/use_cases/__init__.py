"""Step 2 of the method: the use cases, from the sandbox of real-looking cases to the one guarded path of a draft."""
