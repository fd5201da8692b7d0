/** Drills: the verb, and what was promised beside what was proven. */
export const drills = {
  verbs: {
    drill: {
      does: "do a runbook, or the restore of a backup, to see whether the manual's objectives are kept; without a name: what was promised and what was proven",
      usage:
        "drill [NAME] [--env E] [--param K=V …] [--targets A,B] [--inject-fault STEP] [--rehearse] [--outside-window WHY] [--by NAME] [--reason TEXT]",
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
    "drill.outside-window":
      "begin it outside of its hours in a protected environment, and why; stands in the plan and the evidence",
    "drill.reason": "why it is done; stands in the record",
    "drill.by": "who asks for it: a person of the book (default: your login name)",
    "drill.plan": "refuse unless the plan has this digest",
    "drill.output-file": "write the evidence as KEY=VALUE lines to this file too",
    "drill.detach": "leave it to the daemon and end at once",
    "drill.yes": "do not ask for the name of a protected environment",
    "drill.no-ask": "ask nothing on the terminal; what a person must say is left open",
  },
  steps: {
    "cluster-back": {
      name: "On the way back",
      does: "Does a step of the switchover that makes the first primary the primary again; what it measures has names of its own.",
    },
    steady: {
      name: "Steady state",
      does: "A drill begins when its checks are green, and ends when they are green again and stay so.",
    },
    detect: {
      name: "Noticed",
      does: "Waits behind the fault of a drill until a check has noticed it, and says how long that took.",
    },
  },
  reasons: {
    "cluster-back-lost": "{count} confirmed {count:row|rows} were lost by a change of the primary in order.",
    "not-steady":
      "Not steady, so the drill did not begin: {check} on {where} is {outcome} ({why}; value {value}; {detail}).",
    "steady-not-again":
      "Not steady again within {seconds} s: {check} on {where} is {outcome} ({why}; value {value}; {detail}).",
    "not-detected":
      "{check} on {where} did not notice the fault within {seconds} s; it was {outcome} ({why}; value {value}; {detail}).",
    "fault-frozen": "The freeze {id} holds ({from}–{to}, {zone}: {because}): nothing is broken on purpose now.",
    "fault-incident":
      "The incident {incident} is going on since {from} ({zone}: {because}): nothing is broken on purpose now.",
    "fault-outside-window": "It is outside of the drill's hours {window} ({zone}); they come {opens}.",
  },
  ended: {
    "guard-red": "The guard {check} on {where} was not green: {outcome} ({why}; value {value}; {detail}).",
    "guard-blind": "The guard {check} on {where} could not be measured ({why}; {detail}).",
  },
  missing: {
    "drill-check": {
      say: "The drill names a check {check}, which the book does not have.",
      fix: "Meant is perhaps: {nearest}.",
    },
    "drill-window": {
      say: "Drills of {runbook} in {environment}, which is protected, have no hours.",
      fix: 'Add to watchbook.yaml: drills: { {runbook}: { window: "02:00-05:00" } }; or say why it is done now: --outside-window WHY.',
    },
  },
  errors: {
    "DRILL-FROZEN": {
      say: "The freeze {id} holds in {environment} ({from}–{to}, {zone}: {because}): {runbook} is not begun.",
      fix: "Wait until it is over; freezes stand in watchbook.yaml under freezes: {id}.",
    },
    "DRILL-INCIDENT": {
      say: "The incident {incident} is going on in {environment} since {from} ({zone}: {because}): {runbook} is not begun.",
      fix: "Resolve it first (watchbook incident show {incident}); one that stands in watchbook.yaml is taken out under freezes: {id}.",
    },
    "DRILL-OUTSIDE-WINDOW": {
      say: "In {environment} {runbook} is drilled between {window} ({zone}) only; these hours come {opens}.",
      fix: "Wait for them, or say why it must be now: --outside-window WHY.",
    },
    "DRILL-OUTSIDE-REASON": {
      say: "--outside-window has no reason.",
      fix: "Say why: it stands in the plan that is approved, and in the evidence.",
    },
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
