import { words } from "./matcher.ts";

/** Header words of tables, by construct and column; text is matched folded. */
export const THRESHOLD_HEADERS = {
  metric: words(["指标", "监控项", "检查项", "metric", "indicator", "measurement"]),
  normal: words(["正常", "健康", "normal", "healthy"]),
  warn: words(["警告", "预警", "warning", "warn"]),
  critical: words(["严重", "紧急", "危急", "critical", "crit"], ["严重级别", "严重程度", "严重性", "紧急程度"]),
  /** 告警 is the warning limit only beside a critical one; alone it is just a threshold. */
  alarm: words(["告警", "报警"], ["告警级别", "告警等级", "报警级别", "告警规则", "告警名称"]),
  threshold: words(["阈值", "门限", "threshold"]),
  level: words(["级别", "等级", "severity", "level"]),
  /** How long a limit must be passed; `for` only as the whole header. */
  hold: words(["持续", "持续时间", "持续时长", "时长", "duration", "hold", "hold for", "hold time", "lasting"]),
  holdOnly: words(["for", "for at least"]),
};

export const SEVERITY_HEADERS = {
  level: words(
    ["级别", "等级", "优先级", "严重程度", "严重性", "severity", "level", "priority", "sev"],
    ["日志级别", "log level", "安全等级", "access level", "permission level"],
  ),
  respond: words(
    ["响应", "确认时限", "response", "respond", "acknowledge", "acknowledgement", "ack"],
    ["响应码", "响应体", "响应内容", "响应状态", "response code", "response body", "response header", "response type"],
  ),
  /** The end of the disturbance, before its mitigation and other work on it: the first that a table has times for. */
  resolve: [
    words(["解决", "resolution", "resolve", "resolved"]),
    words(["恢复时间", "恢复时限", "恢复时长", "restore", "restoration"]),
    words([
      ...["修复", "处理时间", "处理时限", "处置时限", "处置时间"],
      ...["fix time", "time to fix", "mitigation", "mitigate"],
    ]),
  ],
  definition: words([
    ...["定义", "描述", "说明", "含义", "影响", "标准", "现象", "表现"],
    ...["definition", "description", "meaning", "impact", "criteria", "criterion"],
  ]),
  channel: words(["通知", "渠道", "通道", "channel", "notify", "notification", "notified", "paging"]),
};

export const BACKUP_HEADERS = {
  frequency: words(
    [...["频率", "频次", "周期", "备份时间", "多久"], ...["frequency", "schedule", "how often", "interval", "cadence"]],
    [
      ...["保留周期", "保存周期", "留存周期", "存储周期"],
      ...["retention schedule", "retention interval", "retention frequency"],
    ],
  ),
  /** Says how often where no other column does: daily full, weekly incremental. */
  strategy: words(
    ["备份方式", "备份策略", "方式", "策略", "strategy", "method", "backup type", "policy"],
    ["保留策略", "retention policy", "存储方式"],
  ),
  retention: words(["保留", "保存", "留存", "retention", "retain", "retained", "kept", "keep", "keeps"]),
  location: words([
    ...["存储", "位置", "存放", "目的地", "备份目标"],
    ...["location", "storage", "destination", "where", "stored", "stored at", "bucket", "target"],
  ]),
  data: words([
    ...["数据", "备份", "对象", "内容", "名称"],
    ...["data", "what", "dataset", "backup", "component", "item", "database", "asset", "type"],
  ]),
};

/** Tables of work that comes again. */
export const DUTY_HEADERS = {
  item: words([
    ...["检查项", "检查项目", "检查内容", "巡检项", "巡检项目", "巡检内容", "工作项", "工作内容", "任务", "事项"],
    ...["task", "check", "item to check", "check item", "inspection item", "duty", "activity", "job"],
  ]),
  frequency: words(["频率", "频次", "周期", "frequency", "how often", "cadence", "schedule"]),
};

export const LOG_HEADERS = {
  log: words(
    ["日志", "log", "logs", "log type", "log file"],
    ["日志级别", "日志保留", "日志位置", "log level", "log retention"],
  ),
  location: words(["位置", "路径", "文件", "目录", "存放", "location", "path", "file", "where", "directory"]),
  retention: words(["保留", "保存", "留存", "retention", "retain", "retained", "kept", "keep"]),
};

