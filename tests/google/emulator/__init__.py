"""The local Google: a server that speaks the Sheets and Drive APIs well enough to vouch for a client.

It stands in for Google where no machine reaches it. Requests and answers are checked against Google's own discovery
documents; what Google would do and this does not, is answered 501, never guessed at. Run it with
`python -m tests.google.emulator --port 0 [--state DIR]`.

Where to look: `server` and `service` take a call in, `routes` says whose it is; `spreadsheets`, `values`, `requests`
and `drive` are the methods; `book` is what is kept; `cells` is what a cell holds and how it reads; `controls` is how a
test makes trouble.
"""
