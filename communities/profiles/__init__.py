"""What people say of themselves: the card one viewer sees, the links beside a name, the photograph."""
