import { PROD, STAGING } from "./environments.ts";
import { words } from "./matcher.ts";

/** Gates in prose, on folded clauses. Patterns ask for an order to act, so that history and description do not match. */
const CHANGE_ZH = "变更|改动|修改|发布|上线|部署|升级|配置";
const CHANGE_EN =
  "(?:all |any |every |each )?(?:config(?:uration)? )?(?:change|deployment|deploy|release|update|rollout)s?";
export const STAGING_FIRST: readonly RegExp[] = [
  new RegExp(`(?:${CHANGE_ZH}).{0,12}(?:必须|应|须|都|均|一律)?先.{0,8}${STAGING}`),
  new RegExp(`^(?:必须|应|须)?先.{0,6}${STAGING}.{0,20}(?:再|然后|后|才).{0,8}(?:${PROD}|发布|上线|部署)`),
  new RegExp(
    `${STAGING}.{0,10}(?:验证|测试)(?:通过|完成)?(?:后|之后)(?:才|方可|再|才能|才可).{0,10}(?:${PROD}|发布|上线|部署)`,
  ),
  new RegExp(`\\b${CHANGE_EN}\\b.{0,40}\\b(?:to|in|on|through|via)\\s+${STAGING}\\s+first\\b`),
  new RegExp(`\\b${STAGING}\\s+first\\b(?!\\s+(?:deployed|created|set|introduced|launched))`),
  new RegExp(
    `^(?:always |first |please )*(?:deploy|apply|test|verify|validate|ship|release|roll out|try)\\b.{0,40}\\b(?:to|in|on)\\s+${STAGING}\\b.{0,20}\\b(?:first|before)\\b`,
  ),
  new RegExp(`\\b${CHANGE_EN}\\b.{0,30}\\bmust\\b.{0,30}\\b${STAGING}\\b.{0,30}\\bbefore\\b`),
  new RegExp(
    `^(?:never|do not|don't)\\s+(?:deploy|release|change|ship).{0,30}\\b${PROD}\\b.{0,30}\\b(?:without|before)\\b.{0,30}\\b${STAGING}\\b`,
  ),
];
export const COPY_VERIFIED: readonly RegExp[] = [
  new RegExp(`(?:只允许|只能|仅允许|仅可|仅能)(?:复制|使用|发布|部署|上线|同步).{0,12}(?:已|经过?)(?:验证|测试)`),
  new RegExp(`${PROD}.{0,8}(?:只|仅).{0,10}(?:已|经过?)(?:验证|测试)`),
  /\bonly\b.{0,20}\b(?:copy|copied|promote[ds]?|promoting|deploy|deployed|use|used)\b.{0,40}\b(?:verified|validated|already tested|tested)\b/,
  new RegExp(`\\b${PROD}\\b.{0,30}\\bonly\\b.{0,30}\\b(?:verified|validated|tested)\\b`),
  new RegExp(`\\bonly\\b.{0,12}\\b(?:verified|validated|tested)\\b.{0,30}\\b${PROD}\\b`),
];
export const MANUAL_APPROVAL: readonly RegExp[] = [
  /手动门禁|人工门禁|人工卡点|手动审批|人工审批(?!流程|记录)/,
  // A deployment that only a person may start waits for that person.
  /手动触发 ?(?:后)?(?:部署|发布|上线)|\bmanual(?:ly)? trigger(?:ed)?\b.{0,20}\b(?:deploy|release|production)/,
  /(?:必须|需要|须|需|应)(?:先)?(?:经过?|由|取得|获得|通过)?.{0,12}(?:审批|批准|书面同意|双人复核)(?!流程|记录|表)/,
  /\bmanual (?:gate|approval)\b/,
  /\b(?:requires?|needs?|must have|must get|must obtain)\b.{0,24}\b(?:approval|sign-off|sign off)\b/,
  /\bmust be approved\b/,
];
export const PREFLIGHT: readonly RegExp[] = [
  /(?:部署|发布|上线|变更|升级)前.{0,4}(?:必须|须|需).{0,10}(?:预检|检查|自检)/,
  /\bpre-?flight\b.{0,30}\bmust\b|\bmust\b.{0,30}\bpass\b.{0,20}\bpre-?flight\b/,
];

