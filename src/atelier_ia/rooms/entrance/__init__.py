"""Entrances other than the class code: ProConnect (OpenID Connect) and Moodle (LTI 1.3), and the marks sent back."""
