"""The demonstration: a sample agency plays one year through the real engine on a simulated clock, seeded."""
