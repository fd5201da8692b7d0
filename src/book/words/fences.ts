import { words } from "./matcher.ts";

/** Languages of an info string by what their text is. Lower case. */
export const SHELL_LANGS = new Set("bash sh shell zsh ksh ash dash shellscript".split(" "));
/** Shells by name that are written with prompts and output. */
export const SESSION_LANGS = new Set(
  "console terminal shell-session shellsession sh-session bash-session zsh-session cmdline commandline shelloutput".split(
    " ",
  ),
);
/** Shells that are not run here. */
export const OTHER_SHELLS = new Set(
  "powershell ps1 pwsh ps bat batch cmd dos dosbatch fish tcsh csh nushell nu".split(" "),
);
export const QUERY_LANGS = new Set(
  "sql mysql postgresql postgres pgsql plsql tsql sqlite promql logql kql kusto esql influxql flux cypher graphql mongodb mongo cql hql traceql metricsql spl lucene redis".split(
    " ",
  ),
);
export const SQL_LANGS = new Set("sql mysql postgresql postgres pgsql plsql tsql sqlite cql hql".split(" "));
export const CONFIG_LANGS = new Set(
  "yaml yml toml ini conf cfg config nginx nginxconf apache apacheconf properties env dotenv hcl terraform tf dockerfile docker makefile make systemd unit desktop caddyfile haproxy logrotate sysctl cron crontab jsonnet puppet cue rego editorconfig ssh-config sshconfig hosts varnish vcl nix cisco squid alertmanager prometheus docker-compose compose".split(
    " ",
  ),
);
export const DATA_LANGS = new Set(
  "json json5 jsonc jsonl ndjson xml html svg csv tsv diff patch http log logs syslog pem asn1 proto protobuf".split(
    " ",
  ),
);
export const DIAGRAM_LANGS = new Set(
  "mermaid plantuml puml uml dot graphviz ditaa ascii ascii-art asciiart svgbob flow flowchart sequence seq gantt d2 nomnoml wavedrom vega vega-lite blockdiag structurizr tree".split(
    " ",
  ),
);
export const TEXT_LANGS = new Set(
  "text txt plain plaintext none output out raw nohighlight markdown md rst quote email".split(" "),
);

/** Cheap first look: text in Latin letters without any of these holds none of the words below. */
export const CHEAT_HINT = /cheat|reference|command|[^\x00-\x7f]/i;
/** Headings of pages that list commands for reference. */
export const CHEAT = words([
  "速查", "速查表", "命令速查", "常用命令", "常用指令", "常用操作", "命令参考", "命令大全", "命令汇总", "命令清单", "命令列表", "备忘", "小抄",
  "cheat sheet", "cheatsheet", "quick reference", "command reference", "reference card", "useful commands", "common commands", "handy commands",
  "frequently used commands", "helpful commands", "commands at a glance", "command cheat", "quick commands",
]); // prettier-ignore

/** A comment that says: this instead of that. */
export const INSTEAD =
  /^(?:或者?(?:使用|执行|用)?(?:$|[:：,，\s])|或者|也可以|(?:or|alternatively|otherwise|either)(?:$|[\s:,]))/i;
/** A comment that makes what follows conditional. */
export const IF =
  /^(?:如果|若|假如|倘若|当.{1,30}时|仅当|只有|if\b|in case\b|only if\b|when\b|unless\b|optional(?:ly)?\b|可选)/i;
/** Words before which `# ` is the prompt of root. */
export const AS_ROOT = words([
  "以 root",
  "root 用户",
  "root 身份",
  "使用 root",
  "切换到 root",
  "as root",
  "root shell",
  "root prompt",
  "root user",
]);

const CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩";
const NUMBERED = /^(?:step|步骤|第)?\s*[(（]?(\d{1,2})\s*(?:步)?\s*(?:[)）、:：]|\.(?!\d)|步)\s*(.*)$/i;

/** Number and title of a comment like `1. stop`, `Step 2: copy`, `步骤 3：启动`, `（4）检查`. */
export function numbered(comment: string): { readonly number: number; readonly title: string } | undefined {
  const circled = CIRCLED.indexOf(comment[0] ?? " ");
  if (circled >= 0) return { number: circled + 1, title: comment.slice(1).trim() };
  const found = NUMBERED.exec(comment);
  return found ? { number: Number(found[1]), title: (found[2] ?? "").trim() } : undefined;
}

/** A comment line that says nothing but where the file lies, in the comment form of the common languages. */
export const PATH_COMMENT =
  /^\s*(?:#|\/\/|;|--|<!--|\/\*|"|%)+\s*(?:(?:file ?name|file|path|location|文件名?|文件路径|路径|配置文件|脚本|保存为|save as)\s*[:：]?\s*)?[`'"]?((?:~|\/[\w.@+-]+)(?:\/[\w.@+{}<>*-]+)+|\/[\w-]+\.[\w.]+)[`'"]?\s*(?:[(（][^()（）]*[)）])?\s*(?:-->|\*\/)?\s*$/i;

/** `# 症状: …` */
export const SYMPTOM = /^(?:症状|现象|故障现象|问题|symptoms?|problem)\s*[:：]\s*(.+)$/i;
