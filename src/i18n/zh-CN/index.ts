import type { en as source } from "../en/index.ts";
import type { Same } from "../same.ts";
import { keyed } from "../keyed.ts";
import { access } from "./access.ts";
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
import { heartbeat } from "./heartbeat.ts";
import { handover } from "./handover.ts";
import { inbound } from "./inbound.ts";
import { incidents } from "./incidents.ts";
import { inspect } from "./inspect.ts";
import { lint } from "./lint.ts";
import { notifiers } from "./notifiers.ts";
import { onboard } from "./onboard.ts";
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
import { watcher } from "./watcher.ts";
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

export const zh = {
  access,
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
  heartbeat,
  handover,
  incidents,
  inspect,
  lint,
  notifiers,
  onboard,
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
  watcher,
  words: { ...words, ...issues, ...codes },
  cli: {
    ...cli,
    verbs: {
      ...access.verbs,
      ...alerts.verbs,
      ...backups.verbs,
      ...demo.verbs,
      ...drills.verbs,
      ...evidence.verbs,
      ...gap.verbs,
      ...heartbeat.verbs,
      ...handover.verbs,
      ...incidents.verbs,
      ...inspect.verbs,
      ...lint.verbs,
      ...notifiers.verbs,
      ...onboard.verbs,
      ...render.verbs,
      ...rota.verbs,
      ...run.verbs,
      ...serve.verbs,
      ...slo.verbs,
      ...target.verbs,
    },
    options: {
      ...cli.options,
      ...access.options,
      ...alerts.options,
      ...backups.options,
      ...demo.options,
      ...drills.options,
      ...evidence.options,
      ...gap.options,
      ...heartbeat.options,
      ...handover.options,
      ...incidents.options,
      ...inspect.options,
      ...lint.options,
      ...notifiers.options,
      ...onboard.options,
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
    ...incidents.findings,
    ...lint.findings,
    ...notifiers.findings,
    ...procedures.findings,
    ...recognise.findings,
    ...rota.findings,
  },
  errors: {
    ...errors,
    ...access.errors,
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
    ...heartbeat.errors,
    ...handover.errors,
    ...incidents.errors,
    ...inbound.errors,
    ...inspect.errors,
    ...lint.errors,
    ...notifiers.errors,
    ...onboard.errors,
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
} satisfies Same<typeof source>;