/** Sentences that forbid something begin like this. */
/** Signal words before a ban: 注意：请勿…, `Note: never …`. */
export const SIGNAL = /^(?:注意|警告|重要|危险|提示|note|warning|caution|important|danger)\s*[:!,]\s*/;
export const FORBIDS =
  /^(?:(?:一律|绝对|千万|严格)?(?:禁止|严禁|切勿|切忌|请勿|不要|不得|不准|不许|勿)|(?:please )?(?:do not|don't|never|must not|you must not|under no circumstances)(?![a-z]))/;
/** … unless it is good advice in the form of a ban. */
export const HARMLESS =
  /^(?:请)?(?:不要|请勿|勿|切勿)(?:忘|担心|着急|慌|紧张|犹豫|客气)|^不得不|^(?:please )?(?:do not|don't|never) (?:forget|worry|panic|hesitate|mind|be afraid|need|have to|fear)\b/;
/** Under a heading or label of rules these forbid too: 不直接 kill, 不乱 down, 不提交敏感信息. */
export const FORBIDS_AMONG_RULES =
  /^不(?:直接|乱|提交|随意|擅自|允许|能|可|在生产|使用 ?root|共用|共享)|^no (?:direct|manual|force)\b/;
export const RULES_LABEL = words([
  ...["原则", "规则", "禁止", "禁止事项", "禁忌", "红线", "注意", "注意事项", "约束", "纪律"],
  ...["principle", "rule", "prohibited", "forbidden", "don't", "do not", "never", "restriction", "caution", "policy"],
]);
export const FORBIDDEN_LABEL = words([
  ...["禁止事项", "禁止", "严禁", "红线", "禁忌", "不允许"],
  ...["prohibited", "prohibitions", "forbidden", "never do", "don'ts", "do nots", "not allowed"],
]);

export const READING_HEADING = words([
  ...["阅读顺序", "必须先看", "先看哪些", "先读", "必读", "首先阅读"],
  ...[
    "reading order",
    "read first",
    "read these first",
    "read in this order",
    "must read",
    "required reading",
    "start here",
  ],
]);
export const DELIVERABLES_HEADING = words(["交付物", "交付清单", "交付成果", "deliverable"], ["交付物模板"]);

export const REQUIREMENT_HEADINGS = {
  dependency: words([
    ...["依赖条件", "落地依赖", "实施依赖", "外部依赖", "前置依赖"],
    ...[
      "external dependency",
      "external dependencies",
      "rollout dependencies",
      "dependencies and assumptions",
      "preconditions for rollout",
      "depends on others",
    ],
  ]),
  trigger: words([
    "触发条件",
    "启动条件",
    "激活条件",
    "trigger condition",
    "trigger criteria",
    "activation criteria",
    "entry criteria",
    "conditions for activation",
  ]),
  hardware: words(["硬件要求", "硬件需求", "硬件配置", "hardware requirement"]),
  software: words(["软件要求", "软件需求", "软件版本要求", "software requirement"]),
  risk: words(
    ["风险", "risk"],
    ["风险评估", "风险应对", "风险等级", "risk assessment", "risk response", "risk level", "at risk"],
  ),
} as const;

/** Labels of a structured profile of what is operated. */
export const SERVICE_LABEL = words([
  "业务",
  "服务",
  "服务名",
  "服务名称",
  "系统",
  "系统名称",
  "应用",
  "service",
  "service name",
  "system",
  "application",
  "product",
]);
export const PROFILE_LABEL = words([
  ...["规模", "部署方式", "部署", "负责人", "环境", "核心原则", "等级", "技术栈", "架构"],
  ...[
    "scale",
    "deployment",
    "deployed with",
    "owner",
    "team",
    "environment",
    "criticality",
    "tier",
    "principle",
    "stack",
  ],
]);
/** Claims of high availability; a denial (不追求高可用) is none. */
export const HA =
  /(?<!不追求|无需|不做|不要求|没有|非)(?:高可用|多活|主备|双机)|(?<!\b(?:no|not|without|non|not pursue|not aim for)[ -])\b(?:high(?:ly)?[ -]availab\w+|active[ -](?:active|standby))\b/;

/** What every pattern of a kind of gate asks for: text without it is not looked at with any of them. */
const [STAGES, VERIFIED] = [STAGING, "验证|测试|verified|validated|tested"];
const [APPROVED, CHECKED] = [
  "门禁|卡点|审批|批准|书面同意|双人复核|手动触发|manual|approv|sign[- ]off",
  "预检|检查|自检|pre-?flight",
];
export const STAGING_HINT = new RegExp(STAGES, "i");
export const VERIFIED_HINT = new RegExp(VERIFIED, "i");
export const APPROVAL_HINT = new RegExp(APPROVED, "i");
export const PREFLIGHT_HINT = new RegExp(CHECKED, "i");
export const ANY_GATE_HINT = new RegExp(`${STAGES}|${VERIFIED}|${APPROVED}|${CHECKED}`, "i");
/** Cheap first look before the patterns above: text without any of these matches none of them. */
export const GATE_HINT =
  /先|才|只|仅|必须|须|需|门禁|卡点|审批|first|before|only|must|approv|require|need|gate|pre-?flight|sign.?off|never|n't/i;
export const BAN_HINT = /不|勿|禁|严|切|千万|not|n't|never|no /i;

/** A ban in English, and the words that may stand between it and the command it bans. */
export const LATIN_BAN = /\b(?:do not|don't|never|must not)\b/i;
export const BANS_IT =
  /\b(?:do not|don't|never|must not)\s+(?:(?:ever|just|simply|directly|blindly|manually)\s+)?(?:(?:run|use|execute|issue|call|type|invoke|try|attempt|do|perform|touch|start with)\s+)?(?:(?:a|an|the|any|plain|commands?|like|such as|with|as|root)\s+){0,3}[`"'(]*$|[,，、]\s*(?:or|nor|and)?\s*[`"'(]*$/i;
