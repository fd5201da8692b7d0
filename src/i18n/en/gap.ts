/** Questions that the manual could not answer. */
export const gap = {
  verbs: {
    gap: {
      does: "record a question that the manual could not answer, until it can",
      usage: "gap add QUESTION [--owner WHO] [--due DATE] | gap list [--all] | gap close ID --reason TEXT",
      examples:
        'watchbook gap add "Where is the certificate of the mail server?" --owner wei --due 2026-12-01\nwatchbook gap list\nwatchbook gap close 1f3a5b7c --reason "1-docs/ARCH/tls.md, section 2"',
      exits: "0  recorded, closed or listed\n2  it cannot be, and why",
    },
  },
  options: {
    "gap.owner": "who completes the manual",
    "gap.due": "by which date, 2026-12-01",
    "gap.reason": "where the manual answers it now",
    "gap.by": "who asks; default: the account's name",
    "gap.all": "the closed ones too",
  },
  said: {
    add: "Recorded as {id}. It stands in every hand-over until the manual answers it.",
    close: "{id} is closed.",
    open: "open",
    closed: "closed",
    none: "No question is open.",
  },
  errors: {
    "GAP-USAGE": {
      say: "“gap {given}” is not understood.",
      fix: "gap add QUESTION, gap list, or gap close ID --reason TEXT.",
    },
    "GAP-EMPTY": {
      say: "Something has to be said.",
      fix: "Give the question, or --reason with where the manual answers it now.",
    },
    "GAP-DUE": { say: "“{due}” is no date.", fix: "Write it as 2026-12-01." },
    "GAP-UNKNOWN": { say: "No open question is called “{gap}”.", fix: "Open are: {known}." },
  },
} as const;
