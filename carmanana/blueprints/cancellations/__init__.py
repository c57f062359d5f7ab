"""The managers' queue of cancellation requests, the review of one, and the hours that its clock runs by."""
