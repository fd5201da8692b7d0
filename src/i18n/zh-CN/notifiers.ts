import type { Same } from "../same.ts";
import type { notifiers as source } from "../en/notifiers.ts";
import { notifierFields } from "./notifier-fields.ts";

/** 通知器：种类、投递结果、动词 `channel`。 */
export const notifiers: Same<typeof source> = {
  kinds: {
    dingtalk: { name: "钉钉", does: "群机器人，可加签。" },
    email: { name: "电子邮件", does: "经 SMTP 交给邮件服务器。" },
    feishu: { name: "飞书", does: "群机器人，可加签；以卡片显示。" },
    mattermost: { name: "Mattermost", does: "传入 webhook。" },
    ntfy: { name: "ntfy", does: "推送到手机，经 ntfy.sh 或自建服务器；正文最多 4,096 字节。" },
    pagerduty: { name: "PagerDuty", does: "Events API v2：同一组告警在那边是一个事件，随我们一起确认和解除。" },
    slack: { name: "Slack", does: "传入 webhook，或机器人。" },
    sms: { name: "短信", does: "经接受网页请求的短信网关。" },
    teams: { name: "Microsoft Teams", does: "频道的工作流；以自适应卡片显示。" },
    voice: { name: "电话", does: "经接受网页请求的语音网关拨打，通知念两遍。" },
    webhook: { name: "Webhook", does: "一份带签名的 JSON，任何接收方都可用。" },
    wecom: { name: "企业微信", does: "群机器人；正文最多 4,096 字节。" },
  },
  fields: notifierFields,
  issues: {
    "field-name": "字段名：字母、数字、_ . -",
    "header-own": "不是由 watchbook 自己设置的请求头：host、content-length 之类不能写",
    host: "主机名或地址",
    "mail-address": "ops@example.com",
    mention: "@channel | @here | @name",
    "password-in-the-open": "tls: none 时不得有密码：途中谁都能读到",
    phone: "+8613800000000",
    "url-or-token": "要么写 url，要么写 token 和 channel",
    "user-and-password": "user 和 password 要一起写",
    "user-id": "用户标识：字母、数字、_ . - @",
  },
  reasons: {
    "bad-params": { say: "渠道 {channel} 的参数不合其种类。", fix: "watchbook lint 会指出是哪一行。" },
    "half-answer": {
      say: "{host} 开始应答（{status}）后中断。",
      fix: "将以同一标识重试；请查看接收方自己的日志。",
    },
    "inside-link-local": {
      say: "{host} 指向 {address}，那是链路本地地址。",
      fix: "请换一个主机，或在渠道中写 allow: [{address}]。",
    },
    "inside-loopback": {
      say: "{host} 指向 {address}，那就是本机。",
      fix: "如果确实如此，请在渠道中写 allow: [{host}]。",
    },
    "inside-metadata": {
      say: "{host} 指向 {address}，从那里可以取得本机的凭据。",
      fix: "请查清这个地址从何而来，并改掉它。",
    },
    "inside-private": {
      say: "{host} 指向 {address}，那是内网。",
      fix: "如果确实如此，请在渠道中写 allow: [{host}]。",
    },
    "inside-special": { say: "{host} 指向 {address}，那不是接收方会有的地址。", fix: "请更正渠道的地址。" },
    limited: {
      say: "接收方暂时不再接收（{status}，{detail}）。",
      fix: "到它允许时会重试；如果经常如此，请把更多告警归为一组。",
    },
    "name-unknown": { say: "名字 {host} 解析不了（{code}）。", fix: "请检查名字是否写对，以及本机的域名解析。" },
    "no-address": { say: "渠道的密钥不是 http 或 https 地址。", fix: "请把完整的地址写进去。" },
    "no-answer": {
      say: "渠道 {channel} 在 {seconds} 秒内没有应答。",
      fix: "它可能已经收到，将以同一标识重试。请检查接收方和途中的防火墙。",
    },
    "no-header": {
      say: "请求头 {name} 含有请求头不能携带的字符。",
      fix: "请更正这里的文字或密钥：往往是粘贴时带进了中文引号，或写了中文。",
    },
    "no-http": { say: "{host} 的应答不是 HTTP（{code}）。", fix: "请检查端口，以及该用 http 还是 https。" },
    "no-kind": { say: "没有 {kind} 这种通知器。", fix: "docs/notifiers.zh-CN.md 列出了全部种类。" },
    "not-reached": { say: "{host} 连不上（{code}）。", fix: "请检查它是否在运行，以及途中的防火墙。" },
    "not-taken": { say: "接收方拒收（{status}，{detail}）。", fix: "请检查渠道的地址和密钥。" },
    "not-to-be-had": { say: "取不到 {what}。", fix: "请设好密钥的环境变量，或让 watchbook 能读它的文件。" },
    "receiver-fault": { say: "接收方自身有故障（{status}，{detail}）。", fix: "将会重试；请查看接收方的状态页。" },
    "own-fault": {
      say: "发往渠道 {channel} 的通知，watchbook 自身出了错。",
      fix: "将会重试，并改由其他渠道通知；守护进程的日志记录了错误，请报告给我们。",
    },
    redirect: {
      say: "接收方要我们转到 {host}（{status}）。",
      fix: "通知不跟随跳转：如果那里才对，请把它的地址写进渠道。",
    },
    "robot-busy": {
      say: "机器人此刻不接收（{code}，{detail}）。",
      fix: "到时会重试；如果经常如此，请把更多告警归为一组。",
    },
    "robot-check": {
      say: "机器人的安全设置拒绝了这条消息（{code}，{detail}）。",
      fix: "请把机器人的关键词、加签密钥、IP 名单与渠道逐一核对，并检查本机时钟。",
    },
    "robot-gone": {
      say: "机器人已不存在，或地址不对（{code}，{detail}）。",
      fix: "请从群设置里重新复制它的地址到密钥中。",
    },
    "robot-off": { say: "机器人已停用（{code}，{detail}）。", fix: "请在群设置里启用它。" },
    "robot-refused": {
      say: "接收方应答了，但没有接收（{code}，{detail}）。",
      fix: "它的文档说明了代码的含义；请检查渠道的参数。",
    },
    "robot-sign": {
      say: "机器人不认这个签名（{code}，{detail}）。",
      fix: "请核对加签密钥与机器人的设置，并检查本机时钟是否准确。",
    },
    "smtp-busy": {
      say: "邮件服务器 {host} 此刻不收（{status} {detail}）。",
      fix: "将会重试；还不认识我们的服务器会故意这样要求。",
    },
    "smtp-login": {
      say: "邮件服务器 {host} 不接受这个账号（{status} {detail}）。",
      fix: "请检查渠道的 user 和 password。",
    },
    "smtp-no-tls": {
      say: "邮件服务器 {host} 不提供加密。",
      fix: "请写它的 TLS 端口并用 tls: implicit；只有在没有旁人能监听的地方才用 tls: none。",
    },
    "smtp-refused": {
      say: "邮件服务器 {host} 拒收（{status} {detail}）。",
      fix: "请检查发件人和收件人，以及它是否肯替我们转发。",
    },
    "smtp-some": {
      say: "邮件服务器 {host} 收下了，但不包括：{names}（{status}）。",
      fix: "请更正或删除这些地址。",
    },
    "smtp-some-busy": {
      say: "邮件服务器 {host} 收下了，但暂不包括：{names}（{status}）。",
      fix: "将会重试；其他人可能收到两次，邮件标识相同。",
    },
    tls: { say: "{host} 的证书或握手不被接受（{code}）。", fix: "请更新证书，或在渠道中用 ca: 指明签发机构。" },
    "too-long": {
      say: "即使缩短，通知仍超过接收方的上限（{most} 字节）。",
      fix: "请缩短名字和地址。",
    },
    unreadable: {
      say: "这不像该接收方的应答（{detail}）。",
      fix: "请检查地址；也可能是途中的代理在应答。",
    },
  },
  notice: {
    shortened: "……（已缩短，全文见 watchbook）",
    testTitle: "渠道 {channel} 测试",
    testBody: "这是 {by} 在 {host} 上发起的测试。一切正常，无需处理。",
    testOver: "渠道 {channel} 测试结束",
    book: "手册",
    channel: "渠道",
  },
  verbs: {
    channel: {
      does: "试用渠道：发一条测试通知，并说明结果",
      usage: "channel test 名称",
      examples: "watchbook channel test ops\nwatchbook channel test ops --json",
      exits: "0  接收方已接收\n2  没有这个渠道，或被接收方拒绝：需要改动\n4  接收方连不上，或要求稍后再来",
    },
  },
  options: {},
  said: {
    delivered: "{channel}（{kind}）：{seconds} 秒送达。",
    receipt: "回执：{receipt}",
    look: "请看一眼是否真的收到：接收方有可能收下后又丢失。",
    left: "测试在接收方那里仍未解除：请到那边手工解除。",
    unkept: "这次测试没有记录：数据目录正被占用，或无法写入。",
    later: "{channel}（{kind}）：未送达；下一次尝试应在 {after} 秒之后。",
    refused: "{channel}（{kind}）：被拒绝。",
  },
  findings: {
    WB815: {
      say: "渠道 {id} 的种类“{kind}”不存在。",
      fix: "是不是指：{near}？docs/notifiers.zh-CN.md 列出了全部种类。",
    },
    WB816: {
      say: "渠道 {id}：种类 {kind} 没有参数“{key}”。",
      fix: "是不是指：{near}？docs/notifiers.zh-CN.md 列出了全部参数。",
    },
    WB817: {
      say: "渠道 {id}：{key} 不合种类 {kind}（{problem}）。",
      fix: "docs/notifiers.zh-CN.md 列出了 {kind} 的参数。",
    },
    WB818: {
      say: "渠道 {id}：{host} 是本机或内网的地址，通知会被拒绝。",
      fix: "请查清它从何而来；如果确实如此，请在渠道中写 allow: [{host}]。",
    },
  },
  errors: {
    "CHANNEL-USAGE": { say: "没有 `channel {given}` 这种用法。", fix: "请写 watchbook channel test NAME。" },
    "CHANNEL-UNKNOWN": {
      say: "手册中没有渠道“{name}”。",
      fix: "是不是指：{nearest}？渠道写在 watchbook.yaml 的 channels: 下。",
    },
  },
};
