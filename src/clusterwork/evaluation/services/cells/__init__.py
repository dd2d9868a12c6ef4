"""What is done with statistics of pupils; each within `permissions.restricted.named_on`."""
