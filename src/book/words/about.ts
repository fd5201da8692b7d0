import { fold } from "./matcher.ts";

/** Columns that say of which service, host or environment a row speaks, or when it holds. */
export const ABOUT_HEADER =
  /^(?:(?:micro)?service|hosts?|servers?|machines?|nodes?|env(?:ironment)?s?|targets?|systems?|clusters?|components?|instances?|roles?|tiers?|app(?:lication)?s?|modules?|regions?|sites?|zones?|customers?|clients?|tenants?|teams?|products?|types?|category|period|hours|when|applies to|scope|subsystems?|databases?|devices?)$|^(?:微?服务|主机|服务器|机器|节点|环境|对象|监控对象|系统|子系统|集群|组件|实例|角色|层级|应用|模块|区域|机房|站点|客户|租户|团队|产品|类型|类别|分类|时段|时间段|适用(?:范围|对象)?|范围|数据库|设备)(?:名称|类型)?$/iu;

/** A line above a table that may bound it: it leads in, or names a case. */
export const BOUNDS =
  /[:：]\W{0,4}$|^\*\*[^*]+\*\*\W{0,2}$|\b(?:for|only|outside|during|when|if|until|unless|except|weekends?|nights?|holidays?|hours)\b|仅|只|适用|对于|对|针对|如果|若|除|非|期间|节假日|周末|夜间|工作/iu;

/** Words of headings that name no thing of their own: what the tables are, not of what they speak. */
const LATIN = new Set(
  [
    "threshold limit alert alarm warning critical normal monitor monitoring monitored metric indicator measurement key value",
    "level severity severities priority priorities incident event fault response respond responding resolution resolving time",
    "target goal objective sla slo slas agreement escalation escalate escalating oncall on call duty handling handle",
    "classification grading definition defined table list overview summary introduction appendix annex reference quick",
    "daily inspection inspecting check checking checklist health resource usage utilization utilisation system platform",
    "service operation ops operating operational manual handbook runbook guide document documentation standard policy policies",
    "rule criteria criterion matrix process procedure management managing performance general main important basic common",
    "the of and or for a an in to our all with by is are as at what when how who must again also following these this that",
    "apply applies hold holds section chapter part see below above use setting configuration observability baseline",
    "support commitment promise agreed requirement expectation notification notify paging routing triage workflow step",
    "instruction note detail infrastructure dashboard prometheus grafana zabbix routine regular round host server machine",
    "acknowledge acknowledgement reaction reacting deadline due state status book",
  ].flatMap((line) => line.split(" ")),
);
const HAN =
  /阈值|门限|指标|告警|报警|预警|警告|监控|监测|监视|警戒|限值|上限|标准|级别|等级|分级|分类|定级|严重|程度|优先级|事件|故障|事故|响应|处理|处置|解决|时限|时间|时效|要求|目标|协议|升级|值班|值守|定义|说明|列表|清单|一览|汇总|总览|概览|概述|附录|附表|参考|速查|每日|日常|例行|巡检|检查|健康|资源|使用率|使用情况|使用|系统|平台|服务|运维|手册|指南|规范|规程|制度|策略|规则|管理|流程|性能|关键|重要|主要|基本|基础|常用|如下|以下|下表|所示|采用|按照|执行|设置|配置|技术支持|支持|承诺|需求|通知|通报|上报|应急|预案|步骤|详情|备注|常见|问题|定期|报告|基础设施|内容|情况|事项|机制|体系|职责|保障|主机|服务器|机器|[章节表项条各的与和及或按为见是如下]/gu;

/** The number of a heading or an appendix. Behind a name a number is a part of it: node 1 is not node 2. */
const NUMBER =
  /^\W{0,3}(?:(?:appendix|annex|chapter|section|part|附录|附件|第) ?)?(?:\d{1,2}(?:\.\d{1,2}){0,4}|[a-z]|[ivx]{1,4}|[一二三四五六七八九十百]{1,3})(?=[ .、):章节]|$)/u;

/** What a heading or a line names besides: of `Database thresholds` the database, of `Alert thresholds` nothing. */
export function namedIn(text: string): readonly string[] {
  const plain = fold(text.slice(0, 300)).replace(NUMBER, " ").replace(HAN, " ");
  return plain
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && !LATIN.has(word) && !LATIN.has(word.replace(/s$/, "")));
}
