import type { z } from "zod";
import { delivered, later, refused, type Delivery, type Notice } from "../../../model/notice.ts";
import type { HttpAnswer, HttpRequest, Opened } from "../../../model/notifier.ts";
import { byStatus, excerpt, LIMITED } from "../answer/http.ts";
import { jsonOf, textOf } from "../answer/json.ts";
import { headersOf } from "../params/headers.ts";
import { trimmed } from "../params/url.ts";
import { keyOf } from "../text/key.ts";
import type { gateway } from "./params.ts";

type Gateway = Opened<z.output<z.ZodObject<typeof gateway>>>;

/** The request of a gateway: its fields, with `text` in the place of the text. */
export function gatewayRequest(given: Gateway, notice: Notice, text: string): HttpRequest {
  const { fields, from, user, password } = given;
  const values: Record<string, string> = {
    ...given.more,
    [fields.to]: given.to,
    ...(from !== undefined && { [fields.from]: from }),
    ...(fields.id !== undefined && { [fields.id]: keyOf(notice.id, 64) }),
    [fields.text]: text,
  };
  const form = given.encoding === "form";
  const basic = Buffer.from(`${user ?? ""}:${password ?? ""}`).toString("base64");
  return {
    url: trimmed(given.url),
    method: "POST",
    headers: {
      "content-type": form ? "application/x-www-form-urlencoded" : "application/json",
      ...(user !== undefined && { authorization: `Basic ${basic}` }),
      ...headersOf(given.headers),
    },
    body: form ? new URLSearchParams(values).toString() : JSON.stringify(values),
  };
}

/** Names that gateways give a message of their own. */
const IDS = ["sid", "id", "message_id", "messageId", "BizId"];

export function gatewayAnswer(answer: HttpAnswer, { accepted, receipt }: Gateway): Delivery {
  const failed = byStatus(answer);
  if (failed) return failed;
  const document = jsonOf(answer.body);
  if (accepted !== undefined) {
    const said = document[accepted.field];
    const code = typeof said === "boolean" ? String(said) : (textOf(document, accepted.field) ?? "-");
    const detail = excerpt(answer.body);
    if (Object.keys(document).length === 0) return later(LIMITED, "unreadable", { detail });
    if (code !== accepted.equals) return refused("robot-refused", { code: excerpt(code), detail });
  }
  return delivered(
    [receipt ?? [], IDS]
      .flat()
      .map((name) => textOf(document, name))
      .find((id) => id !== undefined),
  );
}
