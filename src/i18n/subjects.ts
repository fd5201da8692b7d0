/**
 * Words of manuals by which a report finds what an item and a place of the manual have in common. Things that have
 * several names, in both languages; a longer name stands before a shorter one.
 */
export const THINGS: readonly (readonly [thing: string, names: RegExp])[] = [
  ["replication", /主从(?:复制|同步|延迟)|复制延迟|replication(?: lag)?|replicas?\b/giu],
  ["cpu", /处理器|\bcpus?\b|load average|系统负载/giu],
  ["memory", /内存|\bmemory\b|\bram\b|\boom\b|out of memory/giu],
  ["inode", /\binodes?\b/giu],
  [
    "disk-health",
    /磁盘(?:坏道|损坏|故障|健康|io|i\/o| io| i\/o|读写)|\bdisks? (?:health|failures?|errors?|i\/?o)\b|\braid\b/giu,
  ],
  ["disk", /磁盘|硬盘|根分区|文件系统|\bdisks?\b|no space left|file ?systems?\b/giu],
  ["tls", /(?:tls|ssl|https)?[ /]*证书|(?:\b(?:tls|ssl|https) )?\bcert(?:ificate)?s?\b|\b(?:tls|ssl)\b/giu],
  [
    "connections",
    /连接(?:总|池)?数|\b(?:number of |too many |active |open )connections\b|^(?:check |look at |review |count )?(?:the )?connections$|connection (?:count|limit|pool)/giu,
  ],
  ["network", /网络|连通性?|\bnetworks?\b|connectivity/giu],
  ["logs", /日志|\blogs?\b/giu],
  ["backup", /备份|\bback-?ups?\b/giu],
  ["latency", /延迟|响应时间|\blatency\b|response times?|\bslow(?:ness)?\b/giu],
  ["database", /数据库|\bdatabases?\b|\bdb\b/giu],
  [
    "running",
    /(?:节点|服务|进程|运行|容器)(?:的)?状态|(?:都|正|仍|正常)?在?运行(?:正常|中)|在运行|正常运行|(?:没有|没|未|停止)运行|(?:无法|不能|未能)启动|启动失败|起不来|\b(?:is|are|be) (?:up and )?running\b|\b(?:does|do|will|did) not (?:start|run)\b|\b(?:cannot|won['’]t|fails to|failed to) start\b|\bnot running\b|(?:node|service|process|container) (?:status|state)\b|\bis down\b/giu,
  ],
  ["login", /登录|登陆|\blog-?ins?\b|sign-?in\b/giu],
];

/** Words that say that somebody looks, that something is well or not, or nothing: no two places have a thing in common by them. */
export const IDLE =
  /检查|查看|确认|监控|巡检|观察|核对|查询|记录|处理|排查|解决|修复|步骤|流程|规程|手册|方法|方案|指南|操作|应急|紧急|故障|问题|现象|原因|情况|状态|是否|正常|异常|错误|报错|失败|无法|不能|不可用|没有|过高|过低|过多|过大|太高|太大|升高|增高|增长|突增|激增|超限|超过|超出|低于|高于|不足|写满|占满|已满|爆满|满了|耗尽|泄漏|泄露|溢出|过期|到期|即将|接近|有效期|剩余|使用率|利用率|占用率|使用|占用|负荷|空间|服务|节点|系统|主机|本机|服务器|资源|程序|进程|应用|运行|启动|重启|停止|存在|最新|日期|今日|昨夜|每日|每周|目前|当前|数据量|数量|总数|很多|大量|频繁|持续|全部|所有|任何|以及|或者|导致|出现|发生|进行|可以|需要|如果|的|了|和|与|或|及|在|有|无|未|不|已|被|把|对|从|到|为|是|时|后|前|中|里|内|上|下|个|次|条|天|小时|分钟|\b(?:check|look|verify|confirm|ensure|make|sure|monitor|review|inspect|see|test|the|a|an|of|on|in|at|for|to|from|by|with|and|or|is|are|was|be|not|no|if|when|whether|that|this|it|its|than|as|has|have|had|does|do|did|will|can|cannot|could|must|should|all|any|every|each|more|less|most|few|too|very|many|much|up|down|out|off|over|under|above|below|high|higher|low|lower|full|empty|running|run|runs|start|starts|started|restart|restarting|restarts|stop|stops|stopped|fail|fails|failed|failing|failure|failures|error|errors|problem|problems|issue|issues|trouble|troubleshoot|troubleshooting|fix|fixing|broken|wrong|bad|good|ok|fine|normal|abnormal|unusual|spike|spikes|healthy|unhealthy|unavailable|available|reachable|unreachable|refused|exceeded|exceeds|exceed|limit|limits|reached|expired|expires|expiring|expiry|leak|leaks|leaking|growth|growing|grows|usage|use|used|utili[sz]ation|space|status|state|service|services|server|servers|node|nodes|host|hosts|system|machine|process|processes|procedure|procedures|steps?|runbook|sop|how|what|why|recovery|recover|emergency|incident|daily|weekly|monthly|last|latest|newest|exists|exist|present|valid|days?|hours?|minutes?|percent|per|cent|current|existing)\b/giu;
