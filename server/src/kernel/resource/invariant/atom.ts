import type { Atom } from '@medplum/core'

/** What an atom of a parsed FHIRPath expression carries, by its kind. */
export interface Parts {
  readonly name?: string
  readonly args?: readonly Atom[]
  readonly operator?: string
  readonly left?: Atom
  readonly right?: Atom
  readonly expr?: Atom
  readonly child?: Atom
  /** A literal. */
  readonly value?: { readonly value: unknown }
}

export const partsOf = (atom: Atom | undefined): Parts => (atom ?? {}) as Parts
