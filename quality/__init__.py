"""What the quality system makes of the events: breaches, nonconformities, indicators, the review pack."""
