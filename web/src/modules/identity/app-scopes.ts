import { parseScope } from '@tongmai/api/identity/scope'

type Say = (
  key:
    | 'app.scope-all'
    | `app.whose.${'patient' | 'user' | 'system'}`
    | `app.verb.${'c' | 'r' | 'u' | 'd' | 's'}`
    | `app.scope.${'openid' | 'fhirUser' | 'profile' | 'launch' | 'launch/patient' | 'offline_access' | 'online_access'}`,
) => string

/** A scope as people read it: “读取、查询 该居民的 Observation”. */
export function scopeInWords(t: Say, text: string): string {
  const scope = parseScope(text)
  if (!scope) return t(`app.scope.${text}` as 'app.scope.openid')
  const verbs = [...scope.verbs].map((verb) => t(`app.verb.${verb}`)).join('、')
  const what = scope.type === '*' ? t('app.scope-all') : scope.type
  return `${verbs}：${t(`app.whose.${scope.context}`)} · ${what}`
}