export const CONTACT_HEADERS = {
  role: words(["角色", "团队", "岗位", "职位", "部门", "小组", "role", "team", "group", "position", "department"]),
  name: words(["姓名", "联系人", "负责人", "name", "who", "person", "contact person"]),
  contact: words([
    ...["联系", "联系方式", "电话", "手机", "邮箱", "邮件", "微信", "企业微信", "钉钉"],
    ...["contact", "email", "e-mail", "phone", "mobile", "telephone", "slack", "pager", "reach"],
  ]),
  /** Headers that say contact by themselves. */
  address: words(["联系", "联系方式", "contact", "reach"]),
  duty: words([
    "职责",
    "责任",
    "负责",
    "范围",
    "分工",
    "用途",
    "responsibility",
    "responsible",
    "responsibilities",
    "duty",
    "duties",
    "scope",
  ]),
};

export const SYMPTOM_HEADERS = {
  /** Certain as a first header. */
  symptom: words(["现象", "症状", "表现", "symptom"]),
  /** Only beside cause and action, or under a trouble-shooting heading. */
  problem: words(["问题", "故障", "错误", "报错", "异常", "problem", "issue", "error", "failure"]),
  look: words([
    "先看哪里",
    "看哪里",
    "查看",
    "检查",
    "排查",
    "定位",
    "where to look",
    "look at",
    "look first",
    "check",
    "first check",
    "investigate",
  ]),
  cause: words(["原因", "可能原因", "cause", "reason", "root cause", "why"]),
  action: words([
    ...["处理", "解决", "措施", "处置", "修复", "应对", "怎么做", "方法"],
    ...["solution", "fix", "action", "remedy", "resolution", "what to do", "mitigation", "workaround", "remediation"],
  ]),
};

export const HISTORY_HEADERS = {
  version: words(
    ["版本", "修订", "version", "revision", "rev", "ver"],
    ["版本要求", "api version", "kubernetes version"],
  ),
  date: words(["日期", "时间", "date"]),
  author: words(["作者", "修改人", "修订人", "编写", "变更人", "author", "by", "changed by", "editor", "who"]),
  change: words([
    ...["变更", "修改", "描述", "内容", "说明", "修订内容", "摘要"],
    ...["change", "changes", "description", "summary", "note", "comment", "what changed"],
  ]),
  /** A column of these makes it a table of products, not of the document's own history. */
  product: words([
    "eol",
    "end of life",
    "end of support",
    "支持截止",
    "停止支持",
    "download",
    "下载",
    "checksum",
    "kubernetes",
    "os",
  ]),
};

export const ENVIRONMENT_HEADERS = {
  environment: words(
    ["环境", "environment", "env"],
    ["环境变量", "环境要求", "运行环境", "environment variable", "env var", "env variable", "environment key"],
  ),
  definition: words([
    ...["用途", "说明", "描述", "定义", "作用"],
    ...["purpose", "description", "definition", "used for", "usage", "use", "what"],
  ]),
};

export const OBJECTIVE_HEADERS = {
  subject: words([
    "服务",
    "系统",
    "业务",
    "场景",
    "级别",
    "层级",
    "数据",
    "service",
    "system",
    "tier",
    "scenario",
    "component",
    "workload",
    "application",
    "data",
  ]),
  name: words(["目标", "指标", "项", "objective", "metric", "target", "goal", "measure"]),
  value: words(["目标值", "值", "要求", "上限", "target", "value", "limit", "requirement", "objective"]),
  measured: words(["实际", "实测", "测得", "结果", "actual", "measured", "achieved", "result", "observed"]),
};

export const ROTA_HEADERS = {
  when: words(["日期", "时间", "周", "星期", "班次", "周次", "date", "week", "day", "shift", "from", "start"]),
  who: words([
    ...["值班人", "值班", "值班员", "主值", "备值", "主班", "备班", "值守"],
    ...["on call", "on-call", "oncall", "primary", "secondary", "responder", "duty engineer", "engineer on duty"],
  ]),
};

export const SERVICE_HEADERS = {
  service: words(
    ["服务", "服务名", "系统", "应用", "service", "service name", "application", "system"],
    ["服务商", "服务时间", "服务器", "service account", "service level"],
  ),
  owner: words(["负责人", "负责团队", "归属", "owner", "owned by", "owning team", "team", "maintainer"]),
  needs: words(["依赖", "上游", "depends on", "dependency", "dependencies", "needs", "requires", "upstream"]),
  purpose: words(["用途", "说明", "描述", "作用", "职责", "purpose", "description", "what it does", "role"]),
  environments: words(["环境", "environment", "env"]),
  tier: words(["等级", "重要性", "级别", "tier", "criticality"]),
};

export const PHASE_HEADERS = {
  phase: words(["阶段", "phase", "stage", "milestone", "里程碑"]),
  time: words(["时间", "周期", "工期", "时长", "duration", "time", "weeks", "timeline", "when"]),
  tasks: words(["任务", "主要任务", "工作内容", "交付", "tasks", "activities", "work", "deliverables"]),
};
