"""How is it shown? Sheets of numbers, and their forms: terminal, JSON, HTML, pictures."""
