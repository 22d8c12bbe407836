import { AsyncLocalStorage } from 'node:async_hooks'
import type { Actor } from '../../kernel/actor.ts'
import type { World } from '../../kernel/world.ts'

/**
 * The request around an action, for the few things of a sign-in that no input carries: who asks from where, the
 * cookie that the answer takes along, what to forget once the transaction is committed.
 */
export interface Visit {
  readonly world: World
  readonly actor: () => Actor
  readonly agent: string
  readonly address: string
  /** A token to hand over as a cookie; null takes the cookie away. */
  cookie?: string | null
  readonly afterwards: (() => void)[]
}

const visits = new AsyncLocalStorage<Visit>()

/** Runs what follows within this visit. */
export const during = (visit: Visit, next: () => void): void => visits.run(visit, next)

/** The visit, where there is one: reactions, jobs and demonstrations have none. */
export const visitIfAny = (): Visit | undefined => visits.getStore()

/** The visit; only what is called over HTTP may ask. */
export function visit(): Visit {
  const here = visits.getStore()
  if (!here) throw new Error('this works for a request only')
  return here
}

/** Forgets now, and again once the answer leaves: by then what was changed is committed. */
export function forgetting(forget: () => void): void {
  forget()
  visitIfAny()?.afterwards.push(forget)
}
