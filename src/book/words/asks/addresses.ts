import type { Proposal } from "../../../model/duty.ts";
import type { Ask } from "./ask.ts";
import { isOpen } from "./ask.ts";

const URL = "(https?://[^\\s，、；）)]+)";
const PAGE =
  "(?:page|site|website|web site|service|endpoint|api|url|address|dashboard|console|ui|portal|server|app|application|gateway|registry|frontend)";
const PAGE_ZH = "(?:网站|网页|页面|站点|首页|接口|地址|服务|系统|后台|平台|门户|控制台|应用|网关|官网)";
const OF = `(?:(?:(?!no|not|old|former|post|put|patch|delete)[\\w/-]+ ){0,3}?${PAGE}(?: (?:at|on|under))? |(?!旧|原|不)[\\p{Script=Han}A-Za-z]{0,8}${PAGE_ZH} ?)?`;
const ASKING = "(?:(?:GET|HEAD|curl(?: -[A-Za-z]+)*|open|request|访问|请求|打开) )?";
const GOOD_EN =
  "(?: (?:is |are |can be )?(?:answers?(?: ok)?|answering|responds?|responding|reachable|reached|accessible|available|loads?|opens?|up|healthy|ok|returns? ok|returns? success))";
const GOOD_ZH =
  " ?(?:是否|能否|能够|能|可以|可|应)?(?:正常)?(?:可访问|可达|访问|打开|响应|应答|返回|可用|通)(?:正常|成功)?";
const CODE =
  "(?: ?(?:with|returns?|gives?|answers?|responds? with|返回|响应|应答|状态码为?|为)? ?(?:an? )?(?:http )?(?:status(?: code)? |code |状态码 ?)?(\\d{3})(?: ok)?)";
const TIME =
  "(?: ?(?:within|in less than|in under|in|在|小于|不超过) ?(\\d+(?:\\.\\d+)?) ?(ms|毫秒|s|sec|secs|seconds?|秒)(?:内|以内)?(?:响应|返回)?)";
const HTTP = new RegExp(
  `^${ASKING}${OF}${ASKING}${URL} ?(?:的?${PAGE_ZH})?(?:${GOOD_EN}${CODE}?|${CODE}|${GOOD_ZH}${CODE}?)${TIME}?$`,
  "iu",
);
/** A page that is not named by its address. */
const SITE =
  /^(?:the )?(?:web ?site|home ?page|login page|web (?:page|ui|interface)|health endpoint|health check(?: endpoint)?|\/health(?:z)?|网站|首页|登录页面?|管理后台|健康检查(?:接口)?|健康接口)(?: ?(?:is |can be |是否|能否|能|可以|可|正常)*(?:reachable|accessible|available|answers?|responds?|loads?|opens?|up|ok|passes|returns? (?:200|ok)|可访问|访问|可达|打开|响应|可用|返回(?: ?200)?)(?: ok|正常)?)?$/iu;

const seconds = (amount: string, unit: string): string => `${amount}${/^(?:ms|毫秒)$/iu.test(unit) ? "ms" : "s"}`;

/** `https://… answers`, `https://…/health returns 200 within 2 s`, `网站可访问`. */
export const pages: Ask = (sentence) => {
  if (SITE.test(sentence)) return [{ kind: "http", params: {} }];
  const match = HTTP.exec(sentence);
  if (!match || (sentence.match(/https?:\/\//g) ?? []).length > 1) return undefined;
  const [, url = "", ...rest] = match;
  const status = rest.slice(0, 3).find((code) => code !== undefined);
  if (isOpen(url) || /@/.test(url))
    return [{ kind: "http", params: status === undefined ? {} : { status: Number(status) } }];
  return [
    {
      kind: "http",
      params: {
        url,
        ...(status !== undefined && { status: Number(status) }),
        ...(match.at(-1) !== undefined && { within: seconds(match.at(-2)!, match.at(-1)!) }),
      },
    },
  ];
};

const PORTS = "(\\d{1,5}(?:(?: ?[,/、和与及] ?|,? and )\\d{1,5}){0,7})";
const HOST = "((?:[A-Za-z0-9](?:[\\w-]*[A-Za-z0-9])?\\.)*[A-Za-z0-9](?:[\\w-]*[A-Za-z0-9])?)";
const OPEN_EN =
  "(?: (?:is|are))? (?:reachable|open|listening|accessible|responding|up|connectable|accepting connections)";
const OPEN_ZH =
  " ?(?:是否|均|都|能否)*(?:正常|可以|可|在|已|能)*(?:可达|连通|监听|开放|打开|通|访问|连接|可连)(?:中|正常)?";
const PORT: readonly RegExp[] = [
  new RegExp(`^(?:the )?(?:tcp )?ports? ${PORTS}(?: (?:on|of|at) (?:the )?${HOST})?${OPEN_EN}$`, "iu"),
  new RegExp(`^(?:tcp )?${PORTS} ?(?:tcp ?)?端口()${OPEN_ZH}$`, "iu"),
  new RegExp(`^(?:tcp )?端口 ?${PORTS}()${OPEN_ZH}$`, "iu"),
];
const ADDRESS: readonly RegExp[] = [
  new RegExp(`^${HOST}:(\\d{1,5})${OPEN_EN}$`, "iu"),
  new RegExp(`^${HOST}:(\\d{1,5})${OPEN_ZH}$`, "iu"),
  new RegExp(`^${HOST} ?的? ?(\\d{1,5}) ?端口${OPEN_ZH}$`, "iu"),
];

const isPort = (port: string): boolean => Number(port) > 0 && Number(port) < 65_536;
/** A word before the port that is no machine. */
const NO_HOST = /^(?:the|this|that|host|server|target|node|firewall|machine|tcp|udp|http|https|port|example.*)$/i;

function tcp(host: string | undefined, ports: readonly string[]): readonly Proposal[] | undefined {
  if (!ports.every(isPort) || (host !== undefined && host.split(".").some((part) => part === "example")))
    return undefined;
  const at = host && !NO_HOST.test(host) ? host : "<host>";
  const addresses = ports.map((port) => `${at}:${port}`);
  return [{ kind: "tcp", params: { address: addresses.length === 1 ? addresses[0]! : addresses } }];
}

/** `Port 443 reachable`, `443 端口可达`, `db01:5432 is reachable`. Where nobody says whose port, a person must. */
export const ports: Ask = (sentence) => {
  for (const pattern of PORT) {
    const match = pattern.exec(sentence);
    if (match) return tcp(match[2], match[1]!.match(/\d+/g)!);
  }
  for (const pattern of ADDRESS) {
    const match = pattern.exec(sentence);
    if (match) return tcp(match[1], [match[2]!]);
  }
  return undefined;
};
