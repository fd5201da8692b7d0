/** Variables that every login shell has; blank-separated. */
export const GIVEN_VARIABLES = `
  HOME PATH USER LOGNAME PWD OLDPWD SHELL HOSTNAME HOSTTYPE OSTYPE MACHTYPE RANDOM LANG LC_ALL TERM UID EUID GROUPS PPID IFS
  SECONDS LINENO FUNCNAME PIPESTATUS TMPDIR EDITOR VISUAL DISPLAY SUDO_USER SUDO_UID SSH_CLIENT SSH_CONNECTION SSH_AUTH_SOCK
  EPOCHSECONDS EPOCHREALTIME OPTARG OPTIND REPLY COLUMNS LINES XDG_RUNTIME_DIR XDG_CONFIG_HOME NF NR
  WB_RUN WB_RUNBOOK WB_ENVIRONMENT WB_STEP WB_TARGET WB_OUTPUT
`;

const THINGS =
  "app|application|pod|db|database|user|username|password|passwd|pass|secret|host|hostname|server|service|svc|namespace|ns|bucket|cluster|node|container|image|repo|repository|registry|domain|site|project|release|chart|key|token|file|dir|folder|backup|table|topic|queue|group|org|company|vm|instance|volume|network|deployment|index|snapshot|program|script|env|realm|zone|region|account|pvc|job|stack|team|wallet";
/** Names that only an example has: my-app, mydb, foo, some-pod, web-example. Matched against parts of words. */
export const EXAMPLE_NAME = new RegExp(
  `^(?:my[-_](?!sql|isam|cnf)[\\w-]+|my(?:${THINGS})\\d*|(?:some|any|dummy|fake)[-_][\\w-]+|[\\w-]+[-_]foo|(?:foo|bar|baz|qux|foobar|foo-bar|alice|bob|carol|john|jane|johndoe|janedoe|jdoe)|[\\w-]*EXAMPLE(?:KEY)?|abc123\\d*|abcdef\\d*|deadbeef\\d*|1a2b3c\\w*|0123456\\w*)$`,
  "i",
);
/** The same in the body of a here-document. */
export const EXAMPLE_IN_TEXT = new RegExp(
  `(?<![\\w./-])(?:my[-_](?!sql|isam|cnf)[a-z][\\w-]*|my(?:${THINGS})\\d*)(?![\\w-])`,
);
/** `example-app`; a file with such a name may be there to be copied. */
export const EXAMPLE_PART = /^(?:example|sample)[-_][\w-]+$/i;
export const COPIES = "cp mv install ln cat diff less sed";
/** `pod-name`, `node_id`: the name of a name. */
export const NAME_OF = new RegExp(
  `^(?:${THINGS}|statefulset|sts|daemonset|ds|deploy|pv|disk|device|interface|resource|configmap|cronjob|branch|tag|role|member|slot|unit|host|policy|record|schema|column|partition|mount|process|thread|session|channel|cert|certificate|alert|rule|target)[-_](?:name|id)$`,
  "i",
);
/** A word that is the bare word for its value. */
export const BARE_NAME =
  /^(?:username|dbname|databasename|podname|nodename|containername|servicename|tablename|bucketname|somevalue|somename|path-to-[\w-]+)$/i;
export const ADDRESS_OF =
  /(?:^|[@/=,])(?:(?:[a-z]+[-_])?(?:server|node|master|worker|public|private|local|remote|target|client|database|primary|replica|slave|standby)[-_](?:ip|addr|address|host|hostname|fqdn|url|port)|(?:host|hostname|ip|ipaddress|server|addr|address):port)(?:$|[:/,])/i;
/** `user@host`, `root@server`, `http://host/`. */
export const ANYBODY =
  /^(?:user|username|login|me|someone|remoteuser)@|@(?:host|hostname|server|servername|remote|remotehost|remote-host|remote-server|target|machine|node|ip)(?::|\/|$)/i;
export const ANY_URL =
  /^\w+:\/\/(?:[^/@\s]*@)?(?:host|hostname|server|servername|ip|domain|url|registry|some[\w-]*|url\.to)(?:[:/]|$)/i;
/** `/dev/sdX`, `v1.x`, `release-X.Y`, `1.2.N`. */
export const LETTER_FOR_DIGIT =
  /\/dev\/(?:sd|vd|xvd|hd|nvme\d?n?)[xyXYZ]\d?(?![\w])|(?<![\w.])v?\d+(?:\.\d+)*\.[xXyYN](?![\w])|\bnode[XN]\b|=[NXM]$/;
