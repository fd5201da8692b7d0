/** Drills: the verb, and what was promised beside what was proven. */
export const drills = {
  verbs: {
    drill: {
      does: "do a runbook, or the restore of a backup, to see whether the manual's objectives are kept; without a name: what was promised and what was proven",
      usage:
        "drill [NAME] [--env E] [--param K=V …] [--targets A,B] [--inject-fault STEP] [--rehearse] [--by NAME] [--reason TEXT]",
      examples:
        "watchbook drill\nwatchbook drill orders --by wang --reason 'monthly'\nwatchbook drill orders --param SET=random\nwatchbook drill SOP-02 --env staging --inject-fault switch\nwatchbook drill SOP-02 --env prod --rehearse",
      exits:
        "0  everything held and every objective was kept; without a name: no promise is missed\n2  the book or the input is wrong, or something is missing in the plan\n3  it failed, an objective was missed, or it was not measured\n4  a target cannot be reached\n5  it waits for a person\n130  interrupted",
    },
  },
  options: {
    "drill.env": "environment, where the runbook's target does not say it",
    "drill.param": "value of a parameter, NAME=VALUE (repeatable)",
    "drill.targets": "only these targets, separated by commas",
    "drill.inject-fault": "inject the declared fault before this step, prove that it bites, and remove it",
    "drill.rehearse": "only show the plan; a rehearsal never counts as proof",
    "drill.reason": "why it is done; stands in the record",
    "drill.by": "who asks for it: a person of the book (default: your login name)",
    "drill.plan": "refuse unless the plan has this digest",
    "drill.output-file": "write the evidence as KEY=VALUE lines to this file too",
    "drill.detach": "leave it to the daemon and end at once",
    "drill.yes": "do not ask for the name of a protected environment",
    "drill.no-ask": "ask nothing on the terminal; what a person must say is left open",
  },
  table: {
    head: {
      runbook: "runbook",
      objective: "objective",
      promised: "promised",
      state: "proof",
      last: "last",
      worst: "worst of 3",
      best: "best of 3",
      attempts: "drills",
      proven: "when",
    },
    states: {
      kept: "kept",
      missed: "MISSED",
      unmeasured: "NOT MEASURED",
      undrilled: "UNDRILLED",
      removed: "EVIDENCE GONE",
    },
    works: "it works",
    none: "The book has nothing to drill: no restore, failover, rollback or drill procedure, and no backup set.",
  },
} as const;
