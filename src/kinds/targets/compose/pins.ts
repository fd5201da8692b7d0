import { parse, stringify } from "yaml";
import type { Reach } from "../../../model/target.ts";
import { textOf } from "../driver/file.ts";
import { PINS } from "./files.ts";

/** Images by service that were asked for instead of those in the project's files. */
export type Pins = Readonly<Record<string, string>>;

/** The pins file as text, null when nothing is pinned: then there is no file. */
export const pinsText = (pins: Pins): string | null =>
  Object.keys(pins).length === 0
    ? null
    : `# Written by watchbook: the images that run instead of those in the other files. By hand: docker compose -f … -f ${PINS} up -d\n` +
      stringify({ services: Object.fromEntries(Object.entries(pins).map(([name, image]) => [name, { image }])) });

/** What is pinned now. */
export async function readPins(reach: Reach): Promise<Pins> {
  const text = await textOf(reach, PINS);
  if (text === null) return {};
  const { services = {} } = (parse(text) ?? {}) as { services?: Record<string, { image?: string }> };
  return Object.fromEntries(
    Object.entries(services).flatMap(([name, service]) => (service.image === undefined ? [] : [[name, service.image]])),
  );
}