/** `%VARIABLE%` of another system's shell. */
export const PERCENT_VARIABLE = /%[A-Z][A-Z_]{2,}%/;
/** Passwords that no system has; the option or assignment before them says that a password is meant. */
export const EXAMPLE_PASSWORD =
  /^(?:--?p(?:ass(?:w(?:or)?d)?)?[= ]?|--[\w-]*pass(?:word)?=|[A-Z_]*PASS(?:WORD|WD)?=|requirepass=)["']?(?:password\d*|passwd|pass|secret|my\w*pass\w*|changeit|p@ssw0rd\w*|passw0rd\w*|pass(?:word)?\d{3,}|admin\d{0,4}|root\d{0,4}|strong[\w@!-]*|super\w*secret|s3cr3t|letmein|hunter\d|qwerty)["']?$/i;

export const COUNTED_PASSWORD = /^(?:--[\w-]*pass(?:word)?=|[A-Z_]*PASS(?:WORD|WD)?=)["']?123\d*["']?$/;
/** Programs whose -p takes a password. */
export const LOGS_IN = "docker podman nerdctl helm sshpass oc kubectl mysqladmin mysqldump mysql mariadb";

export const SQL_PASSWORD = /\b(?:identified by|password)\s+'([^']{1,60})'/i;

/** Ids that a machine gave once: a pod of a deployment, a host of a cloud, a container, an account of the examples. */
export const POD =
  /^(?:pods?\/)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?-(?:[bcdfghjklmnpqrstvwxz2456789]{8,10}-)(?=[a-z]*\d|[a-z]+$)[bcdfghjklmnpqrstvwxz2456789]{5}$/;
export const DAEMON_POD =
  /^(?:pods?\/)?[a-z](?:[a-z0-9-]*[a-z0-9])?-(?=[a-z]*[2456789])(?=\d*[a-z])[bcdfghjklmnpqrstvwxz2456789]{5}$/;
export const GENERATED =
  /^(?:ip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}(?:\.[\w.-]+)?|(?:i|vol|snap|ami|sg|subnet|vpc|eni|rtb|igw|eipalloc|lt|nat|pcx|fs)-[0-9a-f]{8,17}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;
export const ACCOUNT = /(?<!\d)(?:123456789012|1{12}|0{12})(?!\d)/;
export const HEX = /^(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])(?:[0-9a-f]{12}|[0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{64})$/;
/** Programs whose positional words are names of pods and nodes, of containers or members by id, of processes. */
export const WITH_PODS = "kubectl oc k stern kubetail crictl";
export const WITH_IDS = "docker podman nerdctl crictl ctr etcdctl docker-compose nomad consul vault openstack nova";
export const WITH_PIDS =
  "kill strace ltrace gdb jstack jmap jinfo jcmd jstat pmap pwdx renice nsenter py-spy perf gcore prlimit taskset";
/** Programs whose words are told to a reader, searched for or sent: names in them name nothing here. */
export const NAMES_MEANT = "echo printf grep egrep fgrep rg zgrep sed awk jq logger test [ [[ pgrep export tr";
/** A moment that the author saw, in words that ask for a moment. */
export const MOMENT =
  /(?<![\d.])20[0-3]\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[ T_][0-2]?\d[:-][0-5]\d(?:[:-][0-5]\d)?\S*)?(?!\d)/;
export const RELEASED = /RELEASE|^https?:|^s?ftp:|\.(?:tar\.gz|tgz|zip|whl|rpm|deb)$|@sha256/;

/** Programs of a workstation: servers do not have them. Blank-separated. */
export const WORKSTATION = "brew choco winget scoop pbcopy pbpaste osascript explorer code open xcode-select mas";
export const ON_WORKSTATION =
  /\b(?:on|from) (?:your|a|the|my) (?:own )?(?:local (?:machine|computer|system|host|workstation|laptop|terminal)|laptop|workstation|desktop|mac|macbook|windows|dev(?:elopment)? machine)\b|\b(?:on|from) (?:macos|mac os|os x|windows)\b|(?:在|从)(?:你|您|自己)?的?(?:本地|本机|个人|办公)(?:电脑|机器|终端|环境|主机)|(?:你|您|自己)的(?:电脑|笔记本)|开发机上?|跳板机上?执行/i;

