"""Step 1 of the method: take stock in two weeks (audit, anonymous questionnaire, measured time, map of tools).

Answers carry no name; what concerns few people is never shown alone.
"""
