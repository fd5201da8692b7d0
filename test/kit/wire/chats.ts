import { documentOf, isText, json, plain, rate, type Received, type Reply, type Vendor } from "./server.ts";

interface Block {
  readonly type?: string;
  readonly text?: { readonly type?: string; readonly text?: string };
  readonly fields?: readonly { readonly type?: string; readonly text?: string }[];
}

/** What of a message's blocks Slack refuses. */
function wrongBlock({ type, text, fields }: Block): boolean {
  if (type !== "section" || (text === undefined) === (fields === undefined)) return true;
  if (fields !== undefined)
    return fields.length === 0 || fields.length > 10 || fields.some((field) => !isText(field.text, 2_000));
  return !["plain_text", "mrkdwn"].includes(text?.type ?? "") || !isText(text?.text, 3_000);
}

function slackMessage(request: Received): Reply | undefined {
  const document = documentOf(request) as
    | {
        readonly text?: string;
        readonly attachments?: readonly { readonly color?: string; readonly blocks?: readonly Block[] }[];
      }
    | undefined;
  if (document === undefined) return plain(400, "invalid_payload");
  if (!isText(document.text, 40_000)) return plain(400, "no_text");
  // Control sequences: a bare `<` begins a mention or a link.
  if (/[<>]|&(?!amp;|lt;|gt;)/.test(document.text)) return plain(400, "invalid_payload");
  const blocks = (document.attachments ?? []).flatMap((attachment) => attachment.blocks ?? []);
  if (blocks.length > 50 || blocks.some(wrongBlock)) return plain(400, "invalid_blocks");
  const links = blocks
    .filter(({ text }) => text?.type === "mrkdwn")
    .flatMap(({ text }) => (text?.text ?? "").split("\n"));
  return links.every((line) => /^<https?:\/\/[^<>|\s]+\|[^<>|]+>$/.test(line))
    ? undefined
    : plain(400, "invalid_blocks");
}

/** Slack's incoming webhook: plain words, and 429 with the seconds to wait. */
export function slack(path: string): Vendor {
  const free = rate(60);
  return (request, now) => {
    if (request.path !== path) return plain(404, "no_service");
    if (!free(now)) return plain(429, "rate_limited", { "retry-after": "30" });
    return slackMessage(request) ?? plain(200, "ok");
  };
}

/** Slack's Web API: 200 to everything, `ok` tells. */
export const slackApi =
  (token: string): Vendor =>
  (request) => {
    if (request.headers["authorization"] !== `Bearer ${token}`) return json(200, { ok: false, error: "invalid_auth" });
    if (documentOf(request)?.["channel"] !== "C024BE91L") return json(200, { ok: false, error: "channel_not_found" });
    const wrong = slackMessage(request);
    return wrong
      ? json(200, { ok: false, error: wrong.body })
      : json(200, { ok: true, channel: "C024BE91L", ts: "1503435956.000247" });
  };

interface Inline {
  readonly type?: string;
  readonly text?: string;
}
interface Element {
  readonly type?: string;
  readonly items?: readonly Element[];
  readonly inlines?: readonly Inline[];
  readonly facts?: readonly { readonly title?: string; readonly value?: string }[];
}

const ELEMENTS = new Set(["Container", "RichTextBlock", "FactSet"]);
const wrongElement = (element: Element): boolean =>
  !ELEMENTS.has(element.type ?? "") ||
  (element.items ?? []).some(wrongElement) ||
  (element.inlines ?? []).some(
    ({ type, text }) => type !== "TextRun" || typeof text !== "string" || text.includes("\n"),
  );

/** A Teams workflow that posts the card it gets: 202 with nothing. */
export function teams(path: string): Vendor {
  const free = rate(240);
  return (request, now) => {
    if (request.path !== path) return json(401, { error: { code: "DirectApiAuthorizationRequired" } });
    if (!free(now)) return json(429, { error: { code: "WorkflowTriggerRateLimit" } }, { "retry-after": "20" });
    if (Buffer.byteLength(request.body) > 28_672) return json(413, { error: { code: "RequestEntityTooLarge" } });
    const document = documentOf(request) as
      | {
          readonly type?: string;
          readonly attachments?: readonly {
            readonly contentType?: string;
            readonly content?: Record<string, unknown>;
          }[];
        }
      | undefined;
    const [card, ...others] = document?.attachments ?? [];
    const {
      type,
      version,
      body = [],
      actions = [],
    } = (card?.content ?? {}) as {
      type?: string;
      version?: string;
      body?: readonly Element[];
      actions?: readonly { readonly type?: string; readonly url?: string; readonly title?: string }[];
    };
    const right =
      document?.type === "message" &&
      others.length === 0 &&
      card?.contentType === "application/vnd.microsoft.card.adaptive" &&
      type === "AdaptiveCard" &&
      /^1\.[0-5]$/.test(version ?? "") &&
      !body.some(wrongElement) &&
      actions.length <= 6 &&
      actions.every((action) => action.type === "Action.OpenUrl" && URL.canParse(action.url ?? ""));
    return right
      ? { status: 202, headers: { "x-ms-workflow-run-id": "08584" }, body: "" }
      : json(400, { error: { code: "TriggerInputSchemaMismatch" } });
  };
}

/** Mattermost's incoming webhook, with the limit of attachments that older servers have. */
export function mattermost(path: string): Vendor {
  const free = rate(600);
  return (request, now) => {
    const fault = (status: number, id: string) =>
      json(status, { id, message: id, request_id: "u8", status_code: status });
    if (request.path !== path) return fault(400, "web.incoming_webhook.invalid.app_error");
    if (!free(now)) return plain(429, "limit exceeded", { "retry-after": "1", "x-ratelimit-reset": "1" });
    const document = documentOf(request) as
      | { readonly text?: string; readonly attachments?: readonly Record<string, unknown>[] }
      | undefined;
    if (document === undefined) return fault(400, "web.incoming_webhook.parse.app_error");
    const { text = "", attachments = [] } = document;
    if (text === "" && attachments.length === 0) return fault(400, "web.incoming_webhook.text.app_error");
    if (JSON.stringify({ attachments }).length > 7_900) return fault(400, "model.post.is_valid.props.app_error");
    if (!attachments.every(({ fallback, color }) => isText(fallback, 7_000) && /^#[0-9a-f]{6}$/.test(String(color))))
      return fault(400, "model.post.is_valid.attachments.app_error");
    return plain(200, "ok");
  };
}
