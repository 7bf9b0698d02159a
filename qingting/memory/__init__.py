"""The ledger of what is remembered: kept, recalled, shown, corrected, forgotten."""
