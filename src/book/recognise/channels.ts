import type { Channel } from "../../model/policy.ts";
import type { Finding } from "../../model/finding.ts";
import { CHANNEL_HEADING, channelKind } from "../words/channels.ts";
import { fold } from "../words/matcher.ts";
import { LISTED, splitBracket } from "../words/punctuation.ts";
import { severityName } from "../words/severities.ts";
import { finding, sourceAt } from "./place.ts";
import type { Page, Recogniser } from "./recogniser.ts";
import type { Sentence } from "./sentences.ts";
import { labelled, sentences } from "./sentences.ts";

interface Named {
  readonly name: string;
  readonly kind: string | undefined;
  readonly severities: readonly string[];
}

function read(text: string): readonly Named[] {
  return text.split(LISTED).flatMap((part) => {
    const { text: name, inside = "" } = splitBracket(part);
    if (name === "") return [];
    const severities = inside.split(LISTED).flatMap((each) => severityName(each)?.id ?? []);
    return [{ name, kind: channelKind(name), severities }];
  });
}

/** Text of a line that lists channels: after a label such as Notification channels, or an item of a list under such a heading or label. */
function listing(sentence: Sentence): string | undefined {
  const label = labelled(sentence);
  if (label && CHANNEL_HEADING.in(fold(label.label))) return label.rest;
  if (!sentence.item) return undefined;
  const { place } = sentence;
  const near = place.above.at(-1) ?? (place.label || place.part.section.title);
  return CHANNEL_HEADING.in(fold(near)) ? (label?.label ?? sentence.text) : undefined;
}

function gather(page: Page): { readonly channels: readonly Channel[]; readonly findings: readonly Finding[] } {
  const channels: Channel[] = [];
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const sentence of sentences(page)) {
    const text = listing(sentence);
    if (text === undefined || text === "") continue;
    const source = sourceAt(page, sentence.line);
    for (const { name, kind, severities } of read(text)) {
      if (kind === undefined) findings.push(finding("WB242", "note", source, { name }));
      else if (!seen.has(`${kind} ${name}`)) {
        seen.add(`${kind} ${name}`);
        channels.push({ name, kind, severities, source });
      }
    }
  }
  return { channels, findings };
}

/** Channels that a page lists, with the levels in brackets behind them. */
export const channelsIn = (page: Page): readonly Channel[] => known(page).channels;

const cache = new WeakMap<Page, ReturnType<typeof gather>>();
function known(page: Page): ReturnType<typeof gather> {
  const found = cache.get(page) ?? gather(page);
  cache.set(page, found);
  return found;
}

/** Where alerts go: lists under a channel heading and lines after a channel label. */
export const channels: Recogniser = { name: "channels", run: (page) => ({ ...known(page) }) };
