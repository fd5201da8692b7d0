export const api = {
  /** What is wrong now, or waits for a person; engine/troubles.ts has the kinds. */
  troubles: {
    "book-refused": {
      say: "A newer manual is broken and not run; the last good one keeps running.",
      fix: "watchbook lint shows its errors; mend them and commit.",
    },
    "book-errors": {
      say: "The manual that is run has {errors} {errors:error|errors}, the first at {first}.",
      fix: "watchbook lint shows each with its line and its fix.",
    },
    "emergency-on": {
      say: "{person} has an operator's rights in an emergency until {until}: {reason}",
      fix: "watchbook audit list --person {person} shows what is done with them; they end by themselves.",
    },
    "check-fail": { say: "{check} on {target} has failed. {reason}", fix: "Look in the manual: {look}" },
    "alert-open": {
      say: "[{severity}] {title} on {target}: the alert lasts.",
      fix: "watchbook why {id} says who was told; watchbook alerts ack {id} says that you have it.",
    },
    "incident-late": {
      say: "{id} ({priority}, {title}) is late: its limit of {clocks} is broken.",
      fix: "watchbook incident show {id}; tell who waits what is known, and when they hear again.",
    },
    "incident-open": {
      say: "{id} ({priority}) is going on: {title}.{who}",
      fix: "watchbook incident show {id} has its clocks, its timeline and what the manual says.",
    },
    "review-late": {
      say: "The review of {id} ({title}) was due on {due}: {owner}.",
      fix: "watchbook incident review {id}; when it was held: watchbook incident review {id} --held --reason …",
    },
    "action-late": {
      say: "{text} ({action} of {id}) was due on {due}: {owner}.",
      fix: "When it is done: watchbook incident done {id} {action} --reason …",
    },
    "problem-new": {
      say: "{title} came back {count} times: {id}.",
      fix: "Take it: watchbook problem take {id} PERSON",
    },
    "channel-fails": {
      say: "Channel {channel} delivers nothing: others are told in its place.",
      fix: "watchbook channel test {channel}, and watchbook why {id}.",
    },
    "channel-unproven": {
      say: "Channel {channel} has never delivered anything: nobody knows whether it works.",
      fix: "watchbook channel test {channel}, and look whether it has arrived.",
    },
    "check-warn": {
      say: "{check} on {target} has reached its warning limit. {reason}",
      fix: "Look in the manual: {look}",
    },
    "check-unknown": {
      say: "{check} on {target} cannot be judged. {reason}",
      fix: "Unknown is not well. See {look}",
    },
    "duty-missed": {
      say: "{duty} was missed: {count} {count:time|times}, last in {last}.",
      fix: "A missed period stays missed; do the present one: watchbook inspect {id}",
    },
    "duty-due": { say: "{duty} is due now.", fix: "watchbook inspect {id}" },
    "duty-open": {
      say: "{duty} waits for a person: {open} {open:item|items} a machine cannot judge.",
      fix: "Look and tick them: watchbook inspect {id} --open",
    },
    "verdict-fail": {
      say: "The last inspection of {duty} failed.",
      fix: "Read its report, act on what is red, inspect again: watchbook inspect {id}",
    },
    "backup-failed": {
      say: "The backup {duty} of {period} failed.",
      fix: "watchbook runs show {run} says why; put that right, then: watchbook backup run {name}",
    },
    "backup-missed": {
      say: "The backup {duty} was missed {count} {count:time|times}, last in {last}.",
      fix: "Nobody served the book then. Take one now: watchbook backup run {name}",
    },
    "backup-none": {
      say: "No set of {backup} is on record here: nothing of it could be restored.",
      fix: "watchbook backup list {name} looks for sets that others took; take one now: watchbook backup run {name}",
    },
    "backup-old": {
      say: "The newest set of {backup} is {hours} hours old; more than {most} are too many.",
      fix: "watchbook runs list says what became of its backups; take one now: watchbook backup run {name}",
    },
    "backup-shrank": {
      say: "The last set of {backup} has {bytes} bytes in {part}; {usual} are usual.",
      fix: "Look whether data is gone before older sets are: watchbook backup list {name}",
    },
    "backup-unchanged": {
      say: "{part} of {backup} is byte for byte the same since {since}, though it is to change.",
      fix: "Look whether the right thing is copied, and whether anybody still writes it: watchbook backup list {name}",
    },
    "run-alone": {
      say: "Run {run} ({title}, {environment}) is not at its end, and nobody drives it: the process that did is gone.",
      fix: "Take it up: watchbook runs resume {run}; or undo what it did: watchbook runs cancel {run} --reason WHY --undo",
    },
    "run-left": {
      say: "Run {run} ({title}, {environment}) could not undo what it had done: something was left.",
      fix: "watchbook runs show {run} says what; put it right by hand.",
    },
    "run-paused": { say: "Run {run} ({title}, {environment}) is paused.", fix: "watchbook runs resume {run}" },
    "run-waits": {
      say: "Run {run} ({title}, {environment}) waits for {waits}.",
      fix: "watchbook runs show {run} has the command that answers.",
    },
  },
  today: {
    title: "Today",
    /** Name of the other language, in that language. */
    other: "中文",
    wrong: "What is wrong now",
    waits: "Waits for a person",
    well: "Nothing is wrong that watchbook can see.",
    wellUnread: "The checks have not been read yet. This takes at most one round.",
    duties: "Duties",
    dutiesEmpty:
      "The manual names no duty. Write a checklist with a frequency in its heading, for example “Daily inspection”, with task-list items below it.",
    checks: "Checks now",
    checksEmpty:
      "No check judges a calendar duty yet. Declare one under “checks:” in watchbook.yaml and tie it to an item with “items:”; watchbook inspect prints the lines to add.",
    findings: "Findings of the manual",
    findingsEmpty: "The manual has no findings.",
    findingsMore: "{count} more: watchbook lint lists all.",
    coverage: "Coverage",
    coverageEmpty: "The manual has no documents. Add a Markdown file, or name a .txt one.",
    events: "What happened",
    eventsEmpty: "Nothing yet.",
    seen: "up to date",
    lost: "The daemon does not answer. Last seen {ago} ago. Start it: watchbook serve",
    refused: "A newer manual is refused since {at}",
    running: "runs revision {commit}",
    folder: "runs the folder as it is (not in git)",
    heldUp: "The daemon's work is held up",
    next: "next",
    missed: "missed",
    last: "last",
    by: "by {who}",
    openItems: "{count} open",
    never: "never done",
    noCalendar: "when needed",
    owner: "ticks: {who}",
    since: "since {at}",
    states: {
      due: "due",
      running: "running",
      open: "open",
      done: "done",
      missed: "missed",
      waiting: "later",
      "on-demand": "when needed",
    },
    unread: "not read yet",
    levels: { error: "error", warn: "warning", note: "note", wait: "waits" },
    blockStates: {
      recognised: "recognised",
      declared: "declared",
      ambiguous: "ambiguous",
      conflict: "conflict",
      narrative: "narrative",
      ignored: "ignored",
    },
    columns: {
      duty: "Duty",
      state: "State",
      check: "Check",
      target: "On",
      value: "Value",
      limits: "Limits",
      outcome: "Outcome",
      file: "File",
      sections: "Sections",
      blocks: "Blocks",
      tables: "Tables",
      runnable: "Understood",
    },
    kinds: {
      "daemon.started": "daemon started",
      "daemon.stopped": "daemon stopped",
      "emergency.began": "emergency begun",
      "emergency.untold": "nobody could be told of an emergency",
      "emergency.ended": "emergency over",
      "book.loaded": "manual loaded",
      "book.refused": "manual refused",
      "duty.due": "duty due",
      "duty.started": "duty begun",
      "duty.joined": "duty done once more",
      "duty.open": "duty waits for a person",
      "duty.done": "duty done",
      "duty.missed": "duty missed",
      "duty.missed-older": "older periods missed",
      "duty.abandoned": "run broke off",
      "check.changed": "check changed",
      "channel.tested": "channel tried",
      "samples.dropped": "old samples dropped, the disk's share is used up",
      "alert.fired": "alert began",
      "alert.escalated": "alert escalated",
      "alert.acknowledged": "alert acknowledged",
      "alert.resolved": "alert over",
      "alert.withdrawn": "alert ended with its rule",
      "alert.flood": "many alerts at once",
      "lock.taken-over": "targets taken over from another run",
      "run.begun": "run begun",
      "run.ended": "run ended",
      "inspection.done": "inspection done",
      "inspection.answered": "items answered",
      "inspection.published": "report and evidence written",
    },
  },
  errors: {
    "DUTY-AT": {
      say: "“{at}” is no due time of duty {duty}.",
      fix: "Write HH:MM, with a day before it where the period is longer: “fri 09:00” for weekly, “31 09:00” or “last 09:00” for monthly duties.",
    },
    "DAEMON-RUNS": {
      say: "A daemon already owns {data}: process {pid}, since {since}.",
      fix: "Use it (watchbook status), end it (kill {pid}), or give another directory with --data.",
    },
    "DATA-OWNED": {
      say: "Another watchbook works on {data}: process {pid} ({command}), since {since}.",
      fix: "Wait until it is done, or end it (kill {pid}): a run pauses after its running step.",
    },
    "OWNER-LEFT": {
      say: "Process {pid} ({command}), which had {data}, has left.",
      fix: "Give the same command again: it goes on with the record as it was left.",
    },
    "OWNER-ENDED": {
      say: "Process {pid} ({command}), which had {data}, ended before it had answered.",
      fix: "Look first whether it was done (watchbook runs show last), then give the same command again if it was not.",
    },
    "OWNER-SILENT": {
      say: "Process {pid} ({command}), which has {data}, does not answer on its socket {socket}.",
      fix: "Look at its terminal; if it hangs, end it (kill {pid}): its runs are taken up with watchbook runs resume.",
    },
    "DAEMON-ENDED": {
      say: "The daemon of {data} (process {pid}) ended before it had answered.",
      fix: "Give the same command again: without a daemon it does the work itself, and the record goes on from what was committed. Then start the daemon again (watchbook serve); journalctl -u watchbook says why it ended.",
    },
    "DAEMON-SILENT": {
      say: "The daemon of {data} (process {pid}) does not answer on its socket {socket}.",
      fix: "Look at its output (journalctl -u watchbook); if it hangs, end it (kill {pid}) and start it again.",
    },
    "PORT-TAKEN": {
      say: "{address} is in use by another program.",
      fix: "Give another one with --listen, for example --listen 127.0.0.1:7071; `ss -ltnp` shows who has it.",
    },
    "LISTEN-REFUSED": {
      say: "{address} cannot be listened on ({detail}).",
      fix: "Give an address of this machine and a port from 1024 up with --listen.",
    },
    "LISTEN-ADDRESS": {
      say: "“{address}” is no address to listen on.",
      fix: "Write HOST:PORT, for example 127.0.0.1:7070 or [::1]:7070; 0 as port takes a free one.",
    },
    "LISTEN-OPEN": {
      say: "{address} can be reached from other machines, and no person has a token yet.",
      fix: "Make one first: watchbook serve --token-for PERSON; or listen on 127.0.0.1 and come through ssh -L.",
    },
    "SOCKET-REFUSED": {
      say: "No socket can be made at {path} ({detail}).",
      fix: "Remove what lies there, or put the data directory where there may be unix sockets with --data.",
    },
    "SOCKET-FOLDER": {
      say: "{folder} must belong to this user with mode 0700, for the daemon's socket lies in it.",
      fix: "Remove or rename that folder, or give a shorter data directory with --data so that the socket fits into it.",
    },
    "TOKEN-NEEDED": {
      say: "This needs a person's token.",
      fix: "Send it as “Authorization: Bearer …”; watchbook serve --token-for PERSON makes one. On the daemon's own machine the verbs need none.",
    },
    "TOKEN-UNKNOWN": {
      say: "This token is unknown or has expired, or its person is no longer in the book.",
      fix: "Make a new one: watchbook serve --token-for PERSON",
    },
    "TOKEN-SCOPE": {
      say: "This token of {person} may only read, or was sent as a browser's password.",
      fix: "Make one that may write (watchbook serve --token-for {person} --scope write) and send it as “Authorization: Bearer …”.",
    },
    "TOKEN-SOCKET-ONLY": {
      say: "Tokens are made only through the daemon's socket.",
      fix: "On the daemon's machine, as its user: watchbook serve --token-for PERSON",
    },
    "TOKEN-NO-PERSON": {
      say: "{person} is no person of the book; known: {known}.",
      fix: "Add the person under “people:” in watchbook.yaml and commit. Tokens belong to persons, never to shared accounts.",
    },
    "TOKEN-OPTIONS": {
      say: "“{value}” does not fit {option}.",
      fix: "--scope takes read or write, --days a number from 1 to 366.",
    },
    "TOKENS-BROKEN": {
      say: "{file} is not readable as JSON; no token is accepted.",
      fix: "Move the file away and make new tokens: watchbook serve --token-for PERSON",
    },
    "HOST-NOT-SERVED": {
      say: "This address is not served under the name “{host}”.",
      fix: "Use http://127.0.0.1 or http://localhost with the daemon's port.",
    },
    "REQUEST-INVALID": {
      say: "The request does not fit the contract: {problems}",
      fix: "GET /openapi.json describes every request.",
    },
    "BODY-NO-LENGTH": {
      say: "The body does not say how long it is.",
      fix: "Send it with “Content-Length”, not in chunks.",
    },
    "BODY-TOO-LARGE": {
      say: "The body is larger than {bytes} bytes.",
      fix: "Send less; GET /openapi.json describes every request.",
    },
    "BODY-NOT-JSON": { say: "The body must be JSON.", fix: "Send it with “Content-Type: application/json”." },
    "ROUTE-ABSENT": { say: "There is nothing at {path}.", fix: "GET /openapi.json lists every path." },
    "SECRET-MISSING": {
      say: "The secret {reference} is not to be had here.",
      fix: "Set the variable for this process, or make the file readable for its user; secrets are named env:NAME or file:/path.",
    },
    "REPORT-ABSENT": {
      say: "The report of {id} cannot be shown: {path} is not there, or is no longer a plain file of the book.",
      fix: "What was recorded is under /reports/{id}; the next inspection writes the file anew.",
    },
    "DOCUMENT-UNKNOWN": { say: "The manual has no document {file}.", fix: "GET /api/v1/manual lists them." },
    "CHECK-UNKNOWN": { say: "No check {id} is read.", fix: "GET /api/v1/checks lists those that are." },
    "INSPECTION-UNKNOWN": { say: "There is no inspection {id}.", fix: "GET /api/v1/inspections lists them." },
    INTERNAL: {
      say: "The daemon made a mistake of its own; nothing was answered.",
      fix: "Its output has the stack (journalctl -u watchbook); please report it.",
    },
  },
} as const;
