"""How we talk to Google: where it is, as whom, how fast, and what a refusal means."""
