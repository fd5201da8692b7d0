/** Words a reader must replace. CJK words stand here because this folder holds recognition words. */
export const YOUR =
  /\b(?:your|my-own|you)[-_.]?[a-z][\w.-]*|\bYOUR[-_]?[A-Z]\w*|\byour\b|\/path\/to\b|\bpath\/to\/|\b[a-z]\w*(?:-\w+){0,6}[-_]here\b|(?<![\w./-])(?:the|this|that|some)(?:-[a-z]+){0,2}-(?:pod|node|host|server|container|service|deployment|namespace|cluster|instance|volume|bucket|user|group|database|table|file|folder|name|id|key|token|password|version|tag|image|branch|commit|process|unit|interface|device|domain|address|port)(?![\w./-])|\b(?:changeme|change-me|change_me|replace[-_]?me|REPLACE[-_]?ME|CHANGEME|CHANGE_ME|TBD|FIX[-_]?ME|foobar)\b|[你您]的|替换为|改为|实际的?(?:值|地址|名称|密码|域名)|(?:此处|这里)(?:填|写)/;
export const XXX =
  /(?<![A-Za-z0-9])(?!(?<=-)XX:)(?:X{2,}|x{3,}|xx(?:\.xx)+|x\.x\.x(?:\.x)?|X\.Y(?:\.Z)?|x\.y(?:\.z)?|N\.N(?:\.N)?|\d{1,3}(?:\.\d{1,3}){0,2}\.(?:x{1,3}|X{1,3})(?:\.(?:x{1,3}|X{1,3}))*)(?![A-Za-z0-9])|\*{4,}/;
export const DATE_PATTERN = /(?<![A-Za-z%])(?:YYYY|yyyy)[-_/.]?(?:MM|mm)(?:[-_/.]?(?:DD|dd))?/;
export const LITERAL_DATE =
  /(?<!\d)20[0-3]\d[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])(?:[-_T]?\d{4,6}Z?)?(?!\d)/;
/** A path or name that a date makes one backup out of many. */
export const BACKUP_LIKE =
  /backup|bak\b|backups|dump|snapshot|archive|restore|备份|归档|快照|\.(?:sql|gz|tgz|zst|tar|zip|rdb|db|bak|old)(?:\b|\.)/i;
export const EXAMPLE_HOST =
  /(?:[\w-]{1,63}\.){0,5}\bexample(?:\d?\.(?:com|org|net|cn|io|local|internal|edu|test|invalid)\b|\.com\.cn\b)|\b[\w-]{1,63}\.example\b(?!\.\w)|\b(?:1\.2\.3\.4|192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+)\b|\b(?:your|my)?domain\.(?:com|cn|org|net)\b|\bfoo\.bar\b/;
export const ELLIPSIS = /(?<!\.)\.{3}(?!\.)|…/;
/** Upper-case words that stand for a value when they are a whole word of a command. */
export const UPPER =
  /^(?:NAMESPACE|NS|POD|PODNAME|POD_NAME|CONTAINER|CONTAINER_ID|SERVICE|SERVICENAME|HOST|HOSTNAME|HOST_IP|IP|IPADDR|IP_ADDRESS|NODE|NODENAME|CLUSTER|USER|USERNAME|PASSWORD|PASS|TOKEN|SECRET|KEY|PORT|PID|NAME|ID|DATE|VERSION|TAG|REGION|ZONE|BUCKET|DOMAIN|DB|DBNAME|DATABASE|TABLE|FILE|FILENAME|DIR|DIRECTORY|PATH|URL|DEVICE|INTERFACE|RELEASE|CHART|REPO|REPOSITORY|IMAGE|DEPLOYMENT|INSTANCE|INSTANCE_ID|SERVER|QUEUE|TOPIC|GROUP|ENV|ENVIRONMENT|PROJECT|ACCOUNT|BRANCH|COMMIT|SHA|HASH|ADDRESS|EMAIL|VALUE|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)$/;
