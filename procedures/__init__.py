"""What a procedure is: language, model, net, calendar, organisation, checks and the shelf of issued versions."""
