"""What the code declares, in one vocabulary for every language: data without judgement."""
