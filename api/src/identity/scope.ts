/** What a SMART v2 scope allows on a resource: create, read, update, delete, search. */
export type ScopeVerb = 'c' | 'r' | 'u' | 'd' | 's'

/** One scope of a system client, taken apart. `type` is a FHIR resource type or `*`. */
export interface Scope {
  readonly type: string
  readonly verbs: ReadonlySet<ScopeVerb>
}

const pattern = /^system\/(\*|[A-Z][A-Za-z]{1,63})\.(?=[cruds])(c?r?u?d?s?)$/

/** A scope as SMART App Launch 2.2 writes it (`system/Patient.rs`), or undefined where it is none we know. */
export function parseScope(text: string): Scope | undefined {
  const [, type, verbs] = pattern.exec(text) ?? []
  if (!type || !verbs) return undefined
  return { type, verbs: new Set([...verbs] as ScopeVerb[]) }
}

/** Whether the scopes let a client do this to resources of that type; `*` in a scope stands for every type. */
export const scopeAllows = (scopes: readonly string[], type: string, verb: ScopeVerb): boolean =>
  scopes.some((text) => {
    const scope = parseScope(text)
    return scope !== undefined && (scope.type === '*' || scope.type === type) && scope.verbs.has(verb)
  })

/** Whether everything the wanted scope allows is allowed by the held ones; unknown scopes never are. */
export function scopeWithin(held: readonly string[], wanted: string): boolean {
  const scope = parseScope(wanted)
  return scope !== undefined && [...scope.verbs].every((verb) => scopeAllows(held, scope.type, verb))
}
