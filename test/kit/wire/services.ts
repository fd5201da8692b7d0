import { createHmac, timingSafeEqual } from "node:crypto";
import { documentOf, isText, json, plain, rate, type Vendor } from "./server.ts";

/** PagerDuty's Events API v2. */
export function pagerduty(key: string): Vendor {
  const free = rate(120);
  return (request, now) => {
    const invalid = (...errors: string[]) =>
      json(400, { status: "invalid event", message: "Event object is invalid", errors });
    if (!free(now)) return json(429, { status: "throttle exceeded" });
    if (request.path !== "/v2/enqueue") return plain(404, "");
    if (Buffer.byteLength(request.body) > 524_288) return json(413, { status: "too large" });
    const event = documentOf(request);
    if (event === undefined) return invalid("body");
    if (event["routing_key"] !== key) return invalid("Invalid routing key");
    if (!["trigger", "acknowledge", "resolve"].includes(String(event["event_action"])))
      return invalid("'event_action' is wrong");
    if (!isText(event["dedup_key"], 255)) return invalid("'dedup_key' is missing or blank");
    if (event["event_action"] === "trigger") {
      const { summary, source, severity, timestamp } = (event["payload"] ?? {}) as Record<string, unknown>;
      if (!isText(summary, 1_024)) return invalid("'payload.summary' is missing or too long");
      if (!isText(source, 255)) return invalid("'payload.source' is missing");
      if (!["critical", "error", "warning", "info"].includes(String(severity)))
        return invalid("'payload.severity' is wrong");
      if (Number.isNaN(Date.parse(String(timestamp)))) return invalid("'payload.timestamp' is wrong");
      const links = (event["links"] ?? []) as readonly { readonly href?: string }[];
      if (!links.every(({ href = "" }) => URL.canParse(href))) return invalid("'links' are wrong");
    }
    return json(202, { status: "success", message: "Event processed", dedup_key: event["dedup_key"] });
  };
}

/** ntfy: a document to the root; what is too long would become a file. */
export function ntfy(topic: string, token: string): Vendor {
  const free = rate(60);
  return (request, now) => {
    const fault = (http: number, code: number, error: string) =>
      json(http, { code, http, error, link: "https://ntfy.sh/docs" });
    if (request.headers["authorization"] !== `Bearer ${token}`) return fault(401, 40_101, "unauthorized");
    if (!free(now)) return fault(429, 42_901, "limit reached: too many requests");
    if (Buffer.byteLength(request.body) > 8_192) return fault(413, 41_303, "JSON body too large");
    const document = documentOf(request);
    if (request.path !== "/" || document === undefined)
      return fault(400, 40_024, "invalid request: request body must be valid JSON");
    if (document["topic"] !== topic) return fault(403, 40_301, "forbidden");
    if (!isText(document["message"], 4_096) || Buffer.byteLength(document["message"]) > 4_096)
      return fault(413, 41_301, "message too large");
    const { priority, actions = [] } = document as { priority?: number; actions?: readonly Record<string, unknown>[] };
    const right =
      Number.isInteger(priority) &&
      priority! >= 1 &&
      priority! <= 5 &&
      actions.length <= 3 &&
      actions.every(({ action, label, url }) => action === "view" && isText(label, 1_000) && URL.canParse(String(url)));
    return right
      ? json(200, { id: "xE73Iyuabi", time: 1_673_542_291, event: "message", topic })
      : fault(400, 40_018, "invalid");
  };
}

/** A receiver that verifies as the Standard Webhooks specification says, and takes an id once. */
export function webhook(secret: string): Vendor {
  const seen = new Set<string>();
  return ({ headers, body }, now) => {
    const id = headers["webhook-id"] ?? "";
    const timestamp = headers["webhook-timestamp"] ?? "";
    if (Math.abs(now / 1_000 - Number(timestamp)) > 300) return plain(401, "too old");
    const wanted = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"))
      .update(`${id}.${timestamp}.${body}`)
      .digest();
    const given = Buffer.from((headers["webhook-signature"] ?? "").replace(/^v1,/, ""), "base64");
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return plain(401, "signature");
    const document = JSON.parse(body) as Record<string, unknown>;
    if (document["version"] !== 1 || !isText(document["title"], 100_000)) return plain(422, "document");
    const again = seen.has(id);
    seen.add(id);
    return json(again ? 200 : 201, { id, again });
  };
}

/** A gateway as Twilio's: a form, basic authentication, codes of its own. */
export const formGateway =
  (user: string, password: string, field: string, most: number): Vendor =>
  (request) => {
    const basic = Buffer.from(`${user}:${password}`).toString("base64");
    if (request.headers["authorization"] !== `Basic ${basic}`)
      return json(401, { code: 20_003, message: "Authenticate" });
    if (request.headers["content-type"] !== "application/x-www-form-urlencoded") return json(400, { code: 20_001 });
    const form = new URLSearchParams(request.body);
    if (!/^\+\d{5,15}$/.test(form.get("To") ?? ""))
      return json(400, { code: 21_211, message: "Invalid 'To' Phone Number" });
    if (!isText(form.get("From"), 32)) return json(400, { code: 21_603, message: "A 'From' phone number is required" });
    if (!isText(form.get(field), most)) return json(400, { code: 21_602, message: "Message body is required" });
    return json(201, { sid: "SM0123456789", status: "queued" });
  };
