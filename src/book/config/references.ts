import type { Bands } from "../../model/check.ts";
import type { BookConfig } from "../../model/config.ts";
import type { Finding } from "../../model/finding.ts";
import type { GateCheck } from "../../model/rollout.ts";
import type { RunbookSpec } from "../../model/runbook-spec.ts";
import { nearest } from "../../model/nearest.ts";
import { alertReferences } from "./alert-references.ts";
import { accessReferences } from "./access.ts";
import { incidentReferences } from "./incidents.ts";
import { areOrdered } from "./bands.ts";
import { dotted } from "./problems.ts";
import type { Place } from "./problems.ts";
import { rotaNames } from "./rotas.ts";

/** Names that nothing in the file declares (WB035), and bands whose limits contradict each other (WB037). */
export function referenceProblems(config: BookConfig, place: Place): readonly Finding[] {
  const findings: Finding[] = [];
  const refer = (path: readonly PropertyKey[], name: string | undefined, known: readonly string[]): void => {
    if (name === undefined || known.includes(name)) return;
    const near = nearest(name, known) ?? (known.join(", ") || "–");
    findings.push({
      code: "WB035",
      level: "error",
      source: place(path),
      args: { key: dotted(path), name, nearest: near },
    });
  };
  const ordered = (path: readonly PropertyKey[], bands: Bands | undefined): void => {
    if (bands === undefined || areOrdered(bands)) return;
    const args = { key: dotted(path), bad: bands.bad };
    findings.push({ code: "WB037", level: "error", source: place(path), args });
  };
  const ids = (list: readonly { readonly id: string }[]): string[] => list.map((each) => each.id);
  const services = ids(config.services);
  const environments = ids(config.environments);
  const targets = ["local", ...config.targets.map((target) => target.name)];
  for (const service of config.services) {
    // Environments may stand in the manual instead; then nothing is declared here and nothing can be wrong.
    if (environments.length > 0)
      for (const name of service.environments) refer(["services", service.id, "environments"], name, environments);
    for (const name of service.needs) refer(["services", service.id, "needs"], name, services);
  }
  for (const environment of config.environments)
    refer(["environments", environment.id, "promotesTo"], environment.promotesTo, environments);
  for (const target of config.targets)
    if (environments.length > 0) refer(["targets", target.name, "environment"], target.environment, environments);
  for (const session of config.sessions)
    if (environments.length > 0)
      for (const name of session.environments ?? [])
        refer(["sessions", session.id, "environments"], name, environments);
  for (const freeze of config.freezes)
    if (environments.length > 0)
      for (const name of freeze.environments ?? []) refer(["freezes", freeze.id, "environments"], name, environments);
  for (const { id, service, steady, guards, detect, fault } of config.drills) {
    const path = ["drills", id];
    const checks = ids(config.checks);
    if (services.length > 0) refer([...path, "service"], service, services);
    for (const name of steady) refer([...path, "steady"], name, checks);
    for (const name of guards) refer([...path, "guards"], name, checks);
    refer([...path, "detect"], detect?.check, checks);
    for (const name of fault?.targets ?? []) refer([...path, "fault", "targets"], name, targets);
  }
  for (const { path, name, known } of rotaNames(config)) refer(path, name, known);
  for (const severity of config.severities)
    for (const name of severity.channels) refer(["severities", severity.id, "channels"], name, ids(config.channels));
  alertReferences(config, refer);
  accessReferences(config, refer);
  incidentReferences(config, refer);
  for (const runbook of config.runbooks) {
    const path = ["runbooks", runbook.id];
    if (services.length > 0) refer([...path, "service"], runbook.service, services);
    for (const name of runbook.targets ?? []) refer([...path, "targets"], name, targets);
    for (const { id, targets: there } of runbook.environments) {
      if (environments.length > 0) refer([...path, "environments", id], id, environments);
      for (const name of there ?? []) refer([...path, "environments", id, "targets"], name, targets);
    }
    for (const { gate, where } of gatesOf(runbook)) {
      const { target, bands } = gate.with as { readonly target?: string; readonly bands?: Bands };
      refer([...where, "target"], target, targets);
      ordered([...where, "bands"], bands);
    }
    for (const key of ["steps", "add"] as const)
      for (const step of runbook[key])
        for (const name of step.targets ?? []) refer([...path, key, step.id, "targets"], name, targets);
  }
  for (const check of config.checks) {
    refer(["checks", check.id, "target"], check.target, targets);
    if (services.length > 0) refer(["checks", check.id, "service"], check.service, services);
    ordered(["checks", check.id, "bands"], check.bands);
  }
  for (const { id, service, target, parts, agree, restore } of config.backups) {
    const path = ["backups", id];
    const there = (holds: readonly PropertyKey[], name: string): void => refer([...path, ...holds], name, ids(parts));
    if (services.length > 0) refer([...path, "service"], service, services);
    refer([...path, "target"], target, targets);
    refer([...path, "restore", "target"], restore.target, targets);
    for (const [index, { rows, files }] of agree.entries()) {
      there(["agree", index, "rows"], rows);
      there(["agree", index, "files"], files);
    }
  }
  for (const { id, service, members, repoint, probes } of config.clusters) {
    const path = ["clusters", id];
    if (services.length > 0) refer([...path, "service"], service, services);
    for (const { name, target } of members) refer([...path, "members", name, "target"], target, targets);
    for (const [key, steps] of Object.entries({ repoint, probes }))
      for (const step of steps)
        for (const name of step.targets ?? []) refer([...path, key, step.id, "targets"], name, targets);
  }
  return findings;
}

/** Gates of a runbook's rollouts, that of each environment too, with their places in the file. */
function gatesOf(
  runbook: RunbookSpec,
): readonly { readonly gate: GateCheck; readonly where: readonly PropertyKey[] }[] {
  const path = ["runbooks", runbook.id];
  const rollouts = [
    { gates: runbook.rollout?.gates ?? [], at: path },
    ...runbook.environments.map((one) => ({ gates: one.rollout?.gates ?? [], at: [...path, "environments", one.id] })),
  ];
  return rollouts.flatMap(({ gates, at }) =>
    gates.map((gate, index) => ({ gate, where: [...at, "rollout", "gates", index] })),
  );
}
