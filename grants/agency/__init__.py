"""委託先 of menu ①: an organisation that pays the advisors under a yearly contract, and its monthly 精算."""
