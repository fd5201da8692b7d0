import type { Tool } from "../shell/tool.ts";

const COMPOSE_READ = "ps logs config top images port version ls events stats";
const COMPOSE_WRITE =
  "up start stop restart build pull push create run exec pause unpause cp scale watch down kill attach wait";
const join = (prefix: string, words: string): string =>
  words
    .split(" ")
    .map((word) => `${prefix}+${word}`)
    .join(" ");

const DOCKER: Tool = {
  values: `-H --host -c --context --log-level -l --config -f --file -p --project-name --project-directory --env-file
    --profile -n --tail --since --until --filter --format --name -e --env -v --volume --network --net -u --user -w
    --workdir --restart --entrypoint -t --time --timeout --memory -m --cpus --hostname --label --platform --mount
    --publish --log-driver --log-opt --add-host --dns --ip --ulimit --shm-size --signal -s --index --scale`,
  read: `ps images logs inspect stats top port info version events diff history search df context+ls context+show
    container+ls container+ps container+list container+inspect container+logs container+stats container+top container+port
    image+ls image+list image+inspect image+history volume+ls volume+inspect network+ls network+inspect system+df
    system+info system+events node+ls node+ps node+inspect service+ls service+ps service+logs service+inspect stack+ls
    stack+ps stack+services swarm+ca secret+ls secret+inspect config+ls config+inspect manifest+inspect buildx+ls
    buildx+inspect plugin+ls ${join("compose", COMPOSE_READ)}`,
  write: `run start stop restart pause unpause build pull push tag commit cp rename update create exec login logout save
    load import export wait attach kill rm rmi swarm+init swarm+join swarm+update network+create network+connect
    network+disconnect network+rm volume+create container+start container+stop container+restart container+rm
    container+create container+run container+exec container+kill container+cp image+build image+pull image+push image+tag
    image+rm image+load image+save service+create service+update service+scale service+rollback stack+deploy secret+create
    config+create node+update buildx+build buildx+create buildx+use plugin+install context+create context+use
    ${join("compose", COMPOSE_WRITE)}`,
  destructive: `container+prune image+prune volume+prune network+prune system+prune builder+prune buildx+prune volume+rm
    stack+rm service+rm secret+rm config+rm swarm+leave node+rm compose+rm`,
  rules: [
    { sub: "compose+down", any: "-v --volumes --rmi", risk: "destructive", why: "down-volumes" },
    { sub: "compose+down", risk: "write", why: "compose-down" },
    {
      sub: "compose+up compose+restart compose+stop compose+start restart stop start",
      risk: "write",
      why: "service-state",
    },
    { sub: "rm container+rm", any: "-f -v --force --volumes", risk: "destructive", why: "remove-container" },
    { sub: "rmi image+rm", any: "-f --force", risk: "destructive", why: "destroys" },
    { sub: "kill compose+kill container+kill", risk: "destructive", why: "kill-9" },
    {
      sub: "system+prune volume+prune image+prune container+prune network+prune builder+prune buildx+prune",
      risk: "destructive",
      why: "prune",
    },
  ],
};

const KUBECTL: Tool = {
  values: `-n --namespace --context --cluster --kubeconfig -f --filename -l --selector -o --output -c --container --user
    --as -s --server --tail --since --since-time --field-selector --sort-by -p --patch --type --replicas --image --timeout
    --grace-period --token --request-timeout -k --kustomize --template --revision --to-revision --pod-running-timeout
    --limits --requests --from-literal --from-file --port --target-port --name`,
  dry: "--dry-run",
  read: `get describe logs top explain version cluster-info api-resources api-versions diff wait events auth+can-i auth+whoami
    config+view config+get-contexts config+current-context config+get-clusters rollout+status rollout+history options
    plugin+list kustomize port-forward proxy`,
  write: `apply create edit patch set label annotate scale autoscale expose run cp exec attach cordon uncordon drain taint
    replace debug certificate+approve certificate+deny config+use-context config+set-context config+set-cluster
    config+set-credentials rollout+restart rollout+undo rollout+pause rollout+resume`,
  destructive: "delete config+delete-context config+delete-cluster config+unset",
  rules: [
    { sub: "delete", risk: "destructive", why: "delete-object" },
    { sub: "replace", any: "--force", risk: "destructive", why: "delete-object" },
    { sub: "apply", any: "--prune", risk: "destructive", why: "prune" },
    { sub: "drain", risk: "write", why: "drain" },
    { sub: "scale", match: /--replicas[= ]0\b/, risk: "write", why: "scale-zero" },
  ],
};

