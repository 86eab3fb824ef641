"""Coming in with the account of another house: OpenID Connect, by authorization code with PKCE."""
