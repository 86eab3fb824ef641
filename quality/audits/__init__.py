"""Internal audit (9.2): the year's programme, teams that do not audit themselves, samples, findings, gaps by clause."""
