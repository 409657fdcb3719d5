"""What clusters are called."""
