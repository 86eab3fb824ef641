"""The annual programme: a plan declared as text, checked, issued, kept, and carried out as cases."""
