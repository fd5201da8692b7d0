import type { Artefact } from "../../../model/block.ts";
import { isContent } from "./view.ts";

export type Form = Artefact["form"];

/** A shape that a whole text can have. Each regular expression is for one line and anchored. */
interface Shape {
  readonly form: Form;
  /** A sign that stands in every text of this shape: looked for before any pattern is tried. */
  readonly sign?: string;
  /** Every content line must be one of these. */
  readonly every?: RegExp;
  /** At least one line must be like this. */
  readonly some?: RegExp;
  /** Only for blocks without a language: in shell the same text means something else. */
  readonly untagged?: true;
}

const SHAPES: readonly Shape[] = [
  {
    form: "systemd",
    sign: "]",
    some: /^\[(Unit|Service|Install|Timer|Socket|Mount|Path|Slice|Journal|Network|Match)\]\s*$/,
  },
  { form: "sysctl", sign: "=", every: /^\s*(?:net|kernel|vm|fs|dev|user|abi|debug|sunrpc)(?:[./][\w*-]+)+\s*=\s*\S/ },
  { form: "limits", every: /^\s*(?:[@%]?[\w*.-]+|\*)\s+(?:soft|hard|-)\s+[a-z]+\s+(?:-?\d+|unlimited)\s*$/ },
  {
    form: "cron",
    every:
      /^\s*(?:@(?:reboot|hourly|daily|weekly|monthly|yearly|annually|midnight)\s+\S|(?:[\d*/,-]+\s+){2}[\d*/,-]+\s+[\d*/,A-Za-z-]+\s+[\d*/,A-Za-z-]+\s+\S|[A-Z_]+=\S*\s*$)/,
    some: /^\s*[@\d*]/,
  },
  { form: "other", every: /^\s*(?:\d{1,3}\.){3}\d{1,3}\s+[A-Za-z][\w.-]*(?:\s+[\w.-]+)*\s*$/ },
  { form: "other", sign: "=", some: /^\s*[%\w-]+\s+(?:ALL\s*=|\w+\s*=\s*\().*(?:ALL|\/)/ },
  {
    form: "other",
    sign: "]",
    every: /^\s*(?:\[[^\]]+\]|[\w.*/-]+\s*=.*|[;#].*|\s+\S.*)\s*$/,
    some: /^\[[\w .:"/-]+\]\s*$/,
  },
  { form: "other", sign: "=", every: /^\s*[\w-]+(?:\.[\w-]+)+\s*=.*$/ },
  { form: "other", sign: "=", every: /^[A-Za-z_]\w*\s+=\s+\S.*$/ },
  {
    form: "other",
    sign: "<",
    every: /^\s*(?:<\/?[?!A-Za-z]|[^<>]*>|\S[^<]*$)/,
    some: /^\s*<(?:\?xml|!DOCTYPE|[A-Za-z][\w:-]*(?:\s[^<>]*)?>)/,
  },
  { form: "other", sign: "=", every: /^[A-Z_][A-Z0-9_]*=.*$/, untagged: true },
  {
    form: "other",
    sign: "FROM",
    every:
      /^\s*(?:FROM|RUN|COPY|ADD|ENV|CMD|ENTRYPOINT|WORKDIR|EXPOSE|USER|ARG|LABEL|VOLUME|HEALTHCHECK|SHELL|STOPSIGNAL|ONBUILD|\s+\S|&&|\\)(?:\s|$).*/,
    some: /^FROM\s+\S/,
  },
  { form: "other", sign: "Host", every: /^(?:Host\s+\S.*|Match\s+.*|\s+[A-Z]\w+\s+\S.*)$/, some: /^Host\s/ },
];
/** Patterns over a whole text never let a run of blanks or empty lines match in two ways: that would be tried in each. */
const NGINX =
  /^[ \t]*(?:(?:server|http|events|stream|upstream[ \t]+[^\s{]+|map[ \t]+[^\s{]+[ \t]+[^\s{]+)[ \t]*|location[ \t][^{\n]*)\{[ \t]*$/m;
/** `/var/log/app/*.log /var/log/other.log {` */
const isLogrotateHead = (line: string): boolean => {
  if (!line.includes("{")) return false;
  const words = line.trim().split(/\s+/);
  return words.length > 1 && words.at(-1) === "{" && words.slice(0, -1).every((word) => /^["']?[/~]/.test(word));
};
const LOGROTATE_WORD =
  /^[ \t]*(?:daily|weekly|monthly|yearly|rotate[ \t]+\d+|size[ \t]+\S+|missingok|notifempty|compress|copytruncate)[ \t]*$/m;
const YAML_LINE =
  /^\s*(?:-\s+)*(?:[\w."'/$@*-]+(?:\s[\w-]+)?\s*:(?:\s.*)?|-\s+\S.*|-|[|>&].*|\.\.\.|---|[\]}{[].*|\{\{.*)$/;

/** Form of a configuration text, or undefined when it has no shape we know for certain. */
export function configForm(lines: readonly string[], tagged: boolean): Form | undefined {
  const content = lines.filter(isContent).map((line) => line.slice(0, 300));
  if (content.length === 0) return undefined;
  const text = lines.join("\n");
  if (text.includes("{") && lines.some(isLogrotateHead) && LOGROTATE_WORD.test(text)) return "logrotate";
  if (text.includes("{") && NGINX.test(text) && /;\s*$/m.test(text) && balanced(text)) return "nginx";
  for (const shape of SHAPES) {
    if ((shape.untagged && tagged) || (shape.sign && !text.includes(shape.sign))) continue;
    if (shape.every && !content.every((line) => shape.every?.test(line))) continue;
    if (shape.some && !content.some((line) => shape.some?.test(line))) continue;
    return shape.form;
  }
  if (isJson(text)) return "json";
  return text.includes(":") && isYaml(content) ? "yaml" : undefined;
}

const balanced = (text: string): boolean => text.split("{").length === text.split("}").length;

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text) || text.length > 2_000_000) return false;
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return /^\s*\{[ \t\r]*\n\s*"[^"]+"\s*:/.test(text);
  }
}

/** Every line has a place in a YAML document, and at least one is a key with a colon. */
function isYaml(content: readonly string[]): boolean {
  let scalar = -1;
  let keys = 0;
  for (const line of content) {
    const indent = line.length - line.trimStart().length;
    if (scalar >= 0 && indent > scalar) continue;
    scalar = -1;
    if (!YAML_LINE.test(line) || /^\s*[\w.-]+:\S/.test(line)) return false;
    if (/:(?:\s|$)/.test(line)) keys++;
    if (/[|>][+-]?\s*$/.test(line)) scalar = indent;
  }
  return (
    keys > 0 &&
    (keys > 1 || content.length === 1 ? keys >= Math.min(2, content.length) : true) &&
    /^\s*(?:-\s+)?[\w."'/-]+\s*:/.test(content[0] ?? "")
  );
}

/** Form of a file by its path, with its content as the second witness. */
export function fileForm(path: string, lines: readonly string[], shebang: boolean): Form {
  if (shebang) return "script";
  const known = configForm(lines, true);
  if (known && known !== "other") return known;
  if (path.includes("logrotate")) return "logrotate";
  if (/sysctl/.test(path)) return "sysctl";
  if (/limits(\.conf|\.d)/.test(path)) return "limits";
  if (/nginx/.test(path)) return "nginx";
  if (/\.(service|timer|socket|mount|path)$/.test(path)) return "systemd";
  if (/\/cron|crontab/.test(path)) return "cron";
  if (path.endsWith(".json")) return "json";
  if (/\.ya?ml$/.test(path)) return "yaml";
  return /\.(sh|bash)$|\/s?bin\//.test(path) ? "script" : "other";
}
