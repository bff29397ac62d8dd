"""What the places of procedures share: the time line of steps, and the step at hand with all that it asks."""
