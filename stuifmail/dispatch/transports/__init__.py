"""The ways out of the house, behind one small interface."""
