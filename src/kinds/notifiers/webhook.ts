import { createHmac } from "node:crypto";
import { z } from "zod";
import { delivered, type Notice } from "../../model/notice.ts";
import { defineNotifier, type Opened } from "../../model/notifier.ts";
import { utc } from "../../model/time.ts";
import { byStatus } from "./answer/http.ts";
import { jsonOf, textOf } from "./answer/json.ts";
import { headers, headersOf } from "./params/headers.ts";
import { secret } from "./params/secret.ts";
import { trimmed, urlOrSecret } from "./params/url.ts";
import { keyOf } from "./text/key.ts";
import { bytesOf, shortened } from "./text/shorten.ts";

const BYTES = 65_536;

const params = z.strictObject({
  url: urlOrSecret.describe("Where the JSON document is posted; `{secret: name}` where the address itself is one."),
  sign: secret
    .optional()
    .describe("Key of the signature: `whsec_` and base64, or any text; without it nothing is signed."),
  headers: headers.describe("More headers; a secret as `{secret: name}`."),
});
type Params = z.infer<typeof params>;

/** The document; docs/notifiers.md describes it. What is here stays; what comes may be more. */
const documentOf = (notice: Notice) => ({
  version: 1,
  id: notice.id,
  group: notice.group,
  event: notice.event,
  severity: notice.severity,
  rank: notice.rank,
  at: utc(notice.at),
  lang: notice.lang,
  title: notice.title,
  body: notice.body,
  facts: notice.facts,
  links: notice.links,
});

/** As the Standard Webhooks specification has it: HMAC-SHA256 over `id.timestamp.body`, base64, after `v1,`. */
function signature(key: string, signed: string): string {
  const bytes = key.startsWith("whsec_") ? Buffer.from(key.slice("whsec_".length), "base64") : Buffer.from(key);
  return `v1,${createHmac("sha256", bytes).update(signed).digest("base64")}`;
}

function request({ url, sign, headers: more }: Opened<Params>, notice: Notice, now: number) {
  const cut = shortened(notice, (tried) => bytesOf(documentOf(tried)) <= BYTES);
  const body = JSON.stringify(documentOf(cut));
  const id = keyOf(notice.id, 64);
  const timestamp = String(Math.floor(now / 1_000));
  return {
    url: trimmed(url),
    method: "POST" as const,
    headers: {
      "content-type": "application/json",
      ...headersOf(more),
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      ...(sign !== undefined && { "webhook-signature": signature(sign, `${id}.${timestamp}.${body}`) }),
    },
    body,
  };
}

/** Any receiver of ours or of others: one JSON document, signed. */
export const webhookNotifier = defineNotifier<Params>({
  kind: "webhook",
  params,
  limits: { bytes: BYTES, perMinute: 600 },
  request,
  answer: (answer) => byStatus(answer) ?? delivered(textOf(jsonOf(answer.body), "id")),
});
