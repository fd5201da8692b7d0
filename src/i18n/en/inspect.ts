/** Words of the verb inspect. */
export const inspect = {
  verbs: {
    inspect: {
      does: "do a duty now: measure, ask what no machine can judge, write the dated report and its evidence",
      usage:
        "inspect [DUTY] [--by NAME] [--period P] [--no-ask] | inspect [DUTY] --open | inspect [DUTY] --answer ITEM=pass|fail|skip … [--note TEXT]",
      examples:
        "watchbook inspect\nwatchbook inspect weekly --by wang\nwatchbook inspect upgrade-checklist --period v2.1\nwatchbook inspect --json --no-ask\nwatchbook inspect daily --open\nwatchbook inspect daily --answer 'fan=pass' --note 'quiet, no dust' --by wang",
      exits:
        "0  passed; warnings are counted, not failing\n2  the manual or the input is wrong, or the report could not be written\n3  an item failed\n4  nothing failed, but a machine could not judge an item\n5  nothing failed, but a person must still tick an item\n130  interrupted; what was seen is on record",
    },
  },
  options: {
    "inspect.by": "who does it (default: your login name)",
    "inspect.period": "confirm the present period, or name the event (for duties without a calendar)",
    "inspect.no-ask": "do not ask on the terminal; items for a person stay open",
    "inspect.answer":
      "answer an item that was left open: its id, text or part of its text, then =pass, =fail or =skip; nothing is measured again (repeatable)",
    "inspect.note": "what was seen; goes with every --answer of this call",
    "inspect.open": "ask on the terminal only for what was left open; nothing is measured again",
  },
  said: {
    progress: "{done} of {total} {total:check|checks} · {title}",
    begins: "{total} {total:check|checks} …",
    daemon: "The daemon (process {pid}) does it …",
    askIntro:
      "{count} {count:item needs|items need} a person. y: in order, n: not in order, s: skip, Enter: leave open.",
    ask: "{number}/{count} {text} ({place}) [y/n/s/Enter] ",
    askAgain: "Please answer y, n, s or press Enter. ",
    note: "  What did you see? (Enter: nothing to add) ",
    report: "Report:   {path}",
    evidence: "Evidence: {path}",
    verify: "Verify:   {command}",
    owner: "to be ticked by {owner}",
    answerLater: "Still open: {open}. Answer: {command} --open, or --answer ITEM=pass",
    noneAnswered: "Nothing was answered, nothing was recorded.",
  },
  /** First letters of an answer. */
  answers: { pass: "y", fail: "n", skipped: "s" },
  /** Why a disk takes nothing, by the store's code. */
  disks: {
    "STORE-FULL": "no space left",
    "STORE-READ-ONLY": "the disk or the folder is read-only",
    "STORE-IO": "the disk gives errors",
  },
  errors: {
    "INSPECTION-NOT-KEPT": {
      say: "Nothing of this inspection could be written in {folder} ({why}): there is no record, no report and no evidence of it.",
      fix: "What stands above is all there is of it: copy it if it is needed. Make room or make it writable (df -h {folder}; findmnt -T {folder}), then inspect again: the record goes on where it stood.",
    },
    "ANSWER-FORM": {
      say: "“{given}” is no answer.",
      fix: "Write --answer ITEM=pass, --answer ITEM=fail or --answer ITEM=skip; ITEM is the item's id, its text or a part of it.",
    },
    "ANSWER-NOTE": {
      say: "--note belongs to an answer.",
      fix: "Give --answer ITEM=pass|fail|skip with it; an inspection asks for notes itself.",
    },
    "ANSWER-OR-OPEN": {
      say: "--answer and --open do not go together.",
      fix: "--open asks on the terminal, --answer says it at once: give one of them.",
    },
    "ANSWER-NO-TERMINAL": {
      say: "There is no terminal to ask on.",
      fix: "Say it at once: watchbook inspect {duty} --answer ITEM=pass|fail|skip. Open are: {known}.",
    },
  },
} as const;