/** Programs whose upper-case arguments are meant as they stand. */
export const UPPER_MEANT =
  "export unset printenv declare local read grep egrep fgrep rg zgrep ag ack awk sed echo printf pkill killall trap iptables ip6tables redis-cli valkey-cli test [ [[ env set tee logger mail readonly getconf tr case cut ip psql mysql mariadb nft ipset auditctl";
/** Programs that may be given text in Chinese. */
export const TEXT_MEANT =
  "echo printf grep egrep fgrep rg zgrep logger mail mailx wall git curl awk sed read test [ [[ notify-send say jq find tr";
export const ANGLE_MEANT =
  "grep egrep fgrep rg zgrep sed awk perl echo printf xmllint xmlstarlet tr python python3 node ruby git";
/** A word in brackets: `[namespace]`, `[OPTIONS]`. */
export const BRACKETED = /^\[[\p{L}][\p{L}\p{N} _-]{2,}\]$/u;
export const HTML_ENTITY = /&(?:lt|gt|amp|quot|#\d+);/;
export const BRACES =
  /\{\{\s*[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff -]*\s*\}\}|\$\{\{[^}]*\}\}|(?<![%$@])\{[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*\}(?!\})/i;

/** A word of these characters, with none of these parts, holds nothing to fill in: nearly all words. */
export const PLAIN = /^[a-z0-9._/=:,@+~%*-]*$/;
export const SUSPECT =
  /you|(?:the|this|that|some)-|xx|x\.|y\.|\*{4}|example|path\/to|change|replace|foo|domain|20[0-3]\d|yyyy|here|%[a-z_-]{3,}%|start\/|stop\/|restart\/|\.{3}|192\.0|198\.51|203\.0|1\.2\.3/;

/** Words of which a command takes exactly one: several of them with a slash, comma or bar between are a choice. */
const STATES = "start|stop|restart|reload|status|enable|disable|up|down|on|off";
export const CHOICE = new RegExp(
  `^(?:(?:${STATES})/)+(?:${STATES})$|^\\{(?:${STATES})(?:,(?:${STATES}))+\\}$|^\\[-{1,2}[a-zA-Z]`,
);
/** Programs of a pipeline that are no programs: `systemctl start|stop|restart nginx`. */
export const STATE_WORD = new RegExp(`^(?:${STATES})$`);

/** Builtins whose words are assignments. */
export const DECLARES = "export readonly local declare typeset";
/** Variables of text, or of a form: what stands in them is shown, or filled in by a program. */
export const TEXT_VARIABLE =
  /(?:^|_)(?:MSG|MESSAGE|TEXT|TITLE|SUBJECT|BODY|DESC|DESCRIPTION|COMMENT|NOTE|REASON|CONTENT|PROMPT|USAGE|HELP|BANNER|FMT|FORMAT|PATTERN|REGEX|PS[1-4]|IFS)$/i;
/** Variables that are meant to be empty when nothing is wanted of them. */
export const MAY_BE_EMPTY =
  /(?:^|_)(?:OPTS?|OPTIONS?|ARGS?|ARGUMENTS?|FLAGS?|EXTRA|SUFFIX|SUDO|DRY_?RUN|DEBUG|VERBOSE|QUIET|FORCE|PROXY|IFS)$/i;
/** Whose argument the value of a variable is, by its name: ids that were true once are known by who takes them. */
export const TAKEN_BY: readonly (readonly [RegExp, string])[] = [
  [/(?:^|_)PODS?(?:_?NAME)?$/i, "kubectl"],
  [/(?:^|_)PIDS?$/i, "kill"],
  [/(?:^|_)(?:CONTAINER|CID|MEMBER|CONTAINER_ID|MEMBER_ID)$/i, "docker"],
];
/** The last part of a word in capitals that names a value, whatever the variable is called. */
export const NAMES_VALUE = /_(?:NAME|ID|IP|ADDRESS|HOSTNAME|PATH|HERE)$/;
