"""What follows from the records alone: bounds, stated values, derived figures, checks."""
