// A manual of a gateway with what makes it run: used by the tests of plans.

export const MANUAL = `# Gateway

## SOP-01: Upgrade the gateway

> [!WARNING]
> Sessions break for ten seconds.

1. Look

   \`\`\`bash {"name":"gw-version","wb-risk":"read"}
   gateway --version
   \`\`\`
2. Fetch

   \`\`\`bash {"name":"gw-fetch","wb-params":"version","wb-timeout":"2m"}
   curl -fsSo /srv/gw/<version>.tgz http://127.0.0.1:9/<version>.tgz
   \`\`\`
3. Restart

   \`\`\`bash {"name":"gw-restart","wb-verify":"gw-health","wb-rollback":"gw-previous"}
   sudo systemctl restart gateway
   \`\`\`
4. Verify

   \`\`\`bash {"name":"gw-health","wb-within":"60s"}
   curl -fsS http://127.0.0.1:8080/health
   \`\`\`

\`\`\`bash {"name":"gw-previous","excludeFromRunAll":"true"}
sudo ln -sfn /opt/gateway/releases/previous /opt/gateway/current
sudo systemctl restart gateway
\`\`\`

## Restart the gateway

\`\`\`bash
# 1. Restart
sudo systemctl restart gateway

# 2. Watch it
journalctl -u gateway -f
\`\`\`
`;

export const DATA = `services: { gateway: { automation: guarded } }
environments: { test: {}, prod: {} }
targets:
  t-1: { kind: ssh, host: t1, environment: test }
  gw-1: { kind: ssh, host: gw1, environment: prod }
  gw-2: { kind: ssh, host: gw2, environment: prod }
  gw-3: { kind: ssh, host: gw3, environment: prod }
  loose: { kind: ssh, host: loose }
secrets: { deploy: "env:DEPLOY_TOKEN" }
people:
  ana: { roles: [ops-lead], key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK ana" }
  ben: { roles: [ops], key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL ben" }
`;

/** The manual and its data, with \`runbooks:\` of its own. */
export const gateway = (runbooks = "", data = DATA): Readonly<Record<string, string>> => ({
  "gateway.md": MANUAL,
  "watchbook.yaml": runbooks === "" ? data : `${data}runbooks:\n${runbooks}`,
});
