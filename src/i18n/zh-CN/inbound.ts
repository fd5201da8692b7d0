/** 其他系统送来的告警：在入口处拒绝的内容。 */
export const inbound = {
  errors: {
    "INBOUND-ABSENT": {
      say: "watchbook.yaml 没有声明 webhook {name}。",
      fix: "在“inbound:”下添加，写明 kind（alertmanager、grafana 或 uptime-kuma）和 token。",
    },
    "INBOUND-JSON": {
      say: "请求正文不是可读的 JSON。",
      fix: "检查该系统实际发出的内容：中间环节可能截断或改动了它。",
    },
    "INBOUND-UNREAD": {
      say: "这不是 {kind} 的报文。",
      fix: "让该系统用它自己的 webhook 类型指向这里，或改正“inbound:”下的“kind:”。",
    },
    "INBOUND-ALERT": {
      say: "{of} 条告警中有 {count} 条被拒绝，第一条是第 {first} 条：{what}无法读取。其余已接收。",
      fix: "一条告警要有 labels（名称对应文本，至少一个）、annotations（名称对应文本），startsAt 不晚于 endsAt。",
    },
    "INBOUND-FULL": {
      say: "同时未结束的告警将超过 {most} 条：{count} 条新告警未接收，恢复和未结束告警的上报已接收。",
      fix: "找出每次取值都不同的标签（编号、时刻），在来源处去掉它。",
    },
    "INBOUND-SILENCE": {
      say: "来源 {source} 的令牌只能上报告警，不能静默。",
      fix: "用人员的令牌静默（watchbook serve --token-for PERSON --scope write）。",
    },
  },
};
