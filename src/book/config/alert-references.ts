import type { BookConfig } from "../../model/config.ts";

type Refer = (path: readonly PropertyKey[], name: string | undefined, known: readonly string[]) => void;

const ids = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);

/** Who is told: channels, rotas, people and chains that the file must declare. Checks and severities may stand in the manual. */
export function alertReferences(config: BookConfig, refer: Refer): void {
  const channels = ids(config.channels);
  for (const { id, channels: own = [] } of config.people)
    for (const name of own) refer(["people", id, "channels"], name, channels);
  for (const { id, escalation } of config.severities)
    refer(["severities", id, "escalation"], escalation, ids(config.escalations));
  for (const { id, steps } of config.escalations)
    for (const [index, step] of steps.entries()) {
      const path = ["escalations", id, "steps", index];
      for (const name of step.channels) refer([...path, "channels"], name, channels);
      for (const name of step.rotas) refer([...path, "rotas"], name, ids(config.rota));
      for (const name of step.people) refer([...path, "people"], name, ids(config.people));
    }
  refer(["watcher", "heartbeat", "channel"], config.watcher?.heartbeat?.channel, channels);
  for (const name of config.watcher?.channels ?? []) refer(["watcher", "channels"], name, channels);
  for (const name of config.alerts?.fallback ?? []) refer(["alerts", "fallback"], name, channels);
}
