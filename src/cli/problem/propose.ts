import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../../model/error.ts";
import type { Problem } from "../../model/problem.ts";
import { writeWhole } from "../../report/disk.ts";
import { besideOf, expectKnown } from "../../report/problem/beside.ts";
import { rowProposal, sectionProposal, type Page } from "../../report/problem/proposal.ts";
import type { ReadState } from "../read-state.ts";
import { textOf } from "../run/request.ts";
import type { Call } from "../verb.ts";

async function pageOf(root: string, file: string): Promise<Page> {
  try {
    return { file, text: await readFile(resolve(root, file), "utf8") };
  } catch (error) {
    throw new WatchbookError("FILE-NOT-FOUND", { path: file }, { cause: error });
  }
}

/** Rejects with PROBLEM-NOTHING, PROBLEM-WHERE or FILE-NOT-FOUND. */
async function patchOf(call: Call, { book, lang }: ReadState, problem: Problem): Promise<string> {
  expectKnown(problem);
  const { root } = book.open;
  const asked = textOf(call.values, "file");
  if (asked !== undefined) {
    const file = relative(root, resolve(call.world.cwd, asked));
    if (file.startsWith("..")) throw new WatchbookError("FILE-NOT-FOUND", { path: asked });
    return sectionProposal(await pageOf(root, file), problem, lang);
  }
  const { beside, row } = besideOf(problem, book.open.book.symptoms);
  const patch = rowProposal(await pageOf(root, beside.source.file), beside, row);
  if (patch === undefined) throw new WatchbookError("PROBLEM-WHERE", { id: problem.id });
  return patch;
}

/** What the manual should say now, as a patch that somebody applies; the manual itself is never touched. */
export async function propose(call: Call, state: ReadState, problem: Problem): Promise<Exit> {
  const patch = await patchOf(call, state, problem);
  const asked = textOf(call.values, "output-file");
  const path = asked === undefined ? undefined : resolve(call.world.cwd, asked);
  if (path !== undefined) await writeWhole(path, patch);
  const { said } = texts(state.lang).incidents;
  const human = path === undefined ? patch : `${format(said.patch, { path })}\n`;
  call.world.stdout.write(
    call.json ? `${JSON.stringify({ problem: problem.id, path: path ?? null, patch })}\n` : human,
  );
  return EXIT.ok;
}
