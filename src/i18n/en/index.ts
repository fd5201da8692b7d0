import { keyed } from "../keyed.ts";
import { alerts } from "./alerts.ts";
import { api } from "./api.ts";
import { approvals } from "./approvals.ts";
import { backups } from "./backups.ts";
import { book } from "./book.ts";
import { checks } from "./checks.ts";
import { cli } from "./cli.ts";
import { clusters } from "./clusters.ts";
import { demo } from "./demo.ts";
import { desk } from "./desk.ts";
import { drills } from "./drills.ts";
import { drivers } from "./drivers.ts";
import { errors } from "./errors.ts";
import { evidence } from "./evidence.ts";
import { gap } from "./gap.ts";
import { handover } from "./handover.ts";
import { inspect } from "./inspect.ts";
import { lint } from "./lint.ts";
import { notifiers } from "./notifiers.ts";
import { plan } from "./plan.ts";
import { procedures } from "./procedures.ts";
import { recognise } from "./recognise.ts";
import { render } from "./render.ts";
import { report } from "./report.ts";
import { rota } from "./rota.ts";
import { runPage } from "./run-page.ts";
import { run } from "./run.ts";
import { runs } from "./runs.ts";
import { serve } from "./serve.ts";
import { show } from "./show.ts";
import { slo } from "./slo.ts";
import { steps } from "./steps.ts";
import { store } from "./store.ts";
import { target } from "./target.ts";
import { targets } from "./targets.ts";
import { words } from "./words.ts";

/** Rules of parameters by the keys that schemas name them with. */
const issues: Readonly<Record<`issue:${string}`, string>> = Object.fromEntries(
  Object.entries({ ...checks.issues, ...steps.issues, ...notifiers.issues }).map(
    ([key, text]) => [`issue:${key}`, text] as const,
  ),
);

/** Codes of runs: states, what they wait for, flaws of journals. */
const codes = {
  ...keyed("run", runs.states),
  ...keyed("wait", runs.waits),
  ...keyed("journal", runs.flaws),
  ...keyed("objective", runs.objectives),
  ...keyed("unit", runs.units),
  ...keyed("disk", inspect.disks),
  ...keyed("slo", slo.problems),
};

export const en = {
  alerts,
  api,
  backups,
  book,
  checks,
  clusters,
  demo,
  desk,
  drills,
  evidence,
  gap,
  handover,
  inspect,
  lint,
  notifiers,
  plan,
  procedures,
  recognise,
  render,
  report,
  rota,
  runPage,
  run,
  runs,
  serve,
  show,
  slo,
  steps,
  store,
  target,
  words: { ...words, ...issues, ...codes },
  cli: {
    ...cli,
    verbs: {
      ...alerts.verbs,
      ...backups.verbs,
      ...demo.verbs,
      ...drills.verbs,
      ...evidence.verbs,
      ...gap.verbs,
      ...handover.verbs,
      ...inspect.verbs,
      ...lint.verbs,
      ...notifiers.verbs,
      ...render.verbs,
      ...rota.verbs,
      ...run.verbs,
      ...serve.verbs,
      ...slo.verbs,
      ...target.verbs,
    },
    options: {
      ...cli.options,
      ...alerts.options,
      ...backups.options,
      ...demo.options,
      ...drills.options,
      ...evidence.options,
      ...gap.options,
      ...handover.options,
      ...inspect.options,
      ...lint.options,
      ...notifiers.options,
      ...render.options,
      ...rota.options,
      ...run.options,
      ...serve.options,
      ...slo.options,
      ...target.options,
    },
  },
  findings: {
    ...alerts.findings,
    ...book.findings,
    ...lint.findings,
    ...notifiers.findings,
    ...procedures.findings,
    ...recognise.findings,
    ...rota.findings,
  },
  errors: {
    ...errors,
    ...alerts.errors,
    ...api.errors,
    ...approvals.errors,
    ...backups.errors,
    ...book.errors,
    ...checks.errors,
    ...cli.errors,
    ...demo.errors,
    ...desk.errors,
    ...drills.errors,
    ...drivers.errors,
    ...evidence.errors,
    ...gap.errors,
    ...handover.errors,
    ...inspect.errors,
    ...lint.errors,
    ...notifiers.errors,
    ...plan.errors,
    ...render.errors,
    ...report.errors,
    ...rota.errors,
    ...run.errors,
    ...runs.errors,
    ...serve.errors,
    ...slo.errors,
    ...steps.errors,
    ...store.errors,
    ...target.errors,
    ...targets.errors,
  },
} as const;
