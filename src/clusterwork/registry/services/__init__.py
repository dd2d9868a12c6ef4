"""What is done to the register: each verb one transaction, recorded."""
