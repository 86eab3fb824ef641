"""Those that the work W1 is given to: quytrinh itself, the raw limit below it, and its peers."""
