import { openBook } from "../../book/open.ts";
import { needsPerson, type Answer } from "../../engine/inspect.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Book } from "../../model/book.ts";
import type { Duty } from "../../model/duty.ts";
import type { Lang } from "../../model/lang.ts";
import type { Client } from "../client.ts";
import { namedDuty } from "../duty.ts";
import type { Call } from "../verb.ts";
import { byOf, mayAsk } from "./alone.ts";
import { asking } from "./ask.ts";
import type { Done } from "./done.ts";

type Duties = {
  readonly duties: readonly (Pick<Duty, "id" | "title" | "kind" | "items"> & {
    readonly every: Duty["every"] | null;
  })[];
};

/** The daemon runs its own revision of the manual; the duty and its items are those it knows. */
export async function dutyOf(client: Client, name: string | undefined, title: string) {
  const { duties } = await client.get<Duties>("/api/v1/duties");
  const known = duties.map(({ every, ...duty }) => ({ ...duty, ...(every !== null && { every }) }));
  return namedDuty(
    { title, duties: known as readonly Pick<Duty, "id" | "title" | "kind" | "items" | "every">[] },
    name,
  );
}

/** Lets the daemon that owns the data do the duty; the person is asked first. */
export async function throughDaemon(
  call: Call,
  client: Client,
): Promise<{ readonly book: Book; readonly done: Done; readonly lang: Lang }> {
  const { world, values } = call;
  const { book } = await openBook(call.book, { tolerant: true });
  const lang = values["lang"] === undefined ? book.lang : call.lang;
  const duty = await dutyOf(client, call.positionals[0], book.title);
  const open = duty.items.filter(needsPerson);
  const ticks: Record<string, Answer> = {};
  if (mayAsk(call) && open.length > 0) {
    using person = asking(world, lang, open.length);
    for (const item of open) {
      const answer = await person.ask(item);
      if (answer) ticks[item.id] = answer;
    }
  }
  world.signal.throwIfAborted();
  world.stderr.write(`${format(texts(lang).inspect.said.daemon, { pid: client.owner.pid })}\n`);
  const period = values["period"];
  const request = { by: byOf(call), ticks, ...(typeof period === "string" && { period }) };
  const path = `/api/v1/duties/${encodeURIComponent(duty.id)}/inspect?lang=${lang}`;
  const done = await client.post<Done>(path, request, world.signal);
  return { book, done, lang };
}
