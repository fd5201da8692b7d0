/** 自行上报的任务。 */
export const heartbeat = {
  verbs: {
    heartbeat: {
      does: "任务上报自己开始了，或以什么退出码结束",
      usage: "heartbeat 名称 [--start | --exit N]",
      examples:
        "watchbook heartbeat nightly-backup --start\n/opt/backup.sh; watchbook heartbeat nightly-backup --exit $?",
      exits: "0  已记录，与任务的退出码无关\n2  不能，并说明原因",
    },
  },
  options: {
    "heartbeat.start": "任务现在开始",
    "heartbeat.exit": "任务结束时的退出码；默认 0",
  },
  said: {
    start: "{name} 已开始。",
    end: "{name} 已结束，退出码 {exit}。",
  },
  errors: {
    "HEARTBEAT-USAGE": {
      say: "看不懂“heartbeat {given}”。",
      fix: "heartbeat 名称；任务开始时加 --start，结束时加 --exit 0 … 255。",
    },
    "HEARTBEAT-UNKNOWN": {
      say: "没有名为“{name}”的 heartbeat 检查。",
      fix: "现有：{known}。请在 watchbook.yaml 的 checks 下声明。",
    },
    "HEARTBEAT-SAID": {
      say: "“{given}”不是任务能上报的内容。",
      fix: "开始时 POST ?state=start；结束时 POST ?exit=0 … 255，或不带参数。",
    },
  },
} as const;
