import type { Readable } from "node:stream";

/** One server-sent event (WHATWG HTML, 9.2). */
export interface ServerEvent {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/** One event out of its lines; undefined for a comment. */
function eventOf(block: string): ServerEvent | undefined {
  const fields: Record<string, string[]> = {};
  for (const line of block.split("\n")) {
    const [, name = "", value = ""] = /^([^:]+)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name !== "") (fields[name] ??= []).push(value);
  }
  if (fields["data"] === undefined) return undefined;
  return { event: fields["event"]?.[0] ?? "message", id: fields["id"]?.[0] ?? "", data: fields["data"].join("\n") };
}

/** Events as they come; one that is cut off at the end is dropped. */
export async function* eventsOf(stream: Readable): AsyncGenerator<ServerEvent, void> {
  let text = "";
  stream.setEncoding("utf8");
  for await (const chunk of stream as AsyncIterable<string>) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const event = eventOf(text.slice(0, end));
      text = text.slice(end + 2);
      if (event) yield event;
    }
  }
}
