import { attachmentsOf } from "../../../evidence/run/attachments.ts";
import { ledgersOf } from "../../../evidence/run/ledger.ts";
import type { Journalled } from "../../../model/journal.ts";
import type { House, OpenBook } from "../../house.ts";
import { keptBytes } from "../kept.ts";
import { runEvidence } from "../evidence/input.ts";
import type { RunNow } from "../runner.ts";

/** Signs and logs what an ended run leaves; gives the absolute path of its evidence. A second time it is the first one's. */
export async function publish(
  house: House,
  open: OpenBook,
  { record, plan }: RunNow,
  journal: readonly Journalled[],
): Promise<string> {
  const { book } = open;
  const kind = book.runbooks.find(({ id }) => id === plan.runbook)?.kind ?? "other";
  const { people } = book.config;
  const input = runEvidence({ record, plan, journal, kind, people, version: house.version }, (run) =>
    house.runPage(open, run),
  );
  const attachments = await keptFiles(house.data, record.id, journal);
  const { directory } = await house.record(open, { ...input, attachments });
  const { title, environment } = plan;
  const data = { runbook: plan.runbook, title, environment, state: record.state, verdict: input.verdict };
  const event = { at: house.clock.wall(), kind: "run.ended", subject: record.id, data };
  await house.store.commit([{ kind: "event.add", event }]);
  return directory;
}

/** What persons and steps gave, by its name in the evidence. Rejects with RUN-FILE-LOST: the evidence is owed until it is back. */
async function keptFiles(
  data: string,
  run: string,
  journal: readonly Journalled[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const one of attachmentsOf(journal))
    if (!found.has(one.file)) found.set(one.file, await keptBytes(data, run, one));
  for (const ledger of ledgersOf(journal)) found.set(ledger.file, await keptBytes(data, run, ledger));
  return found;
}
