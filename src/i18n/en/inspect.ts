/** Words of the verb inspect. */
export const inspect = {
  verbs: {
    inspect: {
      does: "do a duty now: measure, ask what no machine can judge, write the dated report and its evidence",
      usage: "inspect [DUTY] [--by NAME] [--period P] [--no-ask]",
      examples:
        "watchbook inspect\nwatchbook inspect weekly --by wang\nwatchbook inspect upgrade-checklist --period v2.1\nwatchbook inspect --json --no-ask",
      exits:
        "0  passed; warnings are counted, not failing\n2  the manual or the input is wrong, or the report could not be written\n3  an item failed\n4  nothing failed, but a machine could not judge an item\n5  nothing failed, but a person must still tick an item\n130  interrupted; what was seen is on record",
    },
  },
  options: {
    "inspect.by": "who does it (default: your login name)",
    "inspect.period": "confirm the present period, or name the event (for duties without a calendar)",
    "inspect.no-ask": "do not ask on the terminal; items for a person stay open",
  },
  said: {
    progress: "{done} of {total} checks · {title}",
    begins: "{total} checks …",
    daemon: "The daemon (process {pid}) does it …",
    askIntro: "{count} items need a person. y: in order, n: not in order, s: skip, Enter: leave open.",
    ask: "{number}/{count} {text} ({place}) [y/n/s/Enter] ",
    askAgain: "Please answer y, n, s or press Enter. ",
    note: "  What did you see? (Enter: nothing to add) ",
    report: "Report:   {path}",
    evidence: "Evidence: {path}",
    verify: "Verify:   {command}",
    owner: "to be ticked by {owner}",
  },
  /** First letters of an answer. */
  answers: { pass: "y", fail: "n", skipped: "s" },
  errors: {},
} as const;
