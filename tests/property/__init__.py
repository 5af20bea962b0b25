"""What must hold for all definitions and all answers, as Hypothesis states it."""
