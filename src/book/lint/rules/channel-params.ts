import type { LintContext, LintRule } from "../../../model/book.ts";
import type { Finding } from "../../../model/finding.ts";
import { likely } from "../../../model/nearest.ts";
import type { ChannelSpec } from "../../../model/notifier.ts";
import type { Schema, SchemaIssue } from "../../../model/schema.ts";
import { brokenRule, wantedForm } from "../../../model/wanted.ts";
import { give } from "../give.ts";
import { keysOf } from "../keys.ts";

/** A channel that could never deliver: an unknown kind, parameters its kind does not take, an address that is refused. */
export const channelParams: LintRule = {
  codes: ["WB815", "WB816", "WB817", "WB818"],
  run: async ({ config }, { notifiers }) => {
    if (notifiers === undefined || config.channels.length === 0) return [];
    // Most books have no channel: what knows addresses is not loaded for them.
    const { literalInside } = await import("../../../model/address.ts");
    return config.channels.flatMap((channel) => judge(channel, notifiers, literalInside));
  },
};

type Inside = (host: string, allow: readonly string[]) => boolean;

function judge(
  channel: ChannelSpec,
  kinds: NonNullable<LintContext["notifiers"]>,
  isInside: Inside,
): readonly Finding[] {
  const { id, kind, params } = channel;
  const schema = kinds.get(kind);
  if (schema === undefined) {
    const near = likely(kind, [...kinds.keys()]);
    return [give("WB815", "error", placed(channel, "kind"), { id, kind, near })];
  }
  const parsed = schema.safeParse(params);
  if (!parsed.success) return parsed.error.issues.flatMap((issue) => refusal(channel, schema, issue));
  return inside(channel, isInside);
}

/** The line of a parameter, else of the channel. */
const placed = ({ source, lines }: ChannelSpec, key: string | undefined): Finding["source"] => ({
  file: source.file,
  line: (key === undefined ? undefined : lines[key]) ?? source.line,
});

function refusal(channel: ChannelSpec, schema: Schema<unknown>, issue: SchemaIssue): readonly Finding[] {
  const { id, kind } = channel;
  const path = issue.path.map(String);
  const unknown = (issue as { readonly keys?: readonly string[] }).keys;
  if (issue.code === "unrecognized_keys" && unknown !== undefined)
    return unknown.map((key) => {
      const near = likely(key, [...keysOf(schema, path), ...(path.length === 0 ? ["allow", "ca", "perMinute"] : [])]);
      return give("WB816", "error", placed(channel, path[0] ?? key), { id, kind, key: [...path, key].join("."), near });
    });
  const rule = brokenRule(issue);
  const problem = rule === undefined ? (wantedForm(issue) ?? "?") : `issue:${rule}`;
  return [give("WB817", "error", placed(channel, path[0]), { id, kind, key: path.join(".") || "*", problem })];
}

/** A literal address inside, which no look-up has to find out. */
function inside(channel: ChannelSpec, isInside: Inside): readonly Finding[] {
  const given = ["url", "host", "api"].flatMap((key) => {
    const value = channel.params[key];
    return typeof value === "string" ? [[key, value] as const] : [];
  });
  return given.flatMap(([key, value]) => {
    const host = (URL.canParse(value) ? new URL(value).hostname : value).replace(/^\[(.*)\]$/, "$1");
    if (!isInside(host, channel.allow)) return [];
    return [give("WB818", "error", placed(channel, key), { id: channel.id, host })];
  });
}
