"""What the access log tells, in words."""

from collections.abc import Mapping

from procedures.words import Words, say

#: What happened to an account, a visit or a token, by its kind in the log.
ACCESS: Mapping[str, Words] = {
    "added": say("account given"),
    "reset": say("new first password"),
    "disabled": say("account closed"),
    "enabled": say("account opened again"),
    "tried": say("password tried"),
    "signed_in": say("signed in"),
    "signed_out": say("signed out"),
    "everywhere": say("signed out everywhere"),
    "changed": say("password changed"),
    "provider_refused": say("named by the provider, without an account here"),
    "substitution": say("substitution recorded"),
    "delegation": say("delegation recorded"),
    "appointed": say("appointment recorded"),
    "token_made": say("token made"),
    "token_revoked": say("token revoked"),
    "token_refused": say("token refused"),
}
