"""Step 5 of the method: measure and adjust. Times, indicators, and the reports that HR and management decide on.

Answers and times are anonymous: no identity, no hour, no address is stored with them.
"""
