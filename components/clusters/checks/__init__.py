"""Whether clusters are real: found again, against noise, against labels, and on the map."""
