"""What the system declares and keeps current: scope, mandatory sets, changes of law, reviews, postings."""
