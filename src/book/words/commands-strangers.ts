/**
 * What programs that nobody listed say of themselves, by the words that every command line uses: a verb among the first
 * words, the name of a script, a switch. Such words only ever raise a risk.
 */

const VERBS =
  "drop|destroy|wipe|purge|erase|obliterate|nuke|format|truncate|delete|del|remove|rm|uninstall|terminate|decommission|prune|flush|flushall|factory-?reset|hard-?reset";
/** A sub-command that destroys: `drop`, `delete-user`, `db:wipe`, `force-remove`. */
export const STRANGER_DESTROYS = new RegExp(`^(?:[a-z]+[:.])?(?:force-)?(?:${VERBS})(?:[-_:][a-z0-9-]+)?$`, "i");
/** A program or script whose name says it: wipe-disks.sh, drop_all.py. */
export const NAMED_DESTROYER =
  /(?:^|[-_.])(?:drop|destroy|wipe|purge|erase|nuke|truncate|delete|remove|uninstall|factory-?reset|reset-?(?:db|data|database|all|cluster)|(?:db|data|database|cluster)-?reset)(?=[-_.]|$)/i;
/** A switch that destroys, whatever it stands behind. */
export const SWITCH_DESTROYS =
  /^--(?:hard|purge|wipe|wipe-\w+|destroy|destroy-\w+|drop|drop-\w+|erase|erase-\w+|delete|delete-\w+|remove-(?:data|all|volumes)|force-(?:delete|remove|new-cluster|reinit)|factory-reset|reset-data|discard|discard-\w+|overwrite(?:-\w+)?|nuke|clobber)$/i;
/** What takes the place of something that is there, once it is forced to. */
export const FORCED_OVER =
  /^(?:re-?)?(?:init|initiali[sz]e|reset|setup|install|create|build|generate|gen|keygen|import|restore|load|replace|overwrite|rollback|downgrade|promote|demote|failover|leave|down|clean|cleanup|clear|sync|join|bootstrap|new|recover|rotate)$/i;
/** Sub-commands that only tell. */
export const TELLS =
  /^(?:help|version|list|ls|show|get|describe|explain|status|info|search|find|log|logs|history|inspect|view|diff|check|verify|validate|lint|doc|docs|man|complete|completion)$/i;
export const FORCE = "--force -f --yes-really --i-know-what-i-am-doing";
export const REHEARSAL = "--dry-run --dryrun --simulate --what-if --whatif --noop --plan --check --help -h";
