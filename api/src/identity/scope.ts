/** What a SMART v2 scope allows on a resource: create, read, update, delete, search. */
export type ScopeVerb = 'c' | 'r' | 'u' | 'd' | 's'

/** Whose resources: those of the patient in context, all that the person may see, or all that the client may. */
export type ScopeContext = 'patient' | 'user' | 'system'

/** One scope on resources, taken apart. `type` is a FHIR resource type or `*`. */
export interface Scope {
  readonly context: ScopeContext
  readonly type: string
  readonly verbs: ReadonlySet<ScopeVerb>
  /** What of the type, as a search says it (`category=laboratory`); empty: all of it. */
  readonly query: string
}

const pattern =
  /^(patient|user|system)\/(\*|[A-Z][A-Za-z]{1,63})\.((?=[cruds])c?r?u?d?s?|read|write|\*)(?:\?([a-z][A-Za-z-]*=[^\s&=]+(?:&[a-z][A-Za-z-]*=[^\s&=]+){0,4}))?$/

/** How SMART v1 said it; SMART App Launch 2.2 has servers take both. */
const before: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' }

/** Scopes that are not about resources but about the person, the launch and how long it lasts. */
export const launchScopes = [
  'openid',
  'fhirUser',
  'profile',
  'launch',
  'launch/patient',
  'offline_access',
  'online_access',
] as const

const parsed = new Map<string, Scope | undefined>()
const PARSED_MAX = 1_000

/** A scope as SMART App Launch 2.2 writes it (`system/Patient.rs`), or undefined where it is none on resources. */
export function parseScope(text: string): Scope | undefined {
  if (parsed.has(text)) return parsed.get(text)
  if (parsed.size >= PARSED_MAX) parsed.clear()
  const scope = scopeIn(text)
  parsed.set(text, scope)
  return scope
}

function scopeIn(text: string): Scope | undefined {
  const [, context, type, verbs, query = ''] = pattern.exec(text) ?? []
  if (!context || !type || !verbs || (query && type === '*') || text.length > 500) return undefined
  return {
    context: context as ScopeContext,
    type,
    verbs: new Set([...(before[verbs] ?? verbs)] as ScopeVerb[]),
    query,
  }
}

const covers = (scope: Scope | undefined, type: string, verb: ScopeVerb): boolean =>
  scope !== undefined && (scope.type === '*' || scope.type === type) && scope.verbs.has(verb)

/**
 * Whether these scopes let their bearer do this to resources of that type, or to some of them; `*` in a scope stands
 * for every type.
 */
export const scopeAllows = (scopes: readonly string[], type: string, verb: ScopeVerb): boolean =>
  scopes.some((text) => covers(parseScope(text), type, verb))

const pairs = (query: string): readonly string[] => query.split('&').filter(Boolean)

/** Whether everything the wanted scope allows is allowed by the held ones; unknown scopes never are. */
export function scopeWithin(held: readonly string[], wanted: string): boolean {
  const scope = parseScope(wanted)
  if (!scope) return held.includes(wanted) && (launchScopes as readonly string[]).includes(wanted)
  const asked = new Set(pairs(scope.query))
  const wide = held
    .map(parseScope)
    .filter((one) => one?.context === scope.context && pairs(one.query).every((pair) => asked.has(pair)))
  return [...scope.verbs].every((verb) => wide.some((one) => covers(one, scope.type, verb)))
}
