import { existsSync, globSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { HANDOVER_NAME } from "../../book/words/handover.ts";
import type { Book } from "../../model/book.ts";
import { fill } from "../../report/name.ts";

/** Files beside a page. */
export const twinOf = (page: string): string => `${page.replace(/\.md$/, "")}.json`;
export const acceptedOf = (page: string, person: string): string => `${page.replace(/\.md$/, "")}.${person}.accepted`;

interface Where {
  readonly root: string;
  readonly data: string;
}

/** The manual's own pattern, when it has one inside of the book; else a folder of its own among the reports. */
function patternOf(book: Book, { root, data }: Where, week: boolean): string {
  const own = book.namePatterns.find(({ pattern }) => HANDOVER_NAME.test(pattern) && pattern.endsWith(".md"));
  if (own !== undefined && !isAbsolute(own.pattern) && !own.pattern.split("/").includes(".."))
    return resolve(root, own.pattern.includes("/") ? own.pattern : join(own.directory, own.pattern));
  const folder = book.config.reports === undefined ? join(data, "reports") : resolve(root, book.config.reports);
  return join(folder, "handovers", `handover${week ? "-week" : ""}-YYYYMMDD.md`);
}

/** Whether anybody has signed for a page: it is never written over. */
export const isAccepted = (page: string): boolean =>
  existsSync(dirname(page)) &&
  globSync(`${page.slice(0, -".md".length).replaceAll(/[[\]{}*?!()]/g, "?")}.*.accepted`).length > 0;

/** Absolute path of the page of a day: where one was taken over already, the next number. */
export function pageFor(book: Book, where: Where, at: number, week: boolean): string {
  const page = fill(patternOf(book, where, week), { at, zone: book.zone, topic: "handover" });
  if (!isAccepted(page)) return page;
  for (let number = 2; ; number += 1) {
    const next = page.replace(/\.md$/, `-${number}.md`);
    if (!isAccepted(next)) return next;
  }
}

/** The page of a day that was written last; undefined when there is none. */
export function newestPage(book: Book, where: Where, at: number): string | undefined {
  const days = [at, at - 86_400_000];
  const names = days.flatMap((day) =>
    [false, true].map((week) => fill(patternOf(book, where, week), { at: day, zone: book.zone, topic: "handover" })),
  );
  const numbered = names.flatMap((page) => {
    const found = [page];
    for (let next = page, number = 2; existsSync(next); number += 1) {
      next = page.replace(/\.md$/, `-${number}.md`);
      found.unshift(next);
    }
    return found;
  });
  return numbered.find((page) => existsSync(page));
}
