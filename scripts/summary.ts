// Reporter beside `dot` or `spec`: how many tests there were, which were left out for what reason, and what took longest.
import { relative } from "node:path";
import type { TestEvent } from "node:test/reporters";

/** How a reason of test/live/needs.ts ends that a Debian package would mend. */
const INSTALL = /: apt-get install (.+)$/;

interface Counted {
  readonly passed: number;
  readonly failed: number;
  /** Number of tests left out by reason. */
  readonly left: ReadonlyMap<string, number>;
  /** Milliseconds by file. */
  readonly files?: ReadonlyMap<string, number>;
}

/** Files that are named: so many at most, and none that took less (ms). */
const NAMED = 8;
const LONG = 10_000;

function slowest(files: ReadonlyMap<string, number>): readonly string[] {
  const named = [...files].toSorted(([, a], [, b]) => b - a).filter(([, ms]) => ms >= LONG);
  if (named.length === 0) return [];
  return [
    `  longest: ${named
      .slice(0, NAMED)
      .map(([file, ms]) => `${file} ${Math.round(ms / 1_000)} s`)
      .join(", ")}`,
  ];
}

/** The last lines of a run of all tests. */
export function summary({ passed, failed, left, files = new Map() }: Counted): string {
  const skipped = [...left.values()].reduce((sum, count) => sum + count, 0);
  const packages = [...left.keys()].flatMap((reason) => INSTALL.exec(reason)?.[1]?.split(" ") ?? []);
  const reasons = [...left].toSorted(([, a], [, b]) => b - a).map(([reason, count]) => `  ${count} × ${reason}`);
  return [
    `wb: ${passed + failed + skipped} tests: ${passed} passed, ${failed} failed, ${skipped} skipped`,
    ...reasons,
    ...(packages.length > 0
      ? [`  all of these that a package mends: apt-get install ${[...new Set(packages)].toSorted().join(" ")}`]
      : []),
    ...slowest(files),
    "",
  ].join("\n");
}

/** Counts every test of all files; says nothing until the end. */
export default async function* counted(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const left = new Map<string, number>();
  const files = new Map<string, number>();
  let [passed, failed] = [0, 0];
  for await (const { type, data } of source) {
    if (type === "test:summary" && data.file !== undefined)
      files.set(relative(process.cwd(), data.file), data.duration_ms);
    if ((type !== "test:pass" && type !== "test:fail") || data.details.type === "suite") continue;
    const reason = typeof data.skip === "string" ? data.skip : data.skip === true ? "no reason given" : undefined;
    if (reason !== undefined) left.set(reason, (left.get(reason) ?? 0) + 1);
    else if (type === "test:pass") passed++;
    else failed++;
  }
  yield `\n${summary({ passed, failed, left, files })}`;
}
