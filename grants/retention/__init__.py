"""How long a grant file is kept, what holds it, and its 廃棄 by two people."""
