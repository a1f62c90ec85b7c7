"""Step 3 of the method: choose few tools, on criteria that cannot be skipped, each cell dated and sourced.

`comparison` reads and weighs the table; `deployment` says which tools are really open, to whom, for what.
"""