/** Directories that only a workstation has. */
export const WORKSTATION_PATH = /(?:^|[\s="':])(?:\/Users\/|\/Volumes\/|[A-Z]:\\)/;
/** A remark that is nothing but the name of an environment. */
export const ONLY_ENVIRONMENT =
  /^(?:(?:in|on|for) )?(?:the )?(local(?:ly)?|cloud|dev(?:elopment)?|test(?:ing)?|staging|prod(?:uction)?|on[- ]prem(?:ises)?|aws|gcp|azure|docker|kubernetes|k8s|vm|bare[- ]metal)(?: (?:environment|deployment|cluster|setup|install(?:ation)?))?\s*[:：]?$|^(本地|云端|开发|测试|预发布?|预生产|生产|线上|容器|裸机)(?:环境|部署)?\s*[:：]?$/i;
/** Families of systems: a block that names two of them gives each its own commands. */
export const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ["debian", /\b(?:debian|ubuntu|apt|deb-based)\b/i],
  ["red hat", /\b(?:red ?hat|rhel|centos|fedora|rocky|alma(?:linux)?|oracle linux|amazon linux|yum|dnf)\b/i],
  ["alpine", /\balpine\b/i],
  ["arch", /\barch(?: linux)?\b/i],
  ["suse", /\bsuse\b/i],
  ["macos", /\b(?:mac ?os|os ?x|homebrew)\b/i],
  ["windows", /\bwindows\b/i],
  ["bsd", /\b(?:freebsd|openbsd)\b/i],
];
/** One of several ways. */
export const OPTION =
  /^(?:option|method|approach|way|variant|alternative|choice|方法|方式|方案|选项|做法|法|途径)\s*(?:[0-9a-f]|[一二三四五])?\s*(?:$|[:：.、)）(（-])/i;
/** Instead of what stands above, with words that the list of beginnings does not have. */
export const SAME_AS =
  /^(?:或(?!许)|~\s*or\s*~|(?:this |it )?is (?:the same as|equivalent to)|same as\b|equivalent(?:ly)?\b|(?:just )?like doing\b|instead\b|也(?:可|能)|另一种|(?:old|new)er versions?\b|旧版|新版|(?:for|with|using|in) (?:docker compose|docker-compose|systemd|kubernetes|k8s|helm|docker)\b\s*[:：]?$)/i;
/** Done only under a condition, or later, wherever in the remark it is said. */
export const CONDITION =
  /\((?:if|only if|optional|when)\b[^)]*\)|\b(?:if (?:needed|necessary|required|applicable|desired|you (?:want|need|wish|prefer|like|have|use))|only if|when (?:done|finished|ready|complete[d]?)|once (?:done|finished|complete[d]?)|after (?:the )?maintenance|as needed|as a last resort|last resort)\b|[（(](?:可选|如需|如有|如果|若|视情况)[^)）]*[)）]|如有必要|如果需要|如需|必要时|视情况|可选|维护(?:完成|结束)后|完成后再|最后手段|^(?:dacă|wenn|falls|sofern|si|se|als|если|もし|nếu|jeśli|eğer)\s/i;
