import { createHmac } from "node:crypto";
import { documentOf, isText, json, rate, type Vendor } from "./server.ts";

const HOUR = 3_600_000;
type Doc = Readonly<Record<string, unknown>>;

/** DingTalk's robot with signatures: everything is 200, what is wrong stands in errcode. */
export function dingtalk(secret: string, token: string): Vendor {
  const free = rate(20);
  return (request, now) => {
    const says = (errcode: number, errmsg: string) => json(200, { errcode, errmsg });
    if (request.query.get("access_token") !== token) return says(300_001, "token is not exist");
    const timestamp = Number(request.query.get("timestamp"));
    const sign = createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64");
    if (Math.abs(now - timestamp) > HOUR) return says(310_000, "invalid timestamp");
    if (request.query.get("sign") !== sign) return says(310_000, "sign not match");
    if (!free(now)) return says(130_101, "send too fast, exceed 20 times per minute");
    if (Buffer.byteLength(request.body) > 20_000) return says(460_101, "message too long, exceed 20000 bytes");
    const { msgtype, markdown, at } = (documentOf(request) ?? {}) as { msgtype?: string; markdown?: Doc; at?: Doc };
    if (msgtype !== "markdown") return says(400_105, "unsupported message type");
    if (!isText(markdown?.["title"], 20_000)) return says(40_035, "miss param: markdown->title");
    if (!isText(markdown["text"], 20_000)) return says(40_035, "miss param: markdown->text");
    if (!Array.isArray(at?.["atMobiles"]) || typeof at["isAtAll"] !== "boolean") return says(40_035, "at");
    return says(0, "ok");
  };
}

/** WeCom's robot: the key in the address, limits in bytes. */
export function wecom(key: string): Vendor {
  const free = rate(20);
  return (request, now) => {
    const says = (errcode: number, errmsg: string) => json(200, { errcode, errmsg });
    if (request.path !== "/cgi-bin/webhook/send" || request.query.get("key") !== key)
      return says(93_000, "invalid webhook url, hint: [1]");
    if (!free(now)) return says(45_009, "api freq out of limit, hint: [2]");
    const { msgtype, markdown } = (documentOf(request) ?? {}) as { msgtype?: string; markdown?: Doc };
    if (msgtype !== "markdown") return says(40_008, "invalid message type");
    const content = markdown?.["content"];
    if (!isText(content, 4_096)) return says(44_004, "empty content");
    if (Buffer.byteLength(content) > 4_096) return says(40_058, "markdown.content exceed max length 4096");
    return says(0, "ok");
  };
}

/** Texts of a card that are not shown as they are: everything but plain_text. */
function marked(node: unknown): readonly Doc[] {
  if (typeof node !== "object" || node === null) return [];
  const own = "tag" in node && node.tag === "lark_md" ? [node as Doc] : [];
  return [...own, ...Object.values(node).flatMap(marked)];
}

/** Feishu's robot with signatures: seconds, in the body. */
export function feishu(secret: string, hook: string): Vendor {
  const free = rate(100);
  return (request, now) => {
    const says = (code: number, msg: string, status = 200) => json(status, { code, msg, data: {} });
    if (request.path !== `/open-apis/bot/v2/hook/${hook}`)
      return says(19_001, "param invalid: incoming webhook access token invalid");
    if (Buffer.byteLength(request.body) > 20_480) return says(9_499, "Bad Request", 400);
    const document = documentOf(request);
    const timestamp = Number(document?.["timestamp"]);
    const sign = createHmac("sha256", `${timestamp}\n${secret}`).digest("base64");
    if (
      typeof document?.["timestamp"] !== "string" ||
      document["sign"] !== sign ||
      Math.abs(now / 1_000 - timestamp) > 3_600
    )
      return says(19_021, "sign match fail or timestamp is not within one hour from current time");
    if (!free(now)) return says(11_232, "frequency limited psm[lark.oapi.app_platform_runtime]");
    const { header, elements } = (document["card"] ?? {}) as { header?: { title?: Doc }; elements?: readonly Doc[] };
    if (document["msg_type"] !== "interactive" || !isText(header?.title?.["content"], 20_000))
      return says(9_499, "Bad Request", 400);
    const right = (elements ?? []).every((element) => ["div", "action", "hr"].includes(String(element["tag"])));
    const calls = marked(document["card"]).every((node) =>
      /^(?:<at id=[\w-]+><\/at> ?)+$/.test(String(node["content"])),
    );
    return right && calls ? says(0, "success") : says(19_002, "params error");
  };
}
