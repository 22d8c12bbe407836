/**
 * Every place that may break a text rule, and why. A line whose file no longer breaks the rule fails the check, so
 * that the list holds only what is needed.
 */
export const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'one-door': {
    'web/src/kernel/call.ts': 'is the door: every endpoint of the api is called here',
    'web/src/kernel/live.ts': 'listens to server-sent events, which are not a call',
  },
  'config-reads-environment': {
    'server/src/config.ts': 'is the one reader: environment → one typed value',
  },
  'nothing-unfinished': {
    'server/src/kernel/resource/definitions.gen.ts':
      'lists ISO 4217, which has a code of three X for no currency',
  },
}
