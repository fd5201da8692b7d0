// What becomes of the code blocks of a manual.
import { compileFiles } from "../../src/book/compile/compile.ts";
import { treeOf } from "./tree.ts";

export const fence = (...lines: readonly string[]): string => ["```bash", ...lines, "```"].join("\n");

/** The state of every block of a manual with this text, in order. */
export async function statesOf(text: string): Promise<readonly string[]> {
  const { book } = await compileFiles(treeOf({ "README.md": `# Manual\n\n${text}\n` }));
  return book.blocks.map(({ state }) => state);
}
