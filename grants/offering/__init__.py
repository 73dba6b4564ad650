"""What is offered in a year: who may run it, its procedures as tables, its data as a sheet that can be compared."""
