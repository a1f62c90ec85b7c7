"""Step 4 of the method, train: exercises answered in plain French, graded with evidence, explained.

An assignment is a folder of `solutions/`: `bareme.toml` (statements and rubric), `reponses.toml` (named right and wrong
answers) and the notebook. Answers are data: nothing a learner writes is ever run to grade it.
"""
