"""What is checked about a procedure before it may be issued: flow, time, people and content."""
