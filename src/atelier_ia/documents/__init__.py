"""Read what a town hall has and write what it sends: letters, reports, posters, tables, calendars.

Nothing here talks to a model or looks for personal data. Each module is imported by its own name (they carry heavy
libraries): `letters`, `readers`, `reports`, `tables`, `spreadsheets`…
"""