/** Commands of a pair: the first is undone by the second. */
export const UNDOES: readonly (readonly [RegExp, string])[] = [
  [/\bcordon\b/, "uncordon"],
  [/\bpause\b/, "resume"],
  [/\bpause\b/, "unpause"],
  [/\bsuspend\b/, "resume"],
  [/\bmask\b/, "unmask"],
  [/\block\b/, "unlock"],
  [/\bmount\b/, "umount"],
  [/\bset\b/, "unset"],
  [/\battach\b/, "detach"],
  [/\binstall\b/, "uninstall"],
  [/\binstall\b/, "remove"],
  [/\bcreate\b/, "delete"],
  [/\benable\b/, "disable"],
  [/--on\b/, "--off"],
];
/** The machine that a remark says its commands are for. */
export const ON_MACHINE =
  /^(?:\d+[.)、]\s*)?(?:(?:then |now |next |first )?(?:run |execute |do )?(?:this |these )?(?:commands? )?on (?:the |each |every |all |both )?(?<en>(?:new |old |other |first |second |remaining |failed |healthy )?[\w-]+(?: (?:nodes?|servers?|hosts?|machines?|members?|instances?|replicas?|sites?|cluster|database|db))?)|(?:然后|再|首先|先)?在(?<zh>[^，,。:：（(]{1,16}?)(?:上|中|里)?(?:执行|操作|运行|查看|安装|停止|启动|创建|配置|检查|恢复|修改|\s*[:：]|$)|(?<zh2>主库|从库|主节点|从节点|主机|备机|备库|新主|旧主|新节点|旧节点|所有节点|master ?\d*|slave ?\d*|node ?\d+|节点 ?[一二三四\dA-C])(?:上)?(?:执行|操作|运行)?\s*[:：]?$)/i;
/** What `on …` names without meaning a machine. */
export const NO_MACHINE =
  /^(?:boot|startup|demand|error|failure|success|port|time|top|disk|hold|call|linux|debian|ubuntu|centos|rhel|macos|windows|fedora|alpine|this|that|it|its|your|my|a|an|后台|前台|线|此|本|该|上述|以上|使用|之前|之后|生产)$/i;

/** A remark or text that tells the reader to replace something. */
export const REPLACE =
  /\b(?:replace|substitute|swap)\b.{0,60}\b(?:with|by|for)\b|\b(?:change|adjust|adapt|customi[sz]e|edit|update|modify|set|fill in)\b.{0,60}\b(?:your|own|actual|real|as needed|accordingly|appropriate)\b|\bchange (?:the |this |it )?\S{1,40} to (?:the|your)\b|\byour (?:actual|real)\b|\b(?:placeholder|to match your|adjust (?:the )?(?:path|name|value|version)s?)\b|^your\b|替换(?:为|成|掉)?|(?:修改|改|换)(?:为|成)(?:你|您|自己|实际|真实|对应)|(?:根据|按照?|以)(?:你|您|自己)?的?实际|自行(?:修改|替换|调整)|(?:你|您|自己)的(?:实际|真实)?(?:ip|域名|密码|地址|路径|用户名|名称|库|服务)|请(?:修改|替换|填写)/i;

/** The text before a block announces what is printed, whatever the block looks like. */
export const SAMPLE_LABEL =
  /\b(?:example|sample|expected|typical|possible|resulting|similar|successful) (?:[\w-]+ ){0,2}(?:outputs?|results?|responses?|logs?|log (?:lines?|entries|messages?)|errors?|error messages?|messages?)\b[^.。]{0,50}$|(?:预期|期望|示例|典型)的?(?:输出|结果|返回|响应)|(?:输出|返回|结果|回显|响应|日志|报错)(?:示例|样例)/i;
/** The text before a block speaks of what is printed. */
export const OUTPUT_LABEL =
  /\b(?:output|response)s?\b[^.。]{0,24}[:：]$|\b(?:prints?|displays?|returns?|outputs?|responds?|looks like|yields?|should (?:see|show|get|look|return|be)|will (?:see|show|get|look|return)|(?:you|we) (?:get|see))\b[^.。]{0,70}[:：]$|(?:输出|返回|结果|回显|打印|响应|报错)(?:结果|内容|信息|如下|类似|大致|应?为|是)?[^。]{0,14}[:：]$|类似(?:如下|下面|于|以下)|(?:会|应|可以?)(?:看到|显示|返回|输出)/i;
/** … and is nothing but its name: `Output:`, `返回：`. */
export const ONLY_OUTPUT =
  /^(?:the |its |command |sample )?(?:outputs?|results?|responses?|returns?|prints?|stdout|stderr)\s*[:：.]?$|^(?:命令)?(?:输出|返回|结果|回显|响应|打印)(?:结果|内容|信息|值)?(?:如下|为|是)?\s*[:：。]?$/i;
/** … unless it asks to run what follows. */
export const RUN_LABEL =
  /\b(?:look|check|verify|inspect|see if|run|execute|issue|enter|type|use|using|invoke|call|command|commands|perform)\b|执行|运行|输入|使用|命令|通过|查看|检查|获取|查询/i;
/** The text before a block gives it as one example of many. */
export const EXAMPLE_LABEL =
  /\b(?:for example|for instance|e\.g\.?|as an example|an example)(?=\W|$)|(?:例如|比如|譬如|举例|举个例子|假设|假如)/i;
/** A heading above says that what stands below it is not, not yet or no longer to be done. */
export const STALE_HEADING =
  /\b(?:obsolete|deprecated|outdated|superseded|retired|legacy way|old way|do not use|don't use|not recommended|anti-?patterns?|wrong way|planned|draft|future|counter-?examples?)\b|(?:已|将)?(?:废弃|弃用|作废|过时|停用)|反面|反例|错误(?:示例|做法|写法|用法|示范)|不推荐|不建议|规划中|计划中|尚未实施|\(计划\)|（计划）/i;
/** The first remark in a block says that what follows is not to be done. */
export const STALE_REMARK =
  /^#+\s*(?:don'?t\b|do not\b|never\b|wrong\b|bad\b|incorrect\b|anti-?pattern|deprecated\b|obsolete\b|old way|not like this|不要|切勿|请勿|禁止|严禁|错误|反例|反面|已?废弃|不推荐)/i;
/** A remark anywhere at the top that bans what follows: `# DANGER: never run this on production`. */
export const BAN_REMARK =
  /^#+.{0,60}\b(?:never|do not|don't) (?:ever )?(?:run|execute|use|do|type|paste|copy)\b|^#+.{0,30}(?:不要|切勿|请勿|禁止|严禁)(?:直接)?(?:执行|运行|使用|复制|粘贴)/i;
/** The text before a block gives a form to fill in. */
export const SYNTAX_LABEL =
  /\b(?:syntax|synopsis|general form|command format|the format|usage)(?: is| of [\w-]+)?\s*[:：]?$|(?:语法|用法|命令格式|格式(?:如下|为)?|参数格式)\s*[:：]?$/i;
/** A remark that stands for what was left out. */
export const LEFT_OUT =
  /^(?:\.{3,}|…+)\s*(?:$|[(（[]|(?:etc|more|rest|others?|same|omitted|snip|and so on)\b|省略|其他|等|同上)|^(?:此处省略|以下省略|省略|snip|omitted|rest of (?:the )?(?:file|script|config\w*)|同上|依此类推|以此类推|repeat (?:this )?for\b)/i;
/** A line that is nothing but the word which a program prints of a state. */
export const PRINTED =
  /^(?:active|inactive|enabled|disabled|masked|static|running|stopped|started|exited|healthy|unhealthy|ok|okay|pong|success|successful|succeeded|failed|done|ready|up|down|yes|no|leader|follower|primary|standby|replica|master|slave|empty|none|null|[01]|\d+)$/i;
/**
 * Commands that leave no machine behind: the whole root removed or opened, a disk overwritten, processes without end. Each
 * with a sign that stands in whatever it matches.
 */
const RUINS: readonly (readonly [sign: string, pattern: RegExp])[] = [
  ["rm", /(?:^|[\s;&|])rm\s+(?:-[a-zA-Z]+\s+|--[\w-]+\s+)*\/(?:\*|\s|;|&|$)/],
  ["-R", /(?:^|[\s;&|])ch(?:mod|own)\s+-R\s+\S+\s+\/(?:\s|;|&|$)/],
  ["/dev/null", /(?:^|[\s;&|])mv\s+\/\S*\s+\/dev\/null/],
  ["/dev/", />\s*\/dev\/(?:(?:sd|vd|xvd|hd)[a-z]?\d*|nvme\d+n\d+(?:p\d+)?)(?:\s|;|$)/],
  ["/dev/", /(?:^|[\s;&|])dd\s[^;&|]{0,300}\bof=\/dev\/(?:(?:sd|vd|xvd|hd)[a-z]|nvme\d+n\d+|mmcblk\d+)(?:\s|;|$)/],
  ["/dev/", /(?:^|[\s;&|])shred\s[^;&|]{0,200}\/dev\/(?:(?:sd|vd|xvd|hd)[a-z]|nvme\d+n\d+)(?:\s|;|$)/],
  [
    "/dev/",
    /(?:^|[\s;&|])(?:wipefs|mkfs(?:\.\w+)?|sgdisk|blkdiscard)\s[^;&|]{0,200}\/dev\/(?:(?:sd|vd|xvd|hd)a|nvme0n1)(?:\s|;|$)/,
  ],
  ["-delete", /(?:^|[\s;&|])find\s+\/\s+(?:-x?dev\s+|-type\s+\w\s+)*-delete/],
  ["()", /(\S+)\s*\(\)\s*\{[^}]{0,40}\1\s*\|\s*\1\s*&/],
];
/** Nearly no command has one of the signs, so the patterns are seldom tried. */
export const ruins = (text: string): boolean => RUINS.some((ruin) => text.includes(ruin[0]) && ruin[1].test(text));
/** A remark that asks a person to edit a file. */
export const EDITS =
  /^(?:\d+[.)]\s*)?(?:then |now |next )?(?:edit|modify|update|change|open|actualiz\w+|编辑|修改|更新|打开)\s*(?:the |your |文件|配置文件)?\s*(?:file |config(?:uration)? )?[`"']?([\w./~-]*\.(?:ya?ml|conf|cnf|ini|json|env|toml|cfg|properties|config|xml|service|tf)|\/etc\/[\w./-]+|\.env)\b/i;
