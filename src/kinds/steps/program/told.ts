import type { AttemptEnd } from "../../../model/journal.ts";

const REASON = "WB_REASON";
const ENDING = "WB_ENDING";
const ARG = "WB_ARG_";
const OWN = /^WB_/;

/** What one of our own programs says of itself through its outputs, see PRELUDE; nothing of it is passed on. */
export function told(end: AttemptEnd): AttemptEnd {
  const { outputs = {}, ...rest } = end;
  const reason = outputs[REASON];
  const given = Object.entries(outputs).filter(([name]) => !OWN.test(name));
  const passed = given.length > 0 && { outputs: Object.fromEntries(given) };
  if (reason === undefined || (end.ending !== "ok" && end.ending !== "failed")) return { ...rest, ...passed };
  const args = Object.entries(outputs)
    .filter(([name]) => name.startsWith(ARG))
    .map(([name, value]) => [name.slice(ARG.length), value] as const);
  const { code: _, ...told } = rest;
  const ending = outputs[ENDING] === "unknown" || outputs[ENDING] === "unreachable" ? outputs[ENDING] : end.ending;
  return { ...told, ending, reason, args: Object.fromEntries(args), ...passed };
}

/** What a program gave out for ourselves: values under names `WB_…`, by the name without that beginning. */
export const own = ({ outputs = {} }: AttemptEnd): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(outputs)
      .filter(([name]) => OWN.test(name))
      .map(([name, value]) => [name.slice(3), value] as const),
  );
