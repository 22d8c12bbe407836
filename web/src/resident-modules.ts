import type { ResidentModule } from './kernel/module.ts'

/** The modules of the residents' app, in the order of the modules. Nothing reachable from here is heavy. */
export const residentModules: readonly ResidentModule[] = []
