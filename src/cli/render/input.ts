import type { Opened } from "../../book/open.ts";
import { policyOf } from "../../desk/alert/policy-of.ts";
import { rulesOf } from "../../desk/alert/rules-of.ts";
import { texts } from "../../i18n/texts.ts";
import { everyMsOf, USUAL_MS, type CheckSpec } from "../../model/check.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Lang } from "../../model/lang.ts";
import type { Registry } from "../../model/registry.ts";
import { versionOf, type RenderInput, type RenderOptions, type Version } from "../../model/renderer.ts";
import type { Source } from "../../model/source.ts";
import type { Call } from "../verb.ts";

/** Options as they were given. */
type Given = Pick<Call, "values">;
type Readable = Pick<Opened, "book" | "texts">;

const FLOORS = { prometheus: "2.40", alertmanager: "0.25" } as const;

function version(call: Given, option: "prometheus" | "alertmanager" | "vmalert", floor: string): Version {
  const given = call.values[option] ?? floor;
  const found = versionOf(String(given));
  if (!found) throw new WatchbookError("RENDER-VERSION", { option: `--${option}`, given: String(given) });
  return found;
}

const LENGTHS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** `30s`, `5m`, `1h` of an option as seconds. */
function seconds(call: Given, option: "scrape" | "keep-firing"): number | undefined {
  const given = call.values[option];
  if (given === undefined) return undefined;
  const [, amount, unit] = /^(\d{1,6})([smh])$/.exec(String(given)) ?? [];
  if (amount === undefined || Number(amount) === 0)
    throw new WatchbookError("RENDER-TIME", { option: `--${option}`, given: String(given) });
  return Number(amount) * LENGTHS[unit!]!;
}

const address = ({ values }: Given, option: string, usual: string): string => {
  const given = String(values[option] ?? usual);
  if (!/^(?:\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}$/.test(given))
    throw new WatchbookError("RENDER-ADDRESS", { option: `--${option}`, given });
  return given;
};

function forwardOf({ values }: Given): Partial<RenderOptions> {
  const { forward } = values;
  if (forward === undefined) return {};
  const url = URL.canParse(String(forward)) ? new URL(String(forward)) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "")
    throw new WatchbookError("RENDER-FORWARD", { given: String(forward) });
  return { forward: String(forward) };
}

/** Twice as often as the book's own checks, between 5 seconds and a minute; rules are looked at twice as often again. */
function optionsOf(call: Given, checks: readonly CheckSpec[]): RenderOptions {
  const every = checks.map(({ everyMs = USUAL_MS }) => everyMs);
  const interval = (every.length === 0 ? USUAL_MS : Math.min(...every)) / 1000;
  const scrape = seconds(call, "scrape") ?? Math.min(60, Math.max(5, Math.round(interval / 2)));
  const keepFiring = seconds(call, "keep-firing");
  return {
    prometheus: version(call, "prometheus", FLOORS.prometheus),
    alertmanager: version(call, "alertmanager", FLOORS.alertmanager),
    ...(call.values["vmalert"] !== undefined && { vmalert: version(call, "vmalert", "") }),
    ...{ scrape, evaluation: Math.max(5, Math.round(scrape / 2)) },
    ...(keepFiring !== undefined && { keepFiring }),
    watchbook: address(call, "watchbook", "localhost:7070"),
    alertmanagerAt: address(call, "alertmanager-at", "localhost:9093"),
    blackbox: address(call, "blackbox", "localhost:9115"),
    secrets: "/etc/alertmanager/secrets",
    ...forwardOf(call),
  };
}

/** Checks as their kinds read them, with the limits of the kind where the book gives none that fit. */
function checksOf({ book }: Readable, { checks }: Registry): readonly CheckSpec[] {
  const { interval } = book.config;
  const all = interval === undefined ? undefined : interval * 1000;
  return book.checks.flatMap((spec) => {
    const kind = checks.get(spec.kind);
    const read = kind?.params.safeParse(spec.params ?? {});
    if (!kind || !read?.success) return [];
    const { value, measure } = (read.data ?? {}) as { readonly value?: unknown; readonly measure?: unknown };
    const usual = kind.unit !== undefined && value === undefined && measure !== "days" && measure !== "time";
    const bands = spec.bands ?? (usual ? kind.bands : undefined);
    const everyMs = everyMsOf(spec, kind, all);
    return [{ ...spec, params: read.data, everyMs, ...(bands && { bands }) }];
  });
}

/** A line of a page as written; of watchbook.yaml, which is data, none. */
const lineOf =
  ({ texts: pages, book }: Readable) =>
  ({ file, line }: Source): string | undefined => {
    if (file === book.config.file) return undefined;
    return pages.get(file)?.split("\n")[line - 1]?.trim() || undefined;
  };

/** Everything renderers may know of an opened book. */
export function inputOf(call: Given, opened: Readable, registry: Registry, lang: Lang): RenderInput {
  const { book } = opened;
  const checks = checksOf(opened, registry);
  return {
    ...{ book, checks, rules: rulesOf(book), policy: policyOf(book) },
    ...{ line: lineOf(opened), words: texts(lang).render.words, options: optionsOf(call, checks) },
  };
}
