import type { Verb } from "./verb.ts";

/** Every verb by name, loaded when it is called: `--help` of the whole must not pay for any of them. */
export const verbs = {
  demo: async () => (await import("./demo.ts")).demo,
  init: async () => (await import("./init.ts")).init,
  lint: async () => (await import("./lint.ts")).lint,
  show: async () => (await import("./show.ts")).show,
  inspect: async () => (await import("./inspect.ts")).inspect,
  serve: async () => (await import("./serve.ts")).serve,
  status: async () => (await import("./status.ts")).status,
  who: async () => (await import("./who.ts")).who,
  rota: async () => (await import("./rota.ts")).rota,
  tonight: async () => (await import("./tonight.ts")).tonight,
  gap: async () => (await import("./gap.ts")).gap,
  onboard: async () => (await import("./onboard.ts")).onboard,
  handover: async () => (await import("./handover.ts")).handover,
  run: async () => (await import("./run.ts")).run,
  runs: async () => (await import("./runs.ts")).runs,
  backup: async () => (await import("./backup.ts")).backup,
  restore: async () => (await import("./restore.ts")).restore,
  drill: async () => (await import("./drill.ts")).drill,
  target: async () => (await import("./target.ts")).target,
  alerts: async () => (await import("./alerts.ts")).alerts,
  incident: async () => (await import("./incident.ts")).incident,
  problem: async () => (await import("./problem.ts")).problem,
  why: async () => (await import("./why.ts")).why,
  heartbeat: async () => (await import("./heartbeat.ts")).heartbeat,
  channel: async () => (await import("./channel.ts")).channel,
  render: async () => (await import("./render.ts")).render,
  slo: async () => (await import("./slo.ts")).slo,
  account: async () => (await import("./account.ts")).account,
  session: async () => (await import("./session.ts")).session,
  audit: async () => (await import("./audit.ts")).audit,
  evidence: async () => (await import("./evidence.ts")).evidence,
} as const satisfies Record<string, () => Promise<Verb>>;

export type VerbName = keyof typeof verbs;
export const isVerb = (name: string): name is VerbName => Object.hasOwn(verbs, name);
