"""What languages share: the learned reader."""
