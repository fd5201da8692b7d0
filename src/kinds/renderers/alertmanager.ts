import type { AlertSeverity } from "../../model/alert-policy.ts";
import { isBefore, type Renderer, type RenderInput, type Unrendered } from "../../model/renderer.ts";
import { matcherText, type Matcher } from "../../model/silence.ts";
import { intervalsOf } from "./alertmanager/times.ts";
import { receiving } from "./alertmanager/receiver.ts";
import { DEADMAN, NO_SEVERITY } from "./promql/names.ts";
import { literal, quoted } from "./promql/selector.ts";
import { span } from "./text/template.ts";
import { yamlFile } from "./text/yaml.ts";

const PATH = "alertmanager/alertmanager.yml";
/** How long joins of the worst severity wait at most, milliseconds. */
const WORST_UPDATE_MS = 30_000;

const matcher = (label: string, value: string): string => `${label}=${quoted(value)}`;
const written = (one: Matcher): string => matcherText({ ...one, value: quoted(one.value) });
const nameOf = (severity: string): string => `severity ${severity}`;
const quietOf = (severity: string): string => `quiet ${severity}`;

/** Channels of the first step of a chain: Alertmanager knows no second one. */
function firstOf({ chain: { steps } }: AlertSeverity, { policy }: RenderInput): readonly string[] {
  const [first] = steps;
  return first
    ? [...new Set([...first.channels, ...first.people.flatMap((person) => policy.reach.get(person) ?? [])])]
    : [];
}

function receiver(severity: AlertSeverity, input: RenderInput, left: Unrendered[]): object {
  const { book, options } = input;
  const secrets = { references: book.config.secrets, folder: options.secrets };
  const found = new Map<string, object[]>();
  for (const id of firstOf(severity, input)) {
    const channel = book.config.channels.find((one) => one.id === id);
    if (!channel) continue;
    const made = receiving(channel, secrets, options);
    if ("list" in made) found.set(made.list, [...(found.get(made.list) ?? []), made.settings]);
    else
      left.push({
        about: id,
        reason: made.reason,
        args: { severity: severity.id, ...("version" in made && { version: made.version }) },
        source: channel.source,
      });
  }
  if (options.forward !== undefined) found.set("webhook_configs", [{ url: options.forward, send_resolved: true }]);
  if (found.size === 0) left.push({ about: severity.id, reason: "nobody", args: {} });
  const [first, ...later] = severity.chain.steps;
  if (later.length > 0) left.push({ about: severity.id, reason: "escalation", args: { chain: severity.chain.id } });
  if (first && first.rotas.length > 0) left.push({ about: severity.id, reason: "rota", args: { rota: first.rotas } });
  return { name: nameOf(severity.id), ...Object.fromEntries(found) };
}

/** Whether hours can be said: those of another zone than UTC since 0.25. */
function zoned({ book, options }: RenderInput): boolean {
  return book.zone === "UTC" || !isBefore(options.alertmanager, [0, 25]);
}

function routeOf(severity: AlertSeverity, rank: number, input: RenderInput): object {
  const { policy } = input;
  const worst = rank === 0;
  const update = worst ? Math.min(WORST_UPDATE_MS, policy.updateMs) : policy.updateMs;
  const hours = zoned(input);
  return {
    ...{ matchers: [matcher("severity", severity.id)], receiver: nameOf(severity.id) },
    ...{ group_wait: span(worst ? 0 : policy.waitMs / 1000), group_interval: span(Math.max(1, update / 1000)) },
    repeat_interval: span(policy.repeatMs / 1000),
    ...(hours && severity.quiet && { mute_time_intervals: [quietOf(severity.id)] }),
    ...(hours &&
      policy.maintenance.length > 0 && {
        routes: policy.maintenance.map(({ id, matchers }) => ({
          matchers: matchers.map(written),
          mute_time_intervals: [id, ...(severity.quiet ? [quietOf(severity.id)] : [])],
        })),
      }),
  };
}

function intervals({ policy, book }: RenderInput): readonly object[] {
  const quiet = policy.severities.flatMap(({ id, quiet: window }) =>
    window ? [{ name: quietOf(id), time_intervals: intervalsOf(window, undefined, book.zone) }] : [],
  );
  const windows = policy.maintenance.map(({ id, window, days }) => ({
    name: id,
    time_intervals: intervalsOf(window, days, book.zone),
  }));
  return [...quiet, ...windows];
}

/** Whether `to` cannot do without `from`, over any number of services. */
function needs(input: RenderInput, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const service of seen)
    for (const next of input.policy.needs.get(service) ?? []) {
      if (next === to) return true;
      seen.add(next);
    }
  return false;
}

/** The worst of one metric and target mutes the others; a service that is down mutes what needs it. */
function inhibitions(input: RenderInput, left: Unrendered[]): readonly object[] {
  const names = input.policy.severities.map(({ id }) => id);
  const worse = names.slice(0, -1).map((name, rank) => ({
    source_matchers: [matcher("severity", name)],
    // Alerts of other books have no metric: they would all be of one.
    target_matchers: [
      `severity=~${quoted(
        names
          .slice(rank + 1)
          .map(literal)
          .join("|"),
      )}`,
      'metric!=""',
    ],
    equal: ["metric", "target"],
  }));
  const down = [...input.policy.needs].flatMap(([child, parents]) =>
    parents.flatMap((parent) => {
      if (parent !== child && !needs(input, parent, child))
        return [
          {
            source_matchers: [matcher("service", parent), matcher("down", "true")],
            target_matchers: [matcher("service", child)],
          },
        ];
      left.push({ about: child, reason: "circle", args: { service: parent } });
      return [];
    }),
  );
  return [...worse, ...down];
}

/** Who is told of which severity, when nobody is, and what keeps quiet because something worse is told. */
export const alertmanagerRenderer: Renderer = {
  kind: "alertmanager",
  render: (input) => {
    const { policy, book, options } = input;
    const left: Unrendered[] = [];
    const receivers = policy.severities.map((severity) => receiver(severity, input, left));
    const own =
      options.forward === undefined ? {} : { webhook_configs: [{ url: options.forward, send_resolved: true }] };
    const hours = intervals(input);
    if (hours.length > 0 && !zoned(input))
      left.push({ about: book.zone, reason: "needs-alertmanager-zone", args: { version: "0.25" } });
    const deadman = {
      matchers: [matcher("alertname", DEADMAN)],
      receiver: "watchbook",
      group_wait: "0s",
      group_interval: "30s",
      repeat_interval: "1m",
    };
    const content = {
      route: {
        ...{ receiver: "watchbook", group_by: ["service", "severity"] },
        routes: [deadman, ...policy.severities.map((severity, rank) => routeOf(severity, rank, input))],
      },
      ...(hours.length > 0 && zoned(input) && { time_intervals: hours }),
      inhibit_rules: inhibitions(input, left),
      receivers: [{ name: "watchbook", ...own }, ...receivers],
    };
    if (options.forward === undefined)
      left.push({ about: DEADMAN, reason: "no-forward", args: { severity: NO_SEVERITY } });
    const validate = { argv: ["amtool", "check-config", PATH] as const, installs: "prometheus-alertmanager" };
    return { files: [{ path: PATH, text: yamlFile(book, content), validate }], left };
  },
};
