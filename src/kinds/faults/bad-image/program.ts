import type { FaultProgram } from "../program/program.ts";

type Words = Omit<FaultProgram, "values">;

/** Compose keeps the old container when the new image cannot be had; a deployment that lost it is what bites. */
export const COMPOSE: Words = {
  words: String.raw`
cd "$WB_DIRECTORY" 2>/dev/null || cd /
if docker compose version >/dev/null 2>&1; then compose() { docker compose "$@"; }; else compose() { docker-compose "$@"; }; fi
up() { [ -n "$(docker ps -q --no-trunc --filter "id=$(compose ps -q "$WB_SERVICE" 2>/dev/null | head -n 1)" 2>/dev/null)" ] && [ -n "$(compose ps -q "$WB_SERVICE" 2>/dev/null)" ]; }
`,
  inject: String.raw`
# Version 1 does not take a file with the image alone beside the project's.
case $(compose version --short 2>/dev/null) in
  '' | 1.* | v1.*) refuse tool-missing "tool=docker compose 2" ;;
esac
[ -d "$WB_DIRECTORY" ] || refuse fault-no-directory "path=$WB_DIRECTORY"
error=$(compose config --services 2>&1) || refuse fault-no-service "name=$WB_SERVICE" "detail=$error"
echo "$error" | grep -qxF -- "$WB_SERVICE" || refuse fault-no-service "name=$WB_SERVICE" "detail=$error"
if ! up; then
  bit no
  fact running no
  exit 0
fi
arm
compose config >"$dir/compose.yaml" && printf '{"services":{"%s":{"image":"%s"}}}\n' "$WB_SERVICE" "$WB_IMAGE" >"$dir/bad.yaml" ||
  refuse fault-no-service "name=$WB_SERVICE" detail=config
compose rm -sf "$WB_SERVICE" >/dev/null 2>&1
compose -f "$dir/compose.yaml" -f "$dir/bad.yaml" --project-directory . up -d --no-deps "$WB_SERVICE" >"$dir/up.log" 2>&1
fact said "$(tail -n 1 "$dir/up.log" | cut -c 1-200)"
if up; then bit no; else bit yes; fi
`,
  remove: String.raw`
up && exit 0
compose up -d --no-deps --no-build "$WB_SERVICE" && up
`,
};

/** The old pods stay; the new ones wait for an image. */
export const KUBERNETES: Words = {
  words: String.raw`
k() { kubectl -n "$WB_NAMESPACE" "$@"; }
image() { k get deployment "$WB_DEPLOYMENT" -o "jsonpath={.spec.template.spec.containers[?(@.name=='$WB_CONTAINER')].image}"; }
`,
  inject: String.raw`
command -v kubectl >/dev/null || refuse tool-missing tool=kubectl
was=$(image 2>"$dir/error") && [ -n "$was" ] || refuse fault-no-service "name=$WB_DEPLOYMENT" "detail=$(cat "$dir/error")"
printf '%s\n' "$was" >"$dir/was"
if [ "$was" = "$WB_IMAGE" ]; then
  bit no
  exit 0
fi
arm
k set image "deployment/$WB_DEPLOYMENT" "$WB_CONTAINER=$WB_IMAGE" >/dev/null || refuse fault-not-injected
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  waits=$(k get pods -o "jsonpath={range .items[*].status.containerStatuses[?(@.image=='$WB_IMAGE')]}{.state.waiting.reason} {end}")
  case $waits in *Image*) break ;; esac
  sleep 1
done
fact waits "$waits"
case $waits in *Image*) bit yes ;; *) bit no ;; esac
`,
  remove: String.raw`
[ -e "$dir/was" ] || exit 0
# Whoever set another one meanwhile meant it.
[ "$(image)" = "$WB_IMAGE" ] || exit 0
k set image "deployment/$WB_DEPLOYMENT" "$WB_CONTAINER=$(cat "$dir/was")" >/dev/null && [ "$(image)" != "$WB_IMAGE" ]
`,
};
