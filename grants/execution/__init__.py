"""執行管理: per 科目 what was budgeted, charged, ordered, paid and is left; matched with the 財務会計 system by files."""
