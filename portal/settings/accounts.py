"""Sign-in: mailed codes, no passwords; a second factor for everyone who holds an appointment."""

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
MFA_REQUIRED_FOR_APPOINTMENTS = True
