// What the people of a book hear: a real daemon on the book, and a receiver for every channel.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Serving } from "../../src/cli/serve.ts";
import { systemClock } from "../../src/model/time.ts";
import { bookFolder, git, serving, write } from "./daemon.ts";
import { receiver, type Got } from "./receiver.ts";

export interface Watched {
  readonly root: string;
  readonly serving: Serving;
  readonly receivers: Readonly<Record<string, Awaited<ReturnType<typeof receiver>>>>;
  /** The first notice of this event on a channel whose title has the text, from `after` on; waits for it. */
  readonly hears: (channel: string, event: string, title: string, after?: number, severity?: string) => Promise<Got>;
  /** `EVENT TITLE` of everything that a channel was sent. */
  readonly heard: (channel: string) => readonly string[];
}

const every = { checks: 250, book: 250, calendar: 1_000, alerts: 100 };

/**
 * Serves a book whose channels `names` are receivers on loopback. `yaml` is what is added to it, or a whole one when there
 * is no `root`.
 */
export async function watched(
  t: TestContext,
  given: {
    readonly names: readonly string[];
    readonly yaml: (channels: string) => string;
    readonly files?: Readonly<Record<string, string>>;
    readonly root?: string;
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<Watched> {
  const made = await Promise.all(given.names.map(async (name) => [name, await receiver(t)] as const));
  const receivers = Object.fromEntries(made);
  const channels = `channels:\n${made
    .map(([name, { url }]) => `  ${name}: { kind: webhook, url: "${url}", allow: ["127.0.0.1"] }\n`)
    .join("")}`;
  const files = { ...given.files, "watchbook.yaml": given.yaml(channels) };
  const root = given.root ?? bookFolder(t, files);
  if (given.root !== undefined) {
    write(root, files);
    // A book in git is served as it was committed.
    if (existsSync(join(root, ".git"))) git(root, "commit", "-qam", "who is told");
  }
  const served = await serving(t, root, { every, clock: systemClock, ...(given.env && { env: given.env }) });
  const heard = (channel: string): readonly string[] =>
    receivers[channel]!.got.map(({ event, title }) => `${event} ${title}`);
  return {
    root,
    serving: served,
    receivers,
    heard,
    hears: async (channel, event, title, after = 0, severity) => {
      const wanted = (one: Got): boolean =>
        one.event === event && one.title.includes(title) && (severity === undefined || one.severity === severity);
      const end = systemClock.monotonic() + 60_000_000_000n;
      for (;;) {
        const found = receivers[channel]!.got.slice(after).find(wanted);
        if (found) return found;
        if (systemClock.monotonic() > end)
          throw new Error(`${channel} never heard ${event} ${title}: ${heard(channel).join("\n")}`);
        await systemClock.sleep(20);
      }
    },
  };
}
