"""What can be seen: flowchart, overlay and documents, from a small dumb diagram model."""
