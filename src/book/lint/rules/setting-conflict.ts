import type { Book, LintRule } from "../../../model/book.ts";
import type { Source } from "../../../model/source.ts";
import { CONNECTION_METRIC } from "../../words/lint.ts";
import { give } from "../give.ts";
import { linesOf } from "../lines.ts";

/** One value of one named setting somewhere in the book. */
interface Setting {
  readonly name: string;
  readonly value: number;
  readonly source: Source;
}

const SET_COMMAND = /\bset\s+([A-Za-z][\w.-]*\.)?([A-Za-z]\w*)\s+(\d+)\b/;
const JSON_VALUE = /"([A-Za-z]\w*)"\s*:\s*(\d+)\b/;
/** Names of what bounds something; ports, sizes of answers and counts of examples differ without contradiction. */
const LIMIT = /max|min|limit|timeout|interval|retention|ttl|threshold|quota|backlog|pool|retries|keep|expir/i;
const MAX_CONNECTIONS = /^max_?connections$/i;

/** The same limit has other values in a table, a procedure and a configuration example (S-022, S-063, S-086). */
export const settingConflict: LintRule = {
  codes: ["WB602"],
  run: (book) => {
    const byName = Map.groupBy(
      settingsOf(book),
      ({ name, source }) => `${source.file} ${name.toLowerCase().replaceAll("_", "")}`,
    );
    return [...byName.values()].flatMap((settings) => {
      const limit = MAX_CONNECTIONS.test(settings[0]!.name) ? connectionLimits(book, settings[0]!.source.file) : [];
      const all = [...limit, ...settings];
      if (new Set(all.map(({ value }) => value)).size < 2) return [];
      const places = all.map(({ value, source }) => `${value} (${source.file}:${source.line})`);
      return [give("WB602", "error", all.at(-1)!.source, { name: settings[0]!.name, places })];
    });
  },
};

function settingsOf(book: Book): readonly Setting[] {
  return book.blocks.flatMap((block) => {
    if (!block.lang.startsWith("json") && !block.text.includes("set")) return [];
    const found = linesOf(block).flatMap(({ text, source }) => {
      const command = SET_COMMAND.exec(text);
      if (command && !/^\s*#/.test(text)) return [{ name: command[2]!, value: Number(command[3]), source }];
      const json = block.lang.startsWith("json") ? JSON_VALUE.exec(text) : null;
      return json && LIMIT.test(json[1]!) ? [{ name: json[1]!, value: Number(json[2]), source }] : [];
    });
    if (!block.lang.startsWith("json")) return found;
    // A name that comes again inside one block is a field of records, not one setting with two values.
    const byName = Map.groupBy(found, ({ name }) => name);
    return found.filter(({ name }) => byName.get(name)!.length === 1);
  });
}

/** The critical value of the connections metric stands for the limit: at it, new connections are refused. */
const connectionLimits = (book: Book, file: string): readonly Setting[] =>
  book.thresholds
    .filter(
      ({ metric, critical, source }) =>
        critical !== undefined && source.file === file && CONNECTION_METRIC.test(metric),
    )
    .map(({ metric, critical, source }) => ({ name: metric, value: critical!, source }));
