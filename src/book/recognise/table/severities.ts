import type { Severity } from "../../../model/tables.ts";
import { channelKinds } from "../../words/channels.ts";
import { readDuration } from "../../words/duration.ts";
import { SEVERITY_HEADERS as H } from "../../words/headers.ts";
import { severityName } from "../../words/severities.ts";
import { isBareTime, withUnit } from "../../words/timed.ts";
import { finding, sourceAt } from "../place.ts";
import type { Found } from "../recogniser.ts";
import { scaleOf, undecided } from "../scale.ts";
import type { Columns, Sheet, TableRow, TableRule } from "./sheet.ts";
import { perHeader, columnsOf, filled, textAt } from "./sheet.ts";

const named = perHeader((header) => {
  const found = columnsOf(header, [
    ["level", H.level],
    ["respond", H.respond],
  ]);
  const resolves = H.resolve.flatMap((words) =>
    header.flatMap((text, column) =>
      words.in(text) && column !== found.level && column !== found.respond ? column : [],
    ),
  );
  return { ...found, resolves: [...new Set(resolves)] };
});

type Named = Columns<"level" | "respond" | "resolve" | "definition" | "channel">;

/** Columns of a sheet; of several that end the disturbance the first with a time in it. */
function columns(sheet: Sheet): Named {
  const known = found.get(sheet);
  if (known) return known;
  const { level, respond, resolves } = named(sheet);
  const resolve = resolves.find((column) => filled(sheet).some((row) => isTime(sheet, row, column))) ?? resolves[0];
  const free = sheet.header.map((text, column) => ([level, respond, resolve].includes(column) ? "" : text));
  const others = columnsOf(free, [
    ["definition", H.definition],
    ["channel", H.channel],
  ]);
  const all = {
    ...others,
    ...(level !== undefined && { level }),
    ...(respond !== undefined && { respond }),
    ...(resolve !== undefined && { resolve }),
  };
  found.set(sheet, all);
  return all;
}
const found = new WeakMap<Sheet, Named>();

const isTime = (sheet: Sheet, row: TableRow, column: number): boolean =>
  isBareTime(textAt(row, column), sheet.header[column]) || readDuration(textAt(row, column)).kind === "value";

/** Level × how soon to respond and to resolve (level, definition, response time, resolution time). Cells must be levels and durations. */
export const severities: TableRule = {
  kind: "severities",
  fits: (sheet) => {
    const { level, respond, resolve } = columns(sheet);
    return level !== undefined && (respond !== undefined || resolve !== undefined);
  },
  matches(sheet) {
    if (!severities.fits(sheet)) return false;
    const { level, respond, resolve } = columns(sheet);
    const rows = filled(sheet);
    const timed = rows.some((row) =>
      [respond, resolve].some((column) => column !== undefined && isTime(sheet, row, column)),
    );
    return timed && rows.every((row) => severityName(textAt(row, level)) !== undefined);
  },
  read(sheet) {
    const { place } = sheet;
    const scale = scaleOf(place, sheet.header, columns(sheet).resolve !== undefined);
    if (scale === undefined) return { findings: [undecided(place)] };
    return filled(sheet).reduce<{ severities: Severity[]; findings: NonNullable<Found["findings"]>[number][] }>(
      (all, row) => {
        const { severity, unclear } = readRow(sheet, row, scale);
        all.severities.push(severity);
        for (const cell of unclear)
          all.findings.push(finding("WB225", "warn", severity.source, { level: severity.id, cell }));
        return all;
      },
      { severities: [], findings: [] },
    );
  },
};

function readRow(
  sheet: Sheet,
  row: TableRow,
  scale: Severity["scale"],
): { readonly severity: Severity; readonly unclear: readonly string[] } {
  const { level, respond, resolve, definition, channel } = columns(sheet);
  const written = textAt(row, level);
  const name = severityName(written);
  const unclear: string[] = [];
  const seconds = (column: number | undefined): number | undefined => {
    const read = readDuration(withUnit(textAt(row, column), sheet.header[column ?? -1]));
    if (read.kind === "unclear") unclear.push(textAt(row, column));
    return read.kind === "value" ? read.seconds : undefined;
  };
  const [first, solved] = [seconds(respond), seconds(resolve)];
  const severity: Severity = {
    id: name?.id ?? written,
    definition: [name?.gloss ?? "", textAt(row, definition)].filter(Boolean).join(" · "),
    ...(first !== undefined && { respond: first }),
    ...(solved !== undefined && { resolve: solved }),
    channels: channelKinds(textAt(row, channel)),
    scale,
    source: sourceAt(sheet.place.page, row.line),
  };
  return { severity, unclear };
}
