import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import { EXIT, type Exit } from "../model/error.ts";
import type { Handover } from "../model/handover.ts";
import { writeTogether } from "../report/disk.ts";
import { handoverMarkdown } from "../report/handover/markdown.ts";
import { accept } from "./handover/accept.ts";
import { gather } from "./handover/gather.ts";
import { pageFor, twinOf } from "./handover/place.ts";
import { openHere } from "./inspect/alone.ts";
import { textOf } from "./run/request.ts";
import { commandLine } from "./run/words.ts";
import type { Call, Verb } from "./verb.ts";

/** What the next operator must know, as a page with a JSON twin; the receiver signs for it. */
export const handover: Verb = {
  name: "handover",
  words: 1,
  options: {
    week: { type: "boolean" },
    rota: { type: "string" },
    "output-file": { type: "string" },
    accept: { type: "boolean" },
    as: { type: "string" },
    key: { type: "string" },
    signature: { type: "string" },
    print: { type: "boolean" },
  },
  run: async (call) => (call.values["accept"] === true ? accept(call) : write(call)),
};

async function write(call: Call): Promise<Exit> {
  const { world, values } = call;
  const found = await gather(call);
  const { book, root } = await openHere(call);
  const asked = textOf(values, "output-file");
  const path =
    asked === undefined
      ? pageFor(book, { root, data: call.data }, found.at, found.week !== undefined)
      : resolve(world.cwd, asked);
  const { said } = texts(found.lang).handover;
  const taker = found.takes[0]?.person ?? "PERSON";
  const sign = commandLine(call, "handover", "--accept", ...(asked === undefined ? [] : [asked]), "--as", taker);
  const page = handoverMarkdown(found, sign);
  const facts = `${JSON.stringify({ ...found, page: digest(page) }, null, 2)}\n`;
  await writeTogether([
    [twinOf(path), facts],
    [path, page],
  ]);
  world.stdout.write(
    call.json ? facts : `${format(said.written, { path })}\n${format(said.sign, { command: sign })}\n`,
  );
  return exitOf(found);
}

const digest = (text: string): string => `sha256:${createHash("sha256").update(text, "utf8").digest("hex")}`;

/** A week that failed is 3, one of which something is not known 4. */
function exitOf({ week }: Handover): Exit {
  if (week === undefined || week.verdict === "passed") return EXIT.ok;
  return week.verdict === "failed" ? EXIT.failed : EXIT.unreachable;
}
