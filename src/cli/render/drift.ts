import { join } from "node:path";
import { orphans, textOf, type Kept, type Manifest } from "./manifest.ts";

/** How one file that is deployed differs from what the book gives. */
export interface Drift {
  readonly path: string;
  readonly state: "same" | "changed" | "missing" | "extra";
  /** Lines that only the deployed file has, and only the book's. */
  readonly only?: { readonly deployed: readonly string[]; readonly book: readonly string[] };
}

/** Another page of the book gives another digest and the same rules. */
const undated = (text: string): string => text.replaceAll(/sha256:[0-9a-f]+/g, "sha256");

/** Lines of `a` that `b` has not, as often as it has them more. */
function lacking(a: readonly string[], b: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const line of b) left.set(line, (left.get(line) ?? 0) + 1);
  return a.filter((line) => {
    const more = left.get(line) ?? 0;
    left.set(line, more - 1);
    return more <= 0;
  });
}

function compared(path: string, book: string, deployed: string | undefined): Drift {
  if (deployed === undefined) return { path, state: "missing" };
  const [here, there] = [undated(book), undated(deployed)];
  if (here === there) return { path, state: "same" };
  const [a, b] = [there.split("\n"), here.split("\n")];
  return { path, state: "changed", only: { deployed: lacking(a, b), book: lacking(b, a) } };
}

/** Every file of the book beside what lies in a folder, and what lies there because the book once gave it. */
export async function driftOf(
  folder: string,
  files: readonly Kept[],
  manifest: Manifest,
  kinds: ReadonlySet<string>,
): Promise<readonly Drift[]> {
  const drifts: Drift[] = [];
  for (const { path, text } of files) drifts.push(compared(path, text, await textOf(join(folder, path))));
  for (const path of orphans(manifest, kinds, files))
    if ((await textOf(join(folder, path))) !== undefined) drifts.push({ path, state: "extra" });
  return drifts;
}
