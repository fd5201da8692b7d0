/** What Patroni says of the member that was just looked at, and what keeps anybody from changing the primary now. */
export const KEEPER_LOOK = String.raw`
api GET "$WB_SECONDS" '' /patroni /cluster
if [ "$(got patroni.code)" != 200 ]; then
  fact KEEPER "gone $(keepers | tr '\n' ' ')"
elif [ "$(got cluster.code)" != 200 ]; then
  fact KEEPER "patroni/$(got patroni.patroni.version) no-store"
  fact BARS "cluster-no-store"
else
  key=$(leader)
  paused=$(got cluster.pause)
  fact KEEPER "patroni/$(got patroni.patroni.version) leader=${"$"}{key:--}${"$"}{paused:+ paused}"
  [ -z "$paused" ] || fact BARS "cluster-paused"
fi
`;
