import { words } from "./matcher.ts";

/** Words of headings and labels that say what stands below them; text is matched folded. */
export const BACKUP_CONTEXT = words(["备份", "backup", "back up", "backed up", "归档", "snapshot"]);
export const LOG_CONTEXT = words(
  ["日志", "log", "logs", "logging"],
  ["变更日志", "更新日志", "changelog", "change log"],
);
export const CONTACT_CONTEXT = words([
  ...["联系", "联系人", "联系方式", "联系信息", "通讯录", "值班", "升级路径", "干系人"],
  ...["contact", "on call", "on-call", "oncall", "escalation", "who to call", "phone list", "stakeholder"],
]);
export const TROUBLE_CONTEXT = words([
  ...["故障", "排查", "排障", "常见问题", "问题入口", "异常处理"],
  ...[
    "troubleshooting",
    "troubleshoot",
    "common problem",
    "common issue",
    "known issue",
    "symptom",
    "diagnosis",
    "faq",
  ],
]);
export const HISTORY_CONTEXT = words([
  ...[
    "变更历史",
    "修订历史",
    "修订记录",
    "版本历史",
    "文档历史",
    "变更记录",
    "更新记录",
    "更新日志",
    "变更日志",
    "历史记录",
  ],
  ...["history", "revision", "changelog", "change log", "document control", "version history", "change record"],
]);
export const ENVIRONMENT_CONTEXT = words(
  ["环境", "environment", "env"],
  ["环境变量", "environment variable", "env var", "环境要求"],
);
export const OBJECTIVE_CONTEXT = words([
  "rto",
  "rpo",
  "恢复目标",
  "灾难恢复",
  "灾备",
  "recovery objective",
  "disaster recovery",
]);

/** Words that say an alert is meant, and words that say an incident is meant: two scales with one look. */
export const ALERT_CONTEXT = words(["告警", "报警", "警报", "预警", "alert", "alerting", "alarm", "monitoring rule"]);
export const INCIDENT_CONTEXT = words([
  ...["故障", "事件", "事故", "问题分级", "服务等级", "sla", "工单"],
  ...["incident", "outage", "escalation", "ticket", "postmortem", "support request"],
]);
export const LEVEL_CONTEXT = words([
  ...["级别", "等级", "分级", "优先级", "定级"],
  ...["severity", "severities", "level", "priority", "priorities", "sev"],
]);
/** What `level 1` must be a level of: maturity and monitoring have levels too. */
export const SEVERITY_CONTEXT = words([
  ...["告警", "故障", "事件", "事故", "严重", "优先级", "响应级别", "问题分级"],
  ...[
    "severity",
    "severities",
    "priority",
    "priorities",
    "sev",
    "alert level",
    "incident level",
    "incident classification",
    "escalation level",
  ],
]);
export const RULE_LEAD = words([
  "规则示例",
  "示例规则",
  "规则",
  "告警规则",
  "触发规则",
  "example rule",
  "rule",
  "alert rule",
  "condition",
  "fires when",
  "triggers when",
]);

/** A task list that tracks a project is not work that comes again. */
export const PROJECT_CONTEXT = words([
  ...[
    "复盘",
    "事后",
    "故障后",
    "post incident",
    "post-incident",
    "after the incident",
    "postmortem",
    "post mortem",
    "lessons learned",
  ],
  ...[
    "待办",
    "路线图",
    "开发计划",
    "进度",
    "功能列表",
    "已完成",
    "未完成",
    "任务拆解",
    "里程碑",
    "改进项",
    "行动项",
    "后续行动",
    "后续改进",
  ],
  ...[
    "todo",
    "to do",
    "to-do",
    "roadmap",
    "backlog",
    "milestone",
    "progress",
    "feature",
    "features",
    "action item",
    "follow up",
  ],
  ...[
    "follow-up",
    "changelog",
    "release note",
    "done",
    "definition of done",
    "project status",
    "open question",
    "pull request",
  ],
]);
export const INSPECTION = words(
  [
    "巡检",
    "点检",
    "巡查",
    "inspection",
    "inspect",
    "health check",
    "walk-through",
    "walkthrough",
    "daily check",
    "morning check",
  ],
  ["/health"],
);
export const CHECKLIST = words([
  ...["检查", "清单", "检查表", "核对", "巡检", "值班", "例行", "日检"],
  ...[
    "checklist",
    "check list",
    "check",
    "inspection",
    "on call",
    "on-call",
    "oncall",
    "routine",
    "duty",
    "duties",
    "maintenance",
    "task",
  ],
]);
/** … and words that say so even from a heading further up. */
export const CHECKLIST_TITLE = words([
  "检查清单",
  "检查表",
  "巡检",
  "例行检查",
  "checklist",
  "check list",
  "inspection",
]);
export const STEP_LABEL = words([
  "巡检步骤",
  "检查步骤",
  "巡检内容",
  "巡检项",
  "巡检项目",
  "检查项",
  "检查内容",
  "inspection step",
  "inspection item",
  "what to check",
  "check the following",
  "items to inspect",
]);
/** An item typed as text, which Markdown takes for running text. */
export const TYPED_ITEM = /^\s*(?:[(\uff08]?\d{1,2}\s*[\u3001\uff0e)\uff09](?!\d)|[\u2460-\u2473]|[☐□▢◻☑✅])/;
export const OWNER_LEAD = words([
  "负责人",
  "执行人",
  "责任人",
  "值班人",
  "owner",
  "responsible",
  "done by",
  "performed by",
  "assignee",
  "role",
]);
export const REPORT_LABEL = words(["模板", "报告", "记录", "template", "report", "record", "log to", "write to"]);
export const RESTORE_CONTEXT = words([
  "恢复",
  "还原",
  "演练",
  "验证",
  "restore",
  "recovery",
  "drill",
  "verification",
  "test",
]);
/** Labels of a procedure's or policy's own fields: their values are not entries of a list. */
export const FIELD_LABEL = words([
  ...["频率", "周期", "时间", "频次", "目的", "场景", "前提", "负责人", "流程", "保留", "位置"],
  ...["frequency", "schedule", "interval", "when", "purpose", "scenario", "owner", "retention", "location", "time"],
]);
