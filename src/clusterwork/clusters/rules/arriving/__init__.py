"""What a spreadsheet of clusters would change, decided on plain values."""
