"""How the small trained models were made: `python -m training.run --data ../shared/data`."""
