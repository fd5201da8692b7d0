/** watchbook 关于自身的话：在值守、曾经中断、目前状况。 */
export const watcher = {
  beat: {
    title: "{title}：{host} 上的 watchbook 在值守",
    body: "只有在检查照常读取、存储可以写入时才发出这条心跳。收不到它就是告警。",
  },
  channel: { line: "渠道 {id} · 最近一次收下：{taken} · 最近一次有人应答：{answered}", never: "从未" },
  down: {
    title: "{title}：{from} 至 {to} 无人值守",
    body: "{host} 上的 watchbook 中断了 {span}，现已恢复值守。这段时间内开始并结束的情况没有看到，没有通知任何人，也无从得知。",
    missed: "期间到期的例行：{missed}。哪些还要补做，见 `watchbook status`。",
    none: "期间没有到期的例行。",
  },
};
