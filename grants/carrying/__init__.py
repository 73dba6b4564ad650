"""繰越し: a decided project that cannot end in its year goes on into the next; amount and cap stay with the original one."""
