import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { clocksNow } from "../../desk/incident/index.ts";
import { INCIDENT_NAME } from "../../book/words/incident.ts";
import type { Book } from "../../model/book.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Incident } from "../../model/incident.ts";
import { writeWhole } from "../../report/disk.ts";
import { reviewMarkdown } from "../../report/incident/review.ts";
import { slug } from "../../report/name.ts";
import type { ReadState } from "../read-state.ts";
import { textOf } from "../run/request.ts";
import type { Call } from "../verb.ts";

/** `incident-sim-20260121-01-mattermost-502.md` in the manual's own folder for them, else among the reports. */
function pathOf(call: Call, { config, namePatterns }: Book, root: string, { id, title }: Incident): string {
  const name = `${id.replace(/^inc-/, "incident-")}-${slug(title.toLowerCase())}.md`;
  const own = namePatterns.find(({ pattern, directory }) => INCIDENT_NAME.test(`${directory}/${pattern}`));
  const folder = own?.pattern.includes("/") ? own.pattern.slice(0, own.pattern.lastIndexOf("/")) : own?.directory;
  if (folder !== undefined && !isAbsolute(folder) && !folder.split("/").includes(".."))
    return resolve(root, folder, name);
  const reports = config.reports === undefined ? join(call.data, "reports") : resolve(root, config.reports);
  return join(reports, "incidents", name);
}

/** Writes the review with its facts; what people wrote into it stays. Gives its absolute path. Rejects with INCIDENT-REVIEW-FOREIGN. */
export async function writeReview(call: Call, { book, store, lang }: ReadState, incident: Incident): Promise<string> {
  const { open } = book;
  const asked = textOf(call.values, "output-file");
  const path = asked === undefined ? pathOf(call, open.book, open.root, incident) : resolve(call.world.cwd, asked);
  const runs = await Promise.all(incident.runs.map((run) => store.run(run)));
  const facts = {
    ...{ incident, lang, zone: open.book.zone, clocks: clocksNow(incident, call.world.clock.wall()) },
    runs: runs.flatMap((run) => run?.record ?? []),
  };
  const text = reviewMarkdown(facts, existsSync(path) ? readFileSync(path, "utf8") : undefined);
  if (text === undefined) throw new WatchbookError("INCIDENT-REVIEW-FOREIGN", { path });
  await writeWhole(path, text);
  return path;
}
