import { z } from "zod";
import type { Notice } from "../../model/notice.ts";
import { defineNotifier, type Opened } from "../../model/notifier.ts";
import { gateway } from "./gateway/params.ts";
import { gatewayAnswer, gatewayRequest } from "./gateway/request.ts";
import { segmentsOf } from "./gateway/segments.ts";
import { clip } from "./text/cut.ts";
import { factLine, oneLine } from "./text/lines.ts";
import { shortened } from "./text/shorten.ts";

const params = z.strictObject({
  ...gateway,
  segments: z.int().min(1).max(10).default(3).describe("Short messages that one notice may take; each is charged for."),
});
type Params = z.infer<typeof params>;

/** Title, the first address (to acknowledge), then what there is room for. */
const textOf = (notice: Notice): string =>
  [
    oneLine(notice.title),
    notice.body,
    ...notice.facts.map((fact) => oneLine(factLine(notice, fact))),
    notice.links[0]?.url ?? "",
  ]
    .filter((part) => part !== "")
    .join("\n");

function request(given: Opened<Params>, notice: Notice) {
  const fits = (tried: Notice): boolean => segmentsOf(textOf(tried)) <= given.segments;
  const cut = shortened({ ...notice, links: notice.links.slice(0, 1) }, fits);
  let text = textOf(cut);
  // Nothing but a title is left, and even that is too long.
  for (let most = text.length - 1; segmentsOf(text) > given.segments; most -= 1) text = clip(text, most);
  return gatewayRequest(given, notice, text);
}

/** A short message, through a gateway that takes web requests. */
export const smsNotifier = defineNotifier<Params>({
  kind: "sms",
  params,
  limits: { bytes: 16_000, perMinute: 30 },
  request,
  answer: gatewayAnswer,
});
