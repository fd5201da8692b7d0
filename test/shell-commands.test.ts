import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { shellText } from "../src/book/shell/commands.ts";
import { worstRisk } from "../src/book/shell/worse.ts";

const table = readFileSync(new URL("books/procedures/commands.tsv", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [expectation = "", command = ""] = line.split("\t");
    const words = `${expectation} ${command.endsWith(" +sudo") ? "+sudo" : ""}`.trim().split(/\s+/);
    return { words, command: command.replace(/ \+sudo$/, "").replaceAll("\\n", "\n") };
  });

/** What the reader says of a command line, in the words of the table. */
function said(text: string, wantsWhy: boolean): readonly string[] {
  const { commands, problem } = shellText(text);
  assert.equal(problem, undefined, text);
  const worst = worstRisk(commands.map((command) => command.risk));
  const one = commands.find((command) => command.risk === worst);
  return [
    worst,
    ...(commands.some((command) => command.neverEnds) ? ["+follow"] : []),
    ...(commands.some((command) => command.interactive) ? ["+ask"] : []),
    ...(commands.some((command) => command.sudo) ? ["+sudo"] : []),
    ...(wantsWhy ? [`why:${one?.why ?? ""}`] : []),
    ...commands.flatMap((command) => command.placeholders.map((placeholder) => `?${placeholder.kind}`)),
  ].toSorted();
}

test("at least 200 command lines are in the table", () => assert.ok(table.length >= 200, String(table.length)));

for (const { words, command } of table)
  test(`${words.join(" ")}: ${command.split("\n", 1)[0] ?? ""}`, () => {
    const wantsWhy = words.some((word) => word.startsWith("why:"));
    assert.deepEqual(said(command, wantsWhy), words.toSorted());
  });
