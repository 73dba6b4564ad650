"""Menu ②: workshops, from the plan to the report and the payment of the lecturers (workflows.md 'WORKSHOP')."""
