import { kept } from '../kernel/kept.ts'

/** Large type (24 px, high contrast), as this person chose on this phone. */
export const keptLarge = kept('large', false)
