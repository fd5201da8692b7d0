import { drills } from "./drills.ts";

/** Runs of runbooks: their states, what they wait for, and why something cannot be done to one. */
export const runs = {
  states: {
    running: "running",
    waiting: "waiting",
    paused: "paused",
    undoing: "undoing",
    cancelling: "cancelling",
    done: "done",
    failed: "failed",
    undone: "undone",
    "failed-undo": "UNDO FAILED",
    cancelled: "cancelled",
    refused: "refused",
  },
  waits: {
    approval: "approval",
    key: "your go-ahead",
    tick: "a person's step",
    answer: "an answer to a failure",
    decision: "a decision about a doubt",
    timer: "a time",
  },
  /** Why a run ended as it did. */
  reasons: {
    cancelled: "{by} cancelled it: {reason}",
    "approval-rejected": "{by} rejected the approval {gate}: {reason}",
    "approval-expired": "Nobody gave the approval {gate} in time.",
    ...drills.ended,
    "too-many-failures": "{failures} {failures:target|targets} failed; {max} may.",
    "step-failed": "Step {step} failed on {target} ({ending}).",
    "broken-off": "Step {step} on {target} was broken off, or not verified, because the run stopped.",
    "in-doubt": "Step {step} began on {target}, and nobody knows how it ended.",
    skipped: "A person let step {step} on {target} be.",
    decided: "Step {step} on {target} counts as done because a person said so; no verify saw it.",
    "undo-failed": "The undo of step {step} failed on {target}: something was left.",
    left: "Step {step} on {target} was applied and not undone: an undo before it failed.",
    "no-undo": "Step {step} on {target} was applied, and the plan has no undo for it.",
    "not-held":
      "What step {step} was to hold on {target} until another one had ended did not take effect: it proves nothing.",
    "objective-missed": "Missed: {objective} was {measured} {unit}, the manual allows {limit} {unit}.",
    "objective-unmeasured": "Not demonstrated: nothing measured {objective} (the manual allows {limit} {unit}).",
    "not-ended": "The run has not ended.",
  },
  /** Objectives of a drill. */
  objectives: {
    rto: "recovery time (RTO)",
    rpo: "lost data (RPO)",
    rollback: "roll-back time",
    failover: "failover time",
    "data-lag": "data lag",
  },
  units: { seconds: "s", events: "events", rows: "rows" },
  /** What about a journal cannot be. */
  flaws: {
    hole: "entries are missing or out of order",
    foreign: "it belongs to another plan",
    "after-end": "something follows its end",
    epoch: "a worker wrote that had been replaced",
    order: "an outcome without a beginning, or a second one",
  },
  errors: {
    "RUN-UNKNOWN-NEAR": {
      say: "There is no run “{run}”.",
      fix: "Meant is perhaps: {near}. watchbook runs list shows the runs.",
    },
    "RUN-AMBIGUOUS": { say: "“{run}” may be any of {ids}.", fix: "Write more of the id that is meant." },
    "RUN-NONE": { say: "There is no run yet.", fix: "watchbook run RUNBOOK --env E --execute begins one." },
    "RUN-STOPPED": {
      say: "A mistake of watchbook itself stopped run {run}: {detail}",
      fix: "Nothing more of it is begun, and what was going on is in doubt. Please report it; then watchbook runs resume {run} or watchbook runs cancel {run}.",
    },
    "RUN-JOURNAL": {
      say: "The journal of run {run} cannot be as it is, from entry {seq} on: {flaw}.",
      fix: "It is not repaired and the run is not driven. Put the data directory back from a backup, or look at the targets and do what is left by hand.",
    },
    "PLAN-OTHER": {
      say: "The plan of {runbook} is {now}, not {was}.",
      fix: "Look at it again: watchbook run {runbook}; then give the digest that it shows.",
    },
    "OUTPUT-UNKNOWN": {
      say: "Run {run} has no output “{name}”.",
      fix: "Meant is perhaps: {nearest}.",
    },
    "CHANGE-UNKNOWN": {
      say: "There is no change “{id}” on record.",
      fix: "The page of changes lists what is: runs that wrote something, and revisions of the manual.",
    },
    "RUN-UNKNOWN": {
      say: "There is no run “{run}”.",
      fix: "watchbook runs list shows the runs; its beginning is enough when only one begins so.",
    },
    "RUN-ENDED": {
      say: "Run {run} has ended: {state}.",
      fix: "Look at it with watchbook runs show {run}; what is to be done again is a new run.",
    },
    "RUN-LOCKED": {
      say: "{key} is locked by {by} with run {run} since {since}: {reason}.",
      fix: "watchbook runs follow {run} shows it to its end and what it waits for; when it has ended or is cancelled, ask again. If nobody can end it and you know what became of it: --take-over.",
    },
    "PLAN-INCOMPLETE": {
      say: "{runbook} cannot be executed as it stands; missing: {count}.",
      fix: "watchbook run {runbook} lists what is missing, each with its line.",
    },
    "PLAN-CHANGED": {
      say: "The manual now gives another plan for {runbook} ({now}) than the one of run {run} ({was}): {what}.",
      fix: "Cancel it with watchbook runs cancel {run}, look at the new plan with watchbook run {runbook}, and have it approved.",
    },
    "RUN-WAITS-NOT": {
      say: "Run {run} does not wait for that ({kind}); it is {state}.",
      fix: "watchbook runs show {run} says what it waits for.",
    },
    "RUN-WAITS-WHICH": {
      say: "Run {run} waits for {waits}: say which one is meant.",
      fix: "Name it with --step and --target, or --gate.",
    },
    "RUN-FILE-LOST": {
      say: "The file {name} of run {run} is not there, or not the one that was kept: {path}.",
      fix: "Give it with watchbook runs tick {run} --file; when the run has ended, put it back in that place: its evidence is owed until then.",
    },
    "TICK-OUTPUTS": {
      say: "Step {step} of run {run} gives {names}: later steps need what you saw.",
      fix: "Tell it with --output NAME=VALUE, or say with --failed that it could not be done.",
    },
    "TICK-OUTPUT-UNKNOWN": {
      say: "Nothing of this step is called {names}; it gives: {known}.",
      fix: "Name only what it gives; anything else belongs into --note or --seen.",
    },
    "TICK-OUTPUTS-LONG": {
      say: "The values of step {step} are longer than {most} KiB.",
      fix: "A value is a word or a line; what was seen belongs into --seen.",
    },
    "TICK-NOTE": {
      say: "Step {step} of run {run} asks for what was seen.",
      fix: "Say it with --note TEXT.",
    },
    "TICK-FILE": {
      say: "Step {step} of run {run} asks for a photo or file.",
      fix: "Give it with --file FILE.",
    },
    "TICK-NO-FILE": {
      say: "Step {step} of run {run} takes no file.",
      fix: "Leave --file out, and say with --note what is to be known.",
    },
    "RUN-PAUSED": {
      say: "Run {run} is paused already, by {by}.",
      fix: "watchbook runs resume {run} lets it go on.",
    },
    "RUN-NOT-PAUSED": {
      say: "Run {run} is not paused; it is {state}.",
      fix: "watchbook runs show {run} says what it waits for.",
    },
  },
} as const;