/** Containers, clusters, infrastructure. */
export const CONTAINERS: Readonly<Record<string, Tool>> = {
  docker: DOCKER,
  podman: DOCKER,
  nerdctl: DOCKER,
  "docker-compose": {
    values: "-f --file -p --project-name --project-directory --env-file --profile -t --timeout --tail --scale -e -u -w",
    read: COMPOSE_READ,
    write: COMPOSE_WRITE,
    destructive: "rm",
    rules: [
      { sub: "down", any: "-v --volumes --rmi", risk: "destructive", why: "down-volumes" },
      { sub: "down", risk: "write", why: "compose-down" },
      { sub: "kill", risk: "destructive", why: "kill-9" },
      { sub: "up restart stop start", risk: "write", why: "service-state" },
    ],
  },
  kubectl: KUBECTL,
  oc: {
    ...KUBECTL,
    read: `${KUBECTL.read ?? ""} status whoami projects project`,
    write: `${KUBECTL.write ?? ""} login new-project new-app adm`,
  },
  k: KUBECTL,
  crictl: {
    values: "-r --runtime-endpoint",
    read: "ps pods images inspect inspecti inspectp logs stats info version",
    write: "pull stop start exec create run",
    destructive: "rm rmp rmi stopp",
  },
  ctr: {
    values: "-n --namespace -a",
    read: "version containers+ls images+ls images+list tasks+ls c+ls i+ls namespaces+ls",
    write: "images+pull images+import images+export run images+tag",
    destructive: "containers+rm images+rm tasks+kill tasks+rm",
  },
  helm: {
    values:
      "-n --namespace --kube-context --kubeconfig -f --values --set --set-string --set-file --version --timeout --revision",
    dry: "--dry-run",
    read: "list ls status history get get+values get+manifest get+notes get+all show show+values template lint search search+repo search+hub diff diff+upgrade version env repo+list dependency+list plugin+list verify test",
    write:
      "install upgrade rollback repo+add repo+update repo+remove dependency+update dependency+build dep+update dep+build pull push create package plugin+install registry+login",
    destructive: "uninstall delete del",
  },
  helmfile: { read: "list status diff template lint", write: "apply sync deps", destructive: "destroy delete" },
  kubeadm: {
    read: "version config+print token+list certs+check-expiration upgrade+plan",
    write: "init join upgrade+apply upgrade+node certs+renew token+create",
    destructive: "reset token+delete",
  },
  kustomize: { read: "build version", write: "edit create" },
  argocd: {
    read: "app+get app+list app+diff app+history app+logs version cluster+list repo+list",
    write: "app+sync app+create app+set app+rollback app+wait login repo+add",
    destructive: "app+delete app+terminate-op",
  },
  flux: {
    read: "get check logs version tree diff",
    write: "reconcile suspend resume create bootstrap",
    destructive: "delete uninstall",
  },
  istioctl: {
    read: "version proxy-status proxy-config analyze ps pc",
    write: "install upgrade",
    destructive: "uninstall",
  },
  minikube: { read: "status ip logs version", write: "start stop pause", destructive: "delete" },
  terraform: {
    values: "-chdir",
    read: "plan show validate output version providers graph fmt state+list state+show state+pull workspace+list workspace+show",
    write: "apply init import refresh get taint untaint state+mv state+push workspace+new workspace+select",
    destructive: "destroy state+rm workspace+delete force-unlock",
    rules: [{ sub: "apply", any: "-destroy --destroy", risk: "destructive", why: "destroys" }],
  },
  tofu: { read: "plan show validate output version", write: "apply init import", destructive: "destroy" },
  pulumi: { read: "preview stack config logs version whoami", write: "up refresh import", destructive: "destroy" },
  ansible: {
    base: "unknown",
    dry: "-C --check",
    rules: [{ match: /-m\s+(ping|setup)\b|--list-hosts|--version/, risk: "read", why: "reads" }],
  },
  "ansible-playbook": {
    base: "unknown",
    dry: "-C --check",
    rules: [{ match: /--(list-tasks|list-hosts|list-tags|syntax-check)/, risk: "read", why: "reads" }],
  },
  "ansible-inventory": { base: "read" },
  vagrant: { read: "status global-status", write: "up halt reload provision", destructive: "destroy" },
  consul: {
    read: "members info kv+get catalog+services catalog+nodes operator+raft+list-peers monitor version",
    write: "join reload kv+put snapshot+save snapshot+restore leave maint",
    destructive: "kv+delete force-leave operator+raft+remove-peer",
  },
  vault: {
    read: "status read list kv+get kv+list token+lookup operator+raft+list-peers version",
    write:
      "write login kv+put operator+unseal operator+init unwrap secrets+enable auth+enable operator+raft+snapshot+save operator+raft+snapshot+restore operator+step-down",
    destructive: "delete operator+seal kv+delete kv+destroy kv+metadata+delete secrets+disable token+revoke",
  },
  nomad: {
    read: "status node+status job+status alloc+status alloc+logs server+members version",
    write: "run job+run plan node+drain alloc+restart",
    destructive: "stop job+stop system+gc",
  },
  etcdctl: {
    values: "--endpoints --cacert --cert --key --user --command-timeout",
    read: "get member+list endpoint+health endpoint+status endpoint+hashkv alarm+list snapshot+status version watch cluster-health ls",
    write:
      "put snapshot+save snapshot+restore defrag compaction alarm+disarm member+add member+update move-leader set mk mkdir lease+grant",
    destructive: "del rm member+remove lease+revoke",
  },
  ceph: {
    read: "status -s health df osd+tree osd+df osd+stat mon+stat pg+stat pg+dump health+detail osd+pool+ls version versions",
    write: "osd+out osd+in osd+set osd+unset osd+reweight osd+pool+create osd+pool+set config+set pg+repair osd+crush",
    destructive: "osd+rm osd+purge osd+destroy osd+pool+delete osd+pool+rm auth+del mon+remove",
    rules: [{ any: "-s", risk: "read", why: "reads" }],
  },
};

/** Command lines of clouds: the verb of the sub-command decides. */
export const CLOUDS = "aws gcloud az aliyun tccli doctl oci ibmcloud openstack hcloud linode-cli exo scw eksctl";
export const CLOUD_READ = /^(describe|list|get|show|ls|head|lookup|view|status|whoami|version)(-|$)/;
export const CLOUD_DESTROY = /^(delete|terminate|remove|destroy|rm|rb|purge|deregister|revoke|disable|detach)(-|$)/;
export const CLOUD_WRITE =
  /^(create|put|update|modify|start|stop|reboot|run|attach|associate|set|add|enable|copy|cp|mv|sync|mb|restore|failover|promote|scale|deploy|apply|tag|register|import|export|upload|download|configure|login|ssh)(-|$)/;
