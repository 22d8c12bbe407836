import { parseScope } from '@tongmai/api/identity/scope'
import { appWords } from './app-words.ts'

type Named = Extract<keyof typeof appWords, `app.type.${string}`>
type Say = (
  key:
    | Named
    | 'app.scope-all'
    | `app.whose.${'patient' | 'user' | 'system'}`
    | `app.verb.${'c' | 'r' | 'u' | 'd' | 's'}`
    | `app.scope.${'openid' | 'fhirUser' | 'profile' | 'launch' | 'launch/patient' | 'offline_access' | 'online_access'}`,
) => string

const isNamed = (key: string): key is Named => key in appWords

/** A scope as people read it: “读取、查询：该居民 · 检验与体征”; a type that has no word here by its own name. */
export function scopeInWords(t: Say, text: string): string {
  const scope = parseScope(text)
  if (!scope) return t(`app.scope.${text}` as 'app.scope.openid')
  const verbs = [...scope.verbs].map((verb) => t(`app.verb.${verb}`)).join('、')
  const type = `app.type.${scope.type}`
  const named = isNamed(type) ? t(type) : scope.type
  const what = scope.type === '*' ? t('app.scope-all') : named
  return `${verbs}：${t(`app.whose.${scope.context}`)} · ${what}`
}
