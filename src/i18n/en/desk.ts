/** Duties: their states, how often they come, and why one cannot be done now. */
export const desk = {
  states: { due: "due", running: "running", open: "open", done: "done", missed: "missed" },
  every: {
    hourly: "hourly",
    daily: "daily",
    weekly: "weekly",
    monthly: "monthly",
    quarterly: "quarterly",
    yearly: "yearly",
    "on-create": "on creation",
    "on-change": "on change",
    stream: "continuously",
    "pre-upgrade": "before an upgrade",
    "pre-release": "before a release",
    "pre-change": "before a change",
    "on-demand": "on demand",
  },
  errors: {
    "ZONE-UNKNOWN": {
      say: "There is no time zone “{zone}”.",
      fix: "Write an IANA name such as Asia/Shanghai or Europe/Berlin under `zone:` in watchbook.yaml.",
    },
    "PERIOD-UNKNOWN": {
      say: "“{period}” is no period.",
      fix: "Periods look like 2026-11-20, 2026-W47, 2026-11, 2026-Q4, 2026 or 2026-11-20T08.",
    },
    "PERIOD-NAME": {
      say: "“{period}” cannot name an event.",
      fix: "Use up to 80 letters, digits, dots, dashes and underscores, for example upgrade-2.1.",
    },
    "PERIOD-NOT-NOW": {
      say: "The present period of {duty} is {present} ({zone}), not {period}.",
      fix: "What is measured now says nothing of another period: leave --period out, or give {present}.",
    },
    "CLOCK-BEHIND": {
      say: "The clock says {now}, but {duty} already has a record of {later}.",
      fix: "Check the clock (timedatectl). If it is right now, say so with --period {period}.",
    },
    "NO-DUTIES": {
      say: "No duty was found in “{title}”.",
      fix: "Give the manual a task list under a heading with its frequency, for example “Daily checklist”; watchbook show duties lists what was found.",
    },
    "DUTY-UNKNOWN": {
      say: "The book has no duty “{duty}”.",
      fix: "Its duties are: {known}.",
    },
    "DUTY-IS-BACKUP": {
      say: "{duty} is a backup: there is nothing to look at item by item.",
      fix: "Take a set now: watchbook backup run {name}",
    },
    "DUTY-AMBIGUOUS": {
      say: "“{duty}” means more than one duty.",
      fix: "Name one of them: {known}.",
    },
    "ANSWER-NO-RUN": {
      say: "{duty} has not been done in this period yet: there is nothing to answer.",
      fix: "Do it first: watchbook inspect {duty}",
    },
    "ANSWER-NONE-OPEN": {
      say: "No item of {duty} waits for a person in {period}.",
      fix: "Look again at everything with watchbook inspect {duty}; what is recorded stays.",
    },
    "ANSWER-NOT-OPEN": {
      say: "“{item}” is not open: it was judged already.",
      fix: "Open are: {known}. To look again at everything: watchbook inspect",
    },
    "ANSWER-ITEM-UNKNOWN": {
      say: "No item is called “{item}”.",
      fix: "Give the id, the text or a part of the text of an open item: {known}.",
    },
    "ANSWER-ITEM-AMBIGUOUS": {
      say: "“{item}” means more than one item.",
      fix: "Give more of the text of one of them: {known}.",
    },
    "ANSWER-TWICE": {
      say: "“{item}” was answered twice.",
      fix: "Answer each item once.",
    },
  },
} as const;
